"""MemoizationPolicy and AugmentedMemoizationPolicy of Rasa 3.6: stories known by heart."""

from collections.abc import Iterator

from bot.engine.config import MemoizationSettings
from bot.engine.domain import Domain
from bot.engine.features import State, as_key
from bot.engine.rule_policy import Prediction
from bot.engine.tracker import Tracker, Window
from bot.engine.training import TrainingDialogue

PRIORITY = 3


class MemoizationPolicy:
    """Predicts the action that followed exactly the same last steps in a story."""

    def __init__(self, domain: Domain, settings: MemoizationSettings, dialogues: list[TrainingDialogue]) -> None:
        self.domain = domain
        self.settings = settings
        self.lookup: dict[str, str] = {}
        self.longest = 1
        self._learn(dialogues)

    def _learn(self, dialogues: list[TrainingDialogue]) -> None:
        ambiguous: set[str] = set()
        for item in dialogues:
            if item.is_rule:
                continue
            for states, action in item.examples(self.domain):
                recent = self._last(states)
                key = as_key(recent)
                self.longest = max(self.longest, len(recent))
                if key not in ambiguous and self.lookup.setdefault(key, action) != action:
                    ambiguous.add(key)
                    del self.lookup[key]

    def _last(self, states: list[State]) -> list[State]:
        return states[-self.settings.max_history :] if self.settings.max_history else states

    def predict(self, tracker: Tracker, window: Window) -> Prediction:
        """The next action for this dialogue; no confidence at all if no story knows it."""
        found = self._recall(tracker, window) if self.lookup else None
        return Prediction(self.settings.name, PRIORITY, {found: 1.0} if found else {})

    def _recall(self, tracker: Tracker, window: Window) -> str | None:
        states = self._last(tracker.story_states(window))
        found = self.lookup.get(as_key(states))
        if found is None and self.settings.augmented:
            for shorter in self._truncated(tracker):
                other = self._last(shorter.story_states(window))
                if other != states and (found := self.lookup.get(as_key(other))) is not None:
                    return found
                states = other
        return found

    def _truncated(self, tracker: Tracker) -> Iterator[Tracker]:
        """Trackers that know ever less of the past, slots included."""
        events = tracker.applied
        actions = [place for place, event in enumerate(events) if event["event"] == "action"]
        for place in actions[-self.settings.max_history :] if self.settings.max_history else actions:
            shorter = Tracker(tracker.sender, self.domain)
            shorter.update(*events[place:])
            yield shorter
