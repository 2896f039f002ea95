"""RulePolicy of Rasa 3.6: default intents, the happy path of loops, then rules, then the core fallback."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.engine import events
from bot.engine.config import RuleSettings
from bot.engine.domain import ACTION_LISTEN, ACTION_SESSION_START, Domain
from bot.engine.features import PREVIOUS_ACTION, State, active_loop_name, as_key, previous_action
from bot.engine.slots import SHOULD_NOT_BE_SET
from bot.engine.stories import RULE_SNIPPET
from bot.engine.tracker import Tracker
from bot.engine.training import TrainingDialogue
from bot.engine.types import Event

NAME, PRIORITY = "RulePolicy", 4
DEFAULT_SOURCE, LOOP_SOURCE = "default intent ", "active loop "
_DEFAULT_INTENT_ACTIONS = {
    "restart": "action_restart",
    "back": "action_back",
    "session_start": ACTION_SESSION_START,
}
_LOOP_WAS_INTERRUPTED, _DO_NOT_PREDICT_LOOP = "loop_was_interrupted", "do_not_predict_loop_action"


@dataclass
class Prediction:
    """What a policy makes of a dialogue: its confidence per action (0 where none is given), and why."""

    policy: str
    priority: int
    confidences: dict[str, float]
    source: str | None = None
    events: tuple[Event, ...] = ()
    without_user: bool = False
    hide: bool = False

    @property
    def best(self) -> tuple[str, float]:
        """The surest action. As in Rasa, with nothing to go by it is to listen."""
        sure = max(self.confidences.values(), default=0.0)
        if sure <= 0.0:
            return ACTION_LISTEN, 0.0
        return next(name for name, value in self.confidences.items() if value == sure), sure


@dataclass
class RuleLookup:
    """What rules predict: JSON text of states -> action."""

    rules: dict[str, str] = field(default_factory=dict)
    unhappy_paths: dict[str, str] = field(default_factory=dict)
    not_in_stories: frozenset[str] = frozenset()

    def longest(self) -> int:
        """The number of steps of the longest rule."""
        keys = (*self.rules, *self.unhappy_paths)
        return max((len(json.loads(key)) for key in keys), default=1)


class RulePolicy:
    """Predicts from a lookup, made by `learn`."""

    def __init__(self, domain: Domain, settings: RuleSettings, lookup: RuleLookup) -> None:
        self.domain = domain
        self.settings = settings
        self.lookup = lookup
        self._states: dict[str, list[State]] = {}

    def predict(self, tracker: Tracker) -> Prediction:
        """The next action for this dialogue."""
        live = tracker.live
        if live.latest_action == ACTION_LISTEN and live.latest_message:
            default = _DEFAULT_INTENT_ACTIONS.get(live.intent or "")
            if default:
                return self._prediction(default, DEFAULT_SOURCE + str(live.intent))
        if live.loop_name and live.loop and not live.loop.rejected and live.latest_action:
            source = LOOP_SOURCE + live.loop_name
            if live.latest_action != live.loop_name:
                return self._prediction(live.loop_name, source, without_user=True)
            return self._prediction(ACTION_LISTEN, f"{source} {ACTION_LISTEN}", without_user=True)
        action, why, interrupted = self._from_rules(tracker)
        return self._prediction(action, why, (events.loop_interrupted(),) if interrupted else ())

    def _prediction(
        self, action: str | None, source: str | None, found: tuple[Event, ...] = (), without_user: bool = False
    ) -> Prediction:
        confidences: dict[str, float] = {}
        if self.settings.fallback_action:
            confidences[self.settings.fallback_action] = self.settings.fallback_threshold
        if action:
            confidences[action] = 1.0
        hide = source in self.lookup.not_in_stories
        return Prediction(NAME, PRIORITY, confidences, source, found, without_user, hide)

    def _from_rules(self, tracker: Tracker) -> tuple[str | None, str | None, bool]:
        states = tracker.states()
        keys = self._matching(self.lookup.rules, states)
        # Several rules match: one says more than the other, and Rasa takes the longer text.
        best = max(sorted(keys), key=len, default="")
        action = self.lookup.rules.get(best)
        source = best or feature_key(states)
        loop = tracker.live.loop_name
        if not loop:
            return action, source, False
        found = {self.lookup.unhappy_paths[key] for key in self._matching(self.lookup.unhappy_paths, states)}
        if action == ACTION_LISTEN and not active_loop_name(self._key_states(best)[-1]):
            # A general rule ended inside a loop: go back to the loop, unless a rule or story goes on otherwise.
            if _DO_NOT_PREDICT_LOOP not in found:
                return loop, source, False
            action = None
        return action, source, _LOOP_WAS_INTERRUPTED in found

    def _key_states(self, key: str) -> list[State]:
        if key not in self._states:
            self._states[key] = json.loads(key)
        return self._states[key]

    def _matching(self, lookup: Mapping[str, str], states: list[State]) -> list[str]:
        keys = list(lookup)
        for back, state in enumerate(reversed(states)):
            keys = [key for key in keys if _fits(self._key_states(key), back, state)]
            if all(len(self._key_states(key)) <= back + 1 for key in keys):
                break
        return keys


def feature_key(states: list[State]) -> str | None:
    """The JSON text of the steps after the last `...`; nothing if there are none."""
    kept: list[State] = []
    for state in reversed(states):
        if previous_action(state) == RULE_SNIPPET:
            break
        kept.insert(0, state)
    return as_key(kept) if kept else None


def learn(examples: Iterable[tuple[list[State], str]]) -> dict[str, str]:
    """A lookup of which action follows; where the same steps lead to different ones, none does."""
    found: dict[str, str] = {}
    ambiguous: set[str] = set()
    for states, action in examples:
        key = feature_key(states)
        if not key or key in ambiguous:
            continue
        if found.setdefault(key, action) != action:
            ambiguous.add(key)
            del found[key]
    return found


def learn_rules(dialogues: list[TrainingDialogue], domain: Domain) -> RuleLookup:
    """The lookup for all rules; unhappy paths of loops are learned from stories too."""
    by_rules = [example for item in dialogues if item.is_rule for example in item.examples(domain)]
    by_stories = [example for item in dialogues if not item.is_rule for example in item.examples(domain)]
    rules = {key: action for key, action in learn(by_rules).items() if action != RULE_SNIPPET}
    return RuleLookup(rules, _unhappy_paths([*by_rules, *by_stories]))


def _unhappy_paths(examples: list[tuple[list[State], str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for states, action in examples:
        loop = active_loop_name(states[-1])
        if not loop:
            continue
        short = [states[-1]]
        if len(states) > 1 and states[-2].get(PREVIOUS_ACTION):
            short.insert(0, {PREVIOUS_ACTION: states[-2][PREVIOUS_ACTION]})
        key = feature_key(short)
        listened = previous_action(states[-1]) == ACTION_LISTEN
        if key and listened and action == loop:
            found[key] = _LOOP_WAS_INTERRUPTED
        elif key and not listened and action != loop:
            found[key] = _DO_NOT_PREDICT_LOOP
    return found


def _fits(rule: list[State], back: int, state: State) -> bool:
    """Does the rule's step, `back` steps before its end, hold in this state?"""
    if back >= len(rule):
        return True
    wanted = rule[len(rule) - 1 - back]
    rule_starts, dialogue_starts = PREVIOUS_ACTION not in wanted, PREVIOUS_ACTION not in state
    if rule_starts or dialogue_starts:
        return rule_starts and dialogue_starts
    for part, values in wanted.items():
        present = state.get(part, {})
        for name, value in values.items():
            there = present.get(name)
            if value == SHOULD_NOT_BE_SET:
                if there and there != SHOULD_NOT_BE_SET:
                    return False
            elif value and there != value:
                return False
    return True
