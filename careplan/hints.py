"""What is worth asking about a goal draft: one question at most, for what its author has not told.

Feedback on what is missing helps people most, suggestions do not (docs/explanation/evidence.md): a hint asks, it never
proposes. The order follows the conversation: what it would make possible, a picture of it, the missing element, why,
how important, what is in the way, what helps; and for a goal that lacks nothing, a first step.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from careplan.goals import Clarity, Level, Missing
from careplan.people import Role


class Hint(StrEnum):
    """A question to ask; its words are the reader's."""

    WISH = "wish"
    BEYOND_SYMPTOM = "beyond_symptom"
    PICTURE = "picture"
    WHAT = "what"
    WHO = "who"
    WHERE = "where"
    HOW_OFTEN = "how_often"
    WHEN = "when"
    WHY = "why"
    IMPORTANCE = "importance"
    OBSTACLE = "obstacle"
    SUPPORT = "support"
    FIRST_STEP = "first_step"


@dataclass(frozen=True)
class Told:
    """What the practice may see of a goal; `why`, `obstacles` and `supports`: whether there is anything."""

    role: Role
    level: Level
    clarity: Clarity | None = None
    missing: Collection[Missing] = ()
    importance: int | None = None
    why: bool = False
    obstacles: bool = False
    supports: bool = False


def hint_for(told: Told) -> Hint:
    """The most useful question. A caregiver was asked for no more than the goal, so no more is missing."""
    if told.level is Level.NONE:
        return Hint.WISH
    if told.level is Level.SYMPTOM_DISEASE:
        return Hint.BEYOND_SYMPTOM
    if told.clarity is Clarity.VAGUE:
        if told.level is Level.FUNDAMENTAL:
            return Hint.PICTURE
        if told.missing:
            return Hint(next(iter(told.missing)).value)
    if not told.why:
        return Hint.WHY
    if told.role is Role.PATIENT:
        lacks = (
            (told.importance is None, Hint.IMPORTANCE),
            (not told.obstacles, Hint.OBSTACLE),
            (not told.supports, Hint.SUPPORT),
        )
        return next((hint for lacking, hint in lacks if lacking), Hint.FIRST_STEP)
    return Hint.FIRST_STEP
