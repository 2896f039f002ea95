"""The tracker: a bounded window of events over a snapshot.

Rasa replays a conversation's whole history for each prediction. Here the events that still count (`applied`, Rasa's
`applied_events`) are kept as they come, and the oldest ones are folded into a snapshot (`base`) as soon as no rule,
story or step back can need them, so that a turn costs the same however long the conversation is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.engine.dialogue import Dialogue, after_restart
from bot.engine.domain import Domain
from bot.engine.features import State, StoryHistory, state_of
from bot.engine.types import Event

USER_TURNS_KEPT = 4
RECENT_EVENTS_KEPT = 60
_STEP = ("action", "user")
_COUNTS_NOT = ("user_featurization",)


@dataclass(frozen=True)
class Window:
    """How much history the policies need: `steps` actions, and what only rules know of."""

    steps: int
    rule_slots: frozenset[str] = frozenset()
    rule_loops: frozenset[str] = frozenset()


class Tracker:
    """One conversation. `live` is where it stands now; `turn` holds the events of the current turn."""

    def __init__(self, sender: str, domain: Domain, clock: Callable[[], float] | None = None) -> None:
        self.sender = sender
        self.domain = domain
        self.clock = clock
        self.live = Dialogue.initial(domain)
        self.base = Dialogue.initial(domain)
        self.applied: list[Event] = []
        self.folded = StoryHistory()
        self.recent: list[Event] = []
        self.turn: list[Event] = []
        self.said: dict[str, str] = {}
        self.last_user_time: float | None = None

    def copy(self) -> "Tracker":
        """A copy that can be changed on its own; what it is told does not reach this one."""
        other = Tracker(self.sender, self.domain, self.clock)
        other.live, other.base = self.live.copy(), self.base
        other.applied, other.folded = list(self.applied), self.folded
        other.recent, other.turn = self.recent, list(self.turn)
        other.said, other.last_user_time = self.said, self.last_user_time
        return other

    @property
    def is_new(self) -> bool:
        """True if nothing counts yet: a session has to be started."""
        return not self.applied and self.base.latest_action is None

    def update(self, *events: Event) -> None:
        """Take in events, in order."""
        for event in events:
            stamped = event if self.clock is None else event | {"timestamp": self.clock()}
            self.turn.append(stamped)
            self._apply(stamped)

    def _apply(self, event: Event) -> None:
        kind = event["event"]
        if kind in ("restart", "session_started"):
            self.base, self.applied, self.folded = Dialogue.initial(self.domain), [], StoryHistory()
            restart = kind == "restart"
            self.live = after_restart(self.domain) if restart else Dialogue.initial(self.domain)
        elif kind in ("rewind", "undo"):
            if kind == "rewind":
                self._undo_till("user")
            self._undo_till("action")
            self.live = self._replayed()
        elif kind == "bot":
            self._said(event["metadata"])
        elif kind not in _COUNTS_NOT:
            if kind == "user":
                self.last_user_time = event.get("timestamp")
            self.live.apply(event, self.domain)
            self._keep(event)

    def _said(self, metadata: dict[str, Any]) -> None:
        if metadata.get("utter_action") and metadata.get("variation"):
            self.said = self.said | {metadata["utter_action"]: metadata["variation"]}

    def _keep(self, event: Event) -> None:
        if event["event"] == "slot":
            self._forget_slot(event["name"])
        if event["event"] == "action" and event["name"] in self.domain.forms and self._on_happy_path(event["name"]):
            self._erase_till_loop(event["name"])
        else:
            self.applied.append(event)

    def _forget_slot(self, name: str) -> None:
        """Within one step only the last value of a slot counts."""
        for place in range(len(self.applied) - 1, -1, -1):
            event = self.applied[place]
            if event["event"] in (*_STEP, "reset_slots"):
                return
            if event["event"] == "slot" and event["name"] == name:
                del self.applied[place]
                return

    def _undo_till(self, kind: str) -> None:
        while self.applied and self.applied.pop()["event"] != kind:
            pass

    def _on_happy_path(self, loop: str) -> bool:
        """True if the loop ran before and nothing else came between: a loop then counts as one turn."""
        following: str | None = None
        for event in reversed(self.applied):
            match event["event"]:
                case "active_loop" if event["name"] is None:
                    return False
                case "action_execution_rejected" if event["name"] == loop:
                    return False
                case "user" if following is not None and following != loop:
                    return False
                case "action":
                    if event["name"] == loop:
                        return True
                    following = event["name"]
        return False

    def _erase_till_loop(self, loop: str) -> None:
        """Drop the steps since the loop ran last; what they set stays."""
        kept: list[Event] = []
        while not (self.applied[-1]["event"] == "action" and self.applied[-1]["name"] == loop):
            event = self.applied.pop()
            if event["event"] not in _STEP:
                kept.append(event)
        for event in reversed(kept):
            if event["event"] == "slot":
                self._forget_slot(event["name"])
            self.applied.append(event)

    def _replayed(self) -> Dialogue:
        dialogue = self.base.copy()
        for event in self.applied:
            dialogue.apply(event, self.domain)
        return dialogue

    def steps(self) -> Iterator[tuple[Dialogue, bool]]:
        """The dialogue before each action that counts, and as it stands now. Use each before taking the next."""
        dialogue = self.base.copy()
        for event in self.applied:
            if event["event"] == "action":
                yield dialogue, bool(event.get("hide_rule_turn"))
            dialogue.apply(event, self.domain)
        yield dialogue, False

    def states(self, *, only_set_slots: bool = False) -> list[State]:
        """The states of all steps in the window."""
        return [state_of(step, self.domain, only_set_slots=only_set_slots) for step, _ in self.steps()]

    def story_states(self, window: Window) -> list[State]:
        """The states without what only rules know."""
        history = self.folded.copy()
        for step, hide in self.steps():
            history.take(step, hide, self.domain, window.rule_slots, window.rule_loops)
        return history.states

    def end_turn(self, window: Window) -> None:
        """Fold what is too old to count, and keep of the events only those since the last question."""
        while self._steps_held("action") > window.steps + 1 and self._fold_one(window):
            pass
        events = [*self.recent, *self.turn]
        start = _last_question(events)
        self.recent = events[start:][-RECENT_EVENTS_KEPT:]

    def _steps_held(self, kind: str, start: int = 0) -> int:
        return sum(event["event"] == kind for event in self.applied[start:])

    def _fold_one(self, window: Window) -> bool:
        end = next(place for place, event in enumerate(self.applied) if event["event"] == "action") + 1
        if self._steps_held("user", end) < USER_TURNS_KEPT:
            return False
        base, folded = self.base.copy(), self.folded.copy()
        for event in self.applied[:end]:
            if event["event"] == "action":
                folded.take(base, bool(event.get("hide_rule_turn")), self.domain, window.rule_slots, window.rule_loops)
            base.apply(event, self.domain)
        del folded.states[: -window.steps - 1]
        self.base, self.folded, self.applied = base, folded, self.applied[end:]
        return True

    def snapshot(self, keep: int) -> dict[str, Any]:
        """All that the next turn needs, JSON-able."""
        return {
            "version": 1,
            "live": self.live.as_json(),
            "base": self.base.as_json(),
            "applied": list(self.applied),
            "folded": self.folded.as_json(keep + 1),
            "recent": list(self.recent),
            "said": dict(self.said),
            "last_user_time": self.last_user_time,
        }

    @classmethod
    def restore(
        cls, sender: str, domain: Domain, state: dict[str, Any] | None, clock: Callable[[], float]
    ) -> "Tracker":
        """The tracker a snapshot was taken from; a new one without a snapshot."""
        tracker = cls(sender, domain, clock)
        if state is not None:
            tracker.live = Dialogue.from_json(state["live"], domain)
            tracker.base = Dialogue.from_json(state["base"], domain)
            tracker.applied = list(state["applied"])
            tracker.folded = StoryHistory(**state["folded"])
            tracker.recent = list(state["recent"])
            tracker.said = dict(state["said"])
            tracker.last_user_time = state["last_user_time"]
            if tracker.live.loop and tracker.live.loop.name not in domain.forms:
                tracker.live.loop = None
        return tracker

    def for_action(self) -> dict[str, Any]:
        """Rasa's tracker JSON for an action. `events` are those of this turn and since the last question."""
        live, events = self.live, [*self.recent, *self.turn]
        return {
            "sender_id": self.sender,
            "slots": dict(live.slots),
            "latest_message": live.latest_message or {"intent": {}, "entities": [], "text": None},
            "latest_event_time": events[-1].get("timestamp") if events else None,
            "followup_action": live.followup_action,
            "paused": live.paused,
            "events": events,
            "latest_input_channel": _input_channel(events),
            "active_loop": live.loop.as_json() if live.loop else {},
            "latest_action": {"action_name": live.latest_action} if live.latest_action else {},
            "latest_action_name": live.latest_action,
        }


def is_question(event: Event) -> bool:
    """True for a bot message with which a form asks for a slot."""
    return event["event"] == "bot" and bool(event["metadata"].get("question"))


def _last_question(events: list[Event]) -> int:
    place = next((place for place in range(len(events) - 1, -1, -1) if is_question(events[place])), 0)
    while place > 0 and is_question(events[place - 1]):
        place -= 1
    return place


def _input_channel(events: list[Event]) -> str | None:
    return next((event["input_channel"] for event in reversed(events) if event["event"] == "user"), None)
