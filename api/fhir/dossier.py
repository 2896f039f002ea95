"""A dossier: all that the practice may read of one visit, out of the tables, for the mapping modules.

Only what was sent and is shared gets in; there is no other way from the tables to a resource.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from careplan.contribution import GOAL_ITEMS, Contribution
from careplan.goals import GoalDraft, Item


@dataclass(frozen=True)
class GoalVersion:
    """One version of a goal; `author` is a role of the visit or the id of a user."""

    number: int
    status: str
    draft: GoalDraft
    wording: str | None
    reason: str | None
    decision: str | None
    author: str
    at: datetime


@dataclass(frozen=True)
class Scaling:
    """Five texts, from much less (-2) to much better (+2) than expected; some may be empty."""

    number: int
    levels: tuple[str, ...]
    author: str
    at: datetime


@dataclass(frozen=True)
class Score:
    """Which level was reached, in whose judgement: `patient`, `caregiver` or `clinician`."""

    id: str
    level: int
    scored_by: str
    note: str | None
    author: str
    at: datetime


@dataclass(frozen=True)
class Member:
    """Somebody of the care team; `user` when they sign in here."""

    id: str
    role: str
    name: str
    organisation: str | None
    user: str | None
    at: datetime
    left: bool


@dataclass(frozen=True)
class TaskVersion:
    number: int
    state: str
    member: str
    what: str
    added_value: str | None
    reason: str | None
    author: str
    at: datetime


@dataclass(frozen=True)
class TaskRecord:
    """What somebody does for a goal; versions oldest first."""

    id: str
    versions: tuple[TaskVersion, ...]


@dataclass(frozen=True)
class GoalState:
    """A goal at one moment: a version of its text and the scaling that stood then. `measured`: the scaling is new."""

    version: GoalVersion
    scaling: Scaling | None
    author: str
    at: datetime
    measured: bool = False

    @property
    def id(self) -> str:
        """As in `3`, or `3.1` once it is measured: a scaling changes the goal too."""
        number = str(self.version.number)
        return f"{number}.{self.scaling.number}" if self.scaling else number


@dataclass(frozen=True)
class GoalRecord:
    """A goal that the practice saw at least once. `gone`: its author took it back or no longer shares it."""

    id: str
    role: str
    position: int
    gone: bool
    states: tuple[GoalState, ...]
    tasks: tuple[TaskRecord, ...] = ()
    scores: tuple[Score, ...] = ()

    @property
    def newest(self) -> GoalState:
        return self.states[-1]

    @property
    def draft(self) -> GoalDraft:
        return self.newest.version.draft


@dataclass(frozen=True)
class Person:
    """Who was invited to speak."""

    role: str
    name: str | None
    language: str
    state: str


@dataclass(frozen=True)
class Sent:
    """What a person sent last, without what they keep to themselves."""

    version: int
    at: datetime
    contribution: Contribution


@dataclass(frozen=True)
class Dossier:
    """One visit. `users`: names by id. Goals are those to be shown, in the author's order, the patient's first."""

    visit: str
    at: datetime
    created_at: datetime
    practice: str
    practice_name: str
    timezone: str
    patient: str
    patient_name: str | None
    patient_reference: str | None
    patient_since: datetime
    people: Mapping[str, Person]
    sent: Mapping[str, Sent]
    goals: Sequence[GoalRecord]
    gone: Sequence[GoalRecord]
    members: Sequence[Member]
    users: Mapping[str, str]

    def member(self, member: str) -> Member | None:
        return next((known for known in self.members if known.id == member), None)


def states_of(versions: Sequence[GoalVersion], scalings: Sequence[Scaling]) -> tuple[GoalState, ...]:
    """The goal's life in order: every version and every scaling makes a new state."""
    changes: list[GoalVersion | Scaling] = sorted([*versions, *scalings], key=_order)
    states: list[GoalState] = []
    version, scaling = None, None
    for change in changes:
        version = change if isinstance(change, GoalVersion) else version
        scaling = change if isinstance(change, Scaling) else scaling
        if version is not None:
            states.append(GoalState(version, scaling, change.author, change.at, measured=change is scaling))
    return tuple(states)


def still_shared(draft: GoalDraft, newest: GoalDraft) -> GoalDraft:
    """An earlier draft without the items that its author no longer shares, or took out since."""
    kept: dict[str, Any] = {
        name: tuple(item for item in getattr(draft, name) if item.shared and _stands(item, getattr(newest, name)))
        for name in GOAL_ITEMS
    }
    return replace(draft, **kept)


def _stands(item: Item, newest: Sequence[Item]) -> bool:
    return any(item.words == now.words and now.shared for now in newest)


def _order(change: GoalVersion | Scaling) -> tuple[datetime, bool, int]:
    return change.at, isinstance(change, Scaling), change.number
