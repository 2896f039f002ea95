"""Asks every policy and takes the best prediction, as Rasa 3.6's default ensemble does."""

from dataclasses import replace

from bot.engine import events
from bot.engine.config import Config
from bot.engine.domain import ACTION_LISTEN, Domain
from bot.engine.memoization import MemoizationPolicy
from bot.engine.rule_checks import known_to_rules_only, train_rule_policy
from bot.engine.rule_policy import Prediction
from bot.engine.tracker import Tracker, Window
from bot.engine.training import TrainingDialogue


class Ensemble:
    """All policies of an assistant, trained."""

    def __init__(self, config: Config, domain: Domain, dialogues: list[TrainingDialogue]) -> None:
        self.rules = train_rule_policy(dialogues, domain, config.rules) if config.rules else None
        self.stories = [MemoizationPolicy(domain, settings, dialogues) for settings in config.stories]
        steps = [policy.longest for policy in self.stories]
        steps += [self.rules.lookup.longest()] if self.rules else []
        only = known_to_rules_only(dialogues, domain) if self.rules else (frozenset[str](), frozenset[str]())
        self.window = Window(max(steps, default=1), *only)

    def predict(self, tracker: Tracker) -> Prediction:
        """The next action, with the events that go before it."""
        found = [policy.predict(tracker, self.window) for policy in self.stories]
        if self.rules:
            found.append(self.rules.predict(tracker))
        refused = _refused_action(tracker)
        if refused:
            for prediction in found:
                prediction.confidences.pop(refused, None)
        all_events = tuple(event for prediction in found for event in prediction.events)
        forced = any(prediction.without_user for prediction in found)
        candidates = [prediction for prediction in found if prediction.without_user == forced]
        best = max(candidates, key=lambda prediction: (prediction.best[1], prediction.priority))
        if tracker.live.latest_action == ACTION_LISTEN:
            all_events += (events.featurization(),)
        return replace(best, events=all_events)


def _refused_action(tracker: Tracker) -> str | None:
    """The action that just rejected its execution; it cannot be predicted again right away."""
    for event in reversed(tracker.turn):
        if event["event"] == "action":
            return None
        if event["event"] == "action_execution_rejected":
            return str(event["name"])
    return None
