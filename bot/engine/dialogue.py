"""What a conversation stands at, and what each event does to it (Rasa 3.6 `apply_to`)."""

from dataclasses import dataclass, field
from typing import Any

from bot.engine.domain import ACTION_LISTEN, ACTION_SESSION_START, Domain
from bot.engine.slots import SHOULD_NOT_BE_SET
from bot.engine.types import Event


@dataclass
class Loop:
    """The active loop. `rejected`: it refused the last message; `is_interrupted`: it comes back from elsewhere."""

    name: str
    is_interrupted: bool = False
    rejected: bool = False
    trigger_message: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """In the shape of Rasa's tracker."""
        return {
            "name": self.name,
            "is_interrupted": self.is_interrupted,
            "rejected": self.rejected,
            "trigger_message": self.trigger_message,
        }


@dataclass
class Dialogue:
    """The state that events lead to. Values are never changed in place, so copies may share them."""

    slots: dict[str, Any]
    set_slots: set[str] = field(default_factory=set)
    latest_message: dict[str, Any] | None = None
    latest_action: str | None = None
    followup_action: str | None = ACTION_LISTEN
    paused: bool = False
    loop: Loop | None = None

    @classmethod
    def initial(cls, domain: Domain) -> "Dialogue":
        """A conversation in which nothing happened yet."""
        return cls(dict(domain.initial_slots))

    def copy(self) -> "Dialogue":
        """A copy that can be changed on its own."""
        return Dialogue(
            dict(self.slots),
            set(self.set_slots),
            self.latest_message,
            self.latest_action,
            self.followup_action,
            self.paused,
            Loop(**self.loop.as_json()) if self.loop else None,
        )

    @property
    def loop_name(self) -> str | None:
        """The name of the active loop."""
        return self.loop.name if self.loop and self.loop.name != SHOULD_NOT_BE_SET else None

    @property
    def intent(self) -> str | None:
        """The intent of the last message."""
        return self.latest_message["intent"]["name"] if self.latest_message else None

    def apply(self, event: Event, domain: Domain) -> None:
        """Take one event in. What undoes history (rewind, undo, restart, session_started) is the tracker's."""
        match event["event"]:
            case "slot":
                self._set_slot(event["name"], event["value"], domain)
            case "user":
                self.latest_message = event["parse_data"]
                self.followup_action = None
            case "action":
                self._ran(event["name"])
            case "active_loop":
                self._change_loop(event["name"])
            case "loop_interrupted":
                if self.loop:
                    self.loop.is_interrupted = bool(event.get("is_interrupted"))
            case "action_execution_rejected":
                if self.loop and event["name"] == self.loop.name:
                    self.loop.rejected = True
            case "reset_slots":
                self.slots, self.set_slots = dict(domain.initial_slots), set()
            case "followup":
                self.followup_action = event["name"]
            case "pause":
                self.paused = True
            case "resume":
                self.paused = False

    def _set_slot(self, name: str, value: Any, domain: Domain) -> None:
        known = domain.slots.get(name)
        # As in Rasa, a slot that the domain does not have is not kept.
        if known is not None:
            self.slots[name] = known.stored(value)
            self.set_slots.add(name)

    def _ran(self, name: str) -> None:
        self.latest_action = name
        self.followup_action = None
        if self.loop:
            self.loop.is_interrupted = False
            if name == self.loop.name:
                self.loop.rejected = False

    def _change_loop(self, name: str | None) -> None:
        self.loop = Loop(name, trigger_message=self.latest_message) if name is not None else None

    def as_json(self) -> dict[str, Any]:
        """JSON-able; `from_json` reads it back."""
        return {
            "slots": dict(self.slots),
            "set_slots": sorted(self.set_slots),
            "latest_message": self.latest_message,
            "latest_action": self.latest_action,
            "followup_action": self.followup_action,
            "paused": self.paused,
            "loop": self.loop.as_json() if self.loop else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any], domain: Domain) -> "Dialogue":
        """Read a snapshot; slots that the domain gained since then start at their initial value."""
        slots = {name: data["slots"].get(name, value) for name, value in domain.initial_slots.items()}
        return cls(
            slots,
            set(data["set_slots"]) & set(slots),
            data["latest_message"],
            data["latest_action"],
            data["followup_action"],
            data["paused"],
            Loop(**data["loop"]) if data["loop"] else None,
        )


def after_restart(domain: Domain) -> Dialogue:
    """The state right after a restart: the session is started again."""
    fresh = Dialogue.initial(domain)
    fresh.followup_action = ACTION_SESSION_START
    return fresh
