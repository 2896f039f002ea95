"""What a goal draft holds, and its status from draft to attained."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from careplan.areas import AreaOfLife
from careplan.people import TypedBy


class Level(StrEnum):
    """Depth of a statement (after Vermunt): from a disease, over what one can do, to who one wants to be."""

    FUNDAMENTAL = "fundamental"
    FUNCTIONAL = "functional"
    SYMPTOM_DISEASE = "symptom_disease"
    NONE = "none"


class Clarity(StrEnum):
    """Whether one can picture the activity."""

    CONCRETE = "concrete"
    VAGUE = "vague"


class PartOfGoal(StrEnum):
    """What makes one picture a goal, as far as its author said it."""

    WHO = "who"
    WHERE = "where"
    HOW_OFTEN = "how_often"
    WHEN = "when"


class Missing(StrEnum):
    """An element that would help to picture it, and that its author has not told."""

    WHO = "who"
    WHERE = "where"
    HOW_OFTEN = "how_often"
    WHEN = "when"
    WHAT = "what"


class Status(StrEnum):
    """Where a goal stands between its author and the practice."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    TO_DISCUSS = "to_discuss"
    DECLINED = "declined"
    ACTIVE = "active"
    ATTAINED = "attained"
    GIVEN_UP = "given_up"
    WITHDRAWN = "withdrawn"


_REVIEWABLE = frozenset({Status.SUBMITTED, Status.CHANGED, Status.TO_DISCUSS, Status.DECLINED})
_REVIEWED = frozenset({Status.ACCEPTED, Status.CHANGED, Status.TO_DISCUSS, Status.DECLINED})

# The practice's steps. A decision may be taken again until the goal is active: a clinician may change their mind.
PRACTICE_STEPS: dict[Status, frozenset[Status]] = {
    **dict.fromkeys(_REVIEWABLE, _REVIEWED),
    Status.ACCEPTED: _REVIEWED | {Status.ACTIVE},
    Status.ACTIVE: frozenset({Status.ACTIVE, Status.ATTAINED, Status.GIVEN_UP}),
}
PRACTICE_STEPS[Status.CHANGED] = _REVIEWED | {Status.ACTIVE}

# The author's steps. New words reopen the review, a goal may be taken back until it is accepted.
AUTHOR_STEPS: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.DRAFT, Status.SUBMITTED, Status.WITHDRAWN}),
    **{status: frozenset({Status.SUBMITTED, Status.WITHDRAWN}) for status in _REVIEWABLE},
    Status.ACCEPTED: frozenset({Status.SUBMITTED}),
    Status.WITHDRAWN: frozenset({Status.DRAFT, Status.SUBMITTED}),
}


def practice_may(now: Status, then: Status) -> bool:
    """Whether the practice may bring a goal from `now` to `then`."""
    return then in PRACTICE_STEPS.get(now, frozenset())


def author_may(now: Status, then: Status) -> bool:
    """Whether the person whose goal it is may bring it from `now` to `then`."""
    return then in AUTHOR_STEPS.get(now, frozenset())


@dataclass(frozen=True)
class Item:
    """One thing a person said: verbatim, in its language, at a question, shared with the practice or not.

    `of` names the care worker an expectation is about; `typed_by` is known for answers. `part` says what a quote out of
    a statement tells.
    """

    words: str
    lang: str
    question: str
    shared: bool
    of: str | None = None
    typed_by: TypedBy | None = None
    part: PartOfGoal | None = None


@dataclass(frozen=True)
class GoalDraft:
    """A goal as its author left it. `key` names it within the contribution and never changes.

    missing: the most helpful to ask for first.
    """

    key: str
    words: str
    lang: str
    level: Level
    shared: bool
    typed_by: TypedBy = TypedBy.SELF
    clarity: Clarity | None = None
    missing: tuple[Missing, ...] = ()
    domain: AreaOfLife | None = None
    importance: int | None = None
    first: bool = False
    time_frame: str | None = None
    statements: tuple[Item, ...] = ()
    parts: tuple[Item, ...] = ()
    why: tuple[Item, ...] = ()
    obstacles: tuple[Item, ...] = ()
    supports: tuple[Item, ...] = ()
    own_part: tuple[Item, ...] = ()
    expects: tuple[Item, ...] = ()


def first_of(goals: Sequence[GoalDraft]) -> GoalDraft | None:
    """The one to work on first: the one the person chose, else the most important to them, else the one said first."""
    if not goals:
        return None
    return max(goals, key=lambda goal: (goal.first, -1 if goal.importance is None else goal.importance))
