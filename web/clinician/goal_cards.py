"""One draft as a card: the person's words, what belongs to them, what we decided, what is worth asking, the marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import locales
from api.views import GoalView, ItemView, MarkView
from careplan.goals import Status, practice_may
from web.clinician.labels import AREA_OF_LIFE, HINT, ITEMS, MARK, STATUS, TYPED_BY
from web.clinician.time_frames import TimeFrame, time_frame
from web.clinician.words import Words, words_of

PARTS: tuple[tuple[str, str], ...] = (
    ("who", locales.N_("Who")),
    ("where", locales.N_("Where")),
    ("how_often", locales.N_("How often")),
    ("when", locales.N_("When")),
)
OPEN = frozenset({Status.SUBMITTED.value, Status.TO_DISCUSS.value})
"""Statuses in which there is still something to ask."""


@dataclass(frozen=True)
class Unsaved:
    """A decision that was not taken: what was typed for it and, as message ids, what is wrong and what to do."""

    goal: str
    decision: str
    problem: str
    wording: str = ""
    reason: str = ""
    conflict: bool = False


@dataclass(frozen=True)
class Fact:
    """A structured part of a goal, in the person's own words."""

    label: str
    said: tuple[Words, ...]


@dataclass(frozen=True)
class MarkNote:
    """How this goal stands to the other person's: something to check. `goal` and `words`: theirs, if there is one."""

    kind: str
    label: str
    goal: str | None = None
    words: Words | None = None


@dataclass(frozen=True)
class GoalCard:
    """One draft with what the clinician may do with it. `start` is what stands in the field of a new wording."""

    id: str
    version: int
    words: Words
    area: str | None
    importance: int | None
    time: TimeFrame | None
    typed_by: str | None
    facts: tuple[Fact, ...]
    statements: tuple[Words, ...]
    marks: tuple[MarkNote, ...]
    hint: str | None
    status: str
    status_label: str
    wording: str | None
    reason: str | None
    reviewable: bool
    start: str
    unsaved: Unsaved | None

    @property
    def decided(self) -> bool:
        return self.status != Status.SUBMITTED.value


def goal_cards(
    goals: Sequence[GoalView], marks: Sequence[MarkView], reader: str, unsaved: Unsaved | None
) -> Mapping[str, GoalCard]:
    """By the goal's id."""
    words = {goal.id: words_of(goal, reader) for goal in goals}
    return {goal.id: _card(goal, words[goal.id], _notes(goal, marks, words), reader, unsaved) for goal in goals}


def typed_by_other(typed_by: str) -> str | None:
    """Who typed, where it was not the person."""
    return None if typed_by == "self" else TYPED_BY[typed_by]


def said(items: Sequence[ItemView], reader: str, known: str) -> tuple[Words, ...]:
    """Items as the pages show them; `known` is the language that is already named beside them."""
    return tuple(words_of(item, reader, known=known, of=item.of) for item in items)


def _card(goal: GoalView, words: Words, marks: tuple[MarkNote, ...], reader: str, unsaved: Unsaved | None) -> GoalCard:
    told = {part: [item for item in goal.parts if item.part == part] for part, _ in PARTS}
    parts = (Fact(label, said(told[part], reader, goal.lang)) for part, label in PARTS)
    facts = (*parts, *(Fact(label, said(getattr(goal, name), reader, goal.lang)) for name, label in ITEMS.items()))
    return GoalCard(
        id=goal.id,
        version=goal.version,
        words=words,
        area=AREA_OF_LIFE.get(goal.domain or ""),
        importance=goal.importance,
        time=time_frame(goal.time_frame, reader),
        typed_by=typed_by_other(goal.typed_by),
        facts=tuple(fact for fact in facts if fact.said),
        statements=said(goal.statements, reader, goal.lang) if len(goal.statements) > 1 else (),
        marks=marks,
        hint=HINT[goal.hint] if goal.status in OPEN else None,
        status=goal.status,
        status_label=STATUS[goal.status],
        wording=goal.clinician_wording,
        reason=goal.reason,
        reviewable=practice_may(Status(goal.status), Status.TO_DISCUSS),
        start=goal.clinician_wording or ("" if words.language else goal.words),
        unsaved=unsaved if unsaved and unsaved.goal == goal.id else None,
    )


def _notes(goal: GoalView, marks: Sequence[MarkView], words: Mapping[str, Words]) -> tuple[MarkNote, ...]:
    notes = []
    for mark in marks:
        if goal.id in (mark.patient, mark.caregiver):
            other = mark.caregiver if goal.id == mark.patient else mark.patient
            notes.append(MarkNote(mark.kind, MARK[mark.kind], other, words[other] if other else None))
    return tuple(notes)
