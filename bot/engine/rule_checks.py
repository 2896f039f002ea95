"""Refuses rules that RulePolicy of Rasa 3.6 refuses to train on: too long, incomplete or contradictory ones.

The contradictions come out by predicting every step of every rule and story with what was learned from the rules.
The same run tells which rules no story uses: their turns stay hidden from policies that learn from stories.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from bot.engine import events
from bot.engine.config import RuleSettings
from bot.engine.domain import ACTION_LISTEN, Domain
from bot.engine.errors import ConfigurationError
from bot.engine.features import ACTIVE_LOOP, PREVIOUS_ACTION, SLOTS, previous_action
from bot.engine.rule_policy import DEFAULT_SOURCE, LOOP_SOURCE, RulePolicy, learn_rules
from bot.engine.slots import SHOULD_NOT_BE_SET
from bot.engine.stories import RULE_SNIPPET
from bot.engine.tracker import Tracker
from bot.engine.training import TrainingDialogue

_DEFAULT_SOURCES = frozenset(DEFAULT_SOURCE + intent for intent in ("restart", "back", "session_start"))


def train_rule_policy(dialogues: list[TrainingDialogue], domain: Domain, settings: RuleSettings) -> RulePolicy:
    """Learn the rules and check them against each other and against the stories."""
    rules = [item for item in dialogues if item.is_rule]
    if settings.restrict_rules:
        for rule in rules:
            if sum(event["event"] == "user" for event in rule.events) > 1:
                raise _refuse(rule, "has more than one user message; write a story instead")
    _check_incomplete(rules, domain)
    policy = RulePolicy(domain, settings, learn_rules(dialogues, domain))
    used = _Rehearsal(policy, domain).run(rules, dialogues)
    policy.lookup = replace(policy.lookup, not_in_stories=used)
    return policy


def known_to_rules_only(dialogues: list[TrainingDialogue], domain: Domain) -> tuple[frozenset[str], frozenset[str]]:
    """The slots and the loops that stand in rules but in no story."""
    slots: dict[bool, set[str]] = {True: set(), False: set()}
    loops: dict[bool, set[str]] = {True: set(), False: set()}
    for item in dialogues:
        for states, _ in item.examples(domain):
            for state in states:
                slots[item.is_rule] |= set(state.get(SLOTS, {}))
                loops[item.is_rule] |= {state[ACTIVE_LOOP]["name"]} if ACTIVE_LOOP in state else set()
    nothing = {SHOULD_NOT_BE_SET}
    return frozenset(slots[True] - slots[False] - nothing), frozenset(loops[True] - loops[False] - nothing)


def _refuse(item: TrainingDialogue, problem: str) -> ConfigurationError:
    kind = "rule" if item.is_rule else "story"
    return ConfigurationError(f"the {kind} '{item.name}' {problem}", item.file, item.line)


def _check_incomplete(rules: list[TrainingDialogue], domain: Domain) -> None:
    """After an action that sets a slot or loop in one rule, every rule must say what it sets."""
    slots: dict[str, set[str]] = defaultdict(set)
    loops: dict[str, set[str]] = defaultdict(set)
    for rule in rules:
        action: str | None = None
        for event in rule.events:
            if event["event"] == "action":
                action = event["name"]
            elif event["event"] == "user":
                action = None
            elif action and event["event"] == "slot" and domain.slots[event["name"]].influence:
                slots[action].add(event["name"])
            elif action and event["event"] == "active_loop":
                loops[action].add(event["name"])
    for rule in rules:
        states = rule.tracker(domain).states()
        followers = [previous_action(state) for state in states[1:]] + [ACTION_LISTEN]
        for state, follower in zip(states, followers, strict=True):
            action = previous_action(state)
            if not action or RULE_SNIPPET in (action, follower):
                continue
            missing = slots[action] - set(state.get(SLOTS, {}))
            if missing:
                raise _refuse(rule, f"does not say that {action} sets {', '.join(sorted(missing))}, as others do")
            if loops[action] and state.get(ACTIVE_LOOP, {}).get("name") not in loops[action]:
                raise _refuse(rule, f"does not say which loop is active after {action}, as others do")


class _Rehearsal:
    """Predicts every step of the training dialogues."""

    def __init__(self, policy: RulePolicy, domain: Domain) -> None:
        self.policy, self.domain = policy, domain
        self.sources: dict[str | None, list[tuple[str, str | None]]] = defaultdict(list)
        self.used_in_stories: set[str | None] = set()

    def run(self, rules: list[TrainingDialogue], all_dialogues: list[TrainingDialogue]) -> frozenset[str]:
        """Raise on a contradiction; else give the sources of predictions that no story makes use of."""
        for rule in rules:
            for tracker, expected in self._steps(rule):
                predicted, source = self._predict(tracker, expected, is_rule=True)
                self._collect(rule, predicted, expected, source)
        for item in all_dialogues:
            for tracker, expected in self._steps(item):
                predicted, source = self._predict(tracker, expected, is_rule=item.is_rule)
                if not item.is_rule and predicted == expected:
                    self.used_in_stories.add(source)
                self._check(item, predicted, expected, source)
        loops = [LOOP_SOURCE + name for name in self.domain.forms]
        known = {source for source in self.sources if source} | _DEFAULT_SOURCES
        known |= {*loops, *(f"{loop} {ACTION_LISTEN}" for loop in loops)}
        return frozenset(known - {source for source in self.used_in_stories if source})

    def _steps(self, item: TrainingDialogue) -> Iterator[tuple[Tracker, str]]:
        """The tracker before each action that can be predicted, and the action. It goes on being used."""
        tracker = Tracker(item.name, self.domain)
        unpredictable = True
        for event in item.tracker(self.domain).applied:
            if event["event"] == "action":
                if event["name"] == RULE_SNIPPET:
                    unpredictable = True
                elif unpredictable or event.get("unpredictable"):
                    unpredictable = False
                else:
                    yield tracker, event["name"]
            tracker.update(event)

    def _predict(self, tracker: Tracker, expected: str, *, is_rule: bool) -> tuple[str | None, str | None]:
        predicted, source = self._once(tracker, is_rule)
        loop = tracker.live.loop_name
        if loop and predicted == loop and predicted != expected:
            # Inside a loop the loop always comes first; another action means that the loop refused.
            tracker.update(events.rejected(loop, None, None))
            predicted, source = self._once(tracker, is_rule)
        return predicted, source

    def _once(self, tracker: Tracker, is_rule: bool) -> tuple[str | None, str | None]:
        prediction = self.policy.predict(tracker)
        settings = self.policy.settings
        default = {settings.fallback_action: settings.fallback_threshold} if settings.fallback_action else {}
        nothing = prediction.confidences == default and not is_rule
        return (None if nothing else prediction.best[0]), prediction.source

    def _collect(self, rule: TrainingDialogue, predicted: str | None, expected: str, source: str | None) -> None:
        if source is not None and source.startswith((DEFAULT_SOURCE, LOOP_SOURCE)):
            self.sources[source].append((source, predicted))
        elif source:
            self.sources[source].append((rule.name, expected))

    def _check(self, item: TrainingDialogue, predicted: str | None, expected: str, source: str | None) -> None:
        if not predicted or not source or predicted == expected:
            return
        if self._gives_way(item, predicted, source):
            self.policy.lookup.rules.pop(source, None)
            return
        others = sorted({name for name, action in self.sources[source] if action != expected})
        if others:
            raise _refuse(item, f"expects {expected}, which contradicts {', '.join(others)} ({predicted})")

    def _gives_way(self, item: TrainingDialogue, predicted: str, source: str) -> bool:
        """A rule that only ends after its action gives way to a longer rule when a story goes on otherwise."""
        if item.is_rule or source.count(PREVIOUS_ACTION) > 1 or predicted != ACTION_LISTEN:
            return False
        return any(key != source and key.startswith(source[:-2]) for key in self.policy.lookup.rules)
