"""What is left of a contribution when its author has taken goals back."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from careplan.contribution import GOAL_ITEMS, PERSON_ITEMS, Contribution
from careplan.goals import GoalDraft


def without_goals(contribution: Contribution, keys: Collection[str]) -> Contribution:
    """The contribution without the goals of these keys, and without the answers that belong to nothing else."""
    if not keys:
        return contribution
    kept = tuple(goal for goal in contribution.goals if goal.key not in keys)
    gone = {words for goal in contribution.goals if goal.key in keys for words in _words(goal)}
    elsewhere = {words for goal in kept for words in _words(goal)} | {
        item.words for name in PERSON_ITEMS if name != "answers" for item in getattr(contribution, name)
    }
    answers = tuple(answer for answer in contribution.answers if answer.words not in gone - elsewhere)
    return replace(contribution, goals=kept, answers=answers)


def _words(goal: GoalDraft) -> Iterator[str]:
    yield goal.words
    for name in GOAL_ITEMS:
        yield from (item.words for item in getattr(goal, name))
