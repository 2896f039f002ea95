"""Turns a visit into its one screen, in the order of product.md section 4: the patient's side and the caregiver's
beside it, never merged. It holds no sentence: labels are message ids that the template translates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import locales
from api.views import AnswerView, FlagView, GoalView, ItemView, PersonView, VisitSummary, VisitView
from careplan.goals import Status, practice_may
from web.clinician.labels import AREA_OF_LIFE, FLAG, PERSON_STATE, QUESTION, ROLE, STATUS, TYPED_BY, VISIT_STATE
from web.clinician.time_frames import TimeFrame, time_frame
from web.clinician.words import Words, language_name, words_of

MOST_GOALS = 3
"""Goals that are in view at once; what else a person said is folded under them."""

PARTS: tuple[tuple[str, str], ...] = (
    ("who", locales.N_("Who")),
    ("where", locales.N_("Where")),
    ("how_often", locales.N_("How often")),
    ("when", locales.N_("When")),
)
FACTS: tuple[tuple[str, str], ...] = (
    ("why", locales.N_("Why")),
    ("obstacles", locales.N_("In the way")),
    ("supports", locales.N_("Helps")),
    ("own_part", locales.N_("Does themselves")),
    ("expects", locales.N_("Expects")),
)


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


@dataclass(frozen=True)
class Answer:
    """One answer of the transcript; `typed_by` is told where it was not the person."""

    label: str
    words: Words
    typed_by: str | None


@dataclass(frozen=True)
class Person:
    """One column: how far the person has come and what they sent and share."""

    role: str
    label: str
    state: str
    state_label: str
    language: str
    typed_by: str
    minutes: int | None
    first: GoalCard | None
    goals: tuple[GoalCard, ...]
    more: tuple[GoalCard, ...]
    helps: tuple[Words, ...]
    burdens: tuple[Words, ...]
    questions: tuple[Words, ...]
    transcript: tuple[Answer, ...]

    @property
    def said_something(self) -> bool:
        return bool(self.first or self.helps or self.burdens or self.questions or self.transcript)


@dataclass(frozen=True)
class FlagNote:
    """A literal quote of the safety rules."""

    role: str
    about: str
    words: Words


@dataclass(frozen=True)
class VisitPage:
    """All that the template of one visit needs."""

    id: str
    name: str | None
    time: str
    date: str
    day: str
    state: str
    state_label: str
    patient: Person | None
    caregiver: Person | None
    flags: tuple[FlagNote, ...]
    next: str | None
    unsaved: Unsaved | None


def present(
    visit: VisitView,
    goals: Sequence[GoalView],
    transcript: Sequence[AnswerView],
    *,
    reader: str,
    same_day: Sequence[VisitSummary] = (),
    unsaved: Unsaved | None = None,
) -> VisitPage:
    """One visit for a reader of a language. `unsaved` is shown again at its goal."""
    at = datetime.fromisoformat(visit.time)
    people = {
        person.role: _person(person, visit, goals, transcript, reader=reader, unsaved=unsaved)
        for person in visit.people
    }
    return VisitPage(
        id=visit.id,
        name=next((person.name for person in visit.people if person.role == "patient"), None),
        time=locales.format_time(reader, at),
        date=locales.format_day(reader, at.date()),
        day=at.date().isoformat(),
        state=visit.state,
        state_label=VISIT_STATE[visit.state],
        patient=people.get("patient"),
        caregiver=people.get("caregiver"),
        flags=tuple(_flag(flag, reader) for flag in visit.flags),
        next=next((after.id for before, after in pairwise(same_day) if before.id == visit.id), None),
        unsaved=unsaved,
    )


def _person(
    person: PersonView,
    visit: VisitView,
    goals: Sequence[GoalView],
    transcript: Sequence[AnswerView],
    *,
    reader: str,
    unsaved: Unsaved | None,
) -> Person:
    own = sorted((goal for goal in goals if goal.role == person.role), key=lambda goal: not goal.first)
    cards = tuple(_goal(goal, reader, unsaved) for goal in own)
    return Person(
        role=person.role,
        label=ROLE[person.role],
        state=person.state,
        state_label=PERSON_STATE[person.state],
        language=language_name(person.language, reader),
        typed_by=TYPED_BY[person.typed_by],
        minutes=person.minutes,
        first=cards[0] if cards else None,
        goals=cards[1:MOST_GOALS],
        more=cards[MOST_GOALS:],
        helps=_said_by(visit.helps, person, reader),
        burdens=_said_by(visit.burdens, person, reader),
        questions=_said_by(visit.questions, person, reader),
        transcript=tuple(
            _answer(answer, reader, person.language) for answer in transcript if answer.role == person.role
        ),
    )


def _goal(goal: GoalView, reader: str, unsaved: Unsaved | None) -> GoalCard:
    words = words_of(goal, reader)
    told = {part: [item for item in goal.parts if item.part == part] for part, _ in PARTS}
    parts = (Fact(label, _said(told[part], reader, goal.lang)) for part, label in PARTS)
    facts = (*parts, *(Fact(label, _said(getattr(goal, name), reader, goal.lang)) for name, label in FACTS))
    return GoalCard(
        id=goal.id,
        version=goal.version,
        words=words,
        area=AREA_OF_LIFE.get(goal.domain or ""),
        importance=goal.importance,
        time=time_frame(goal.time_frame, reader),
        typed_by=_typed_by(goal.typed_by),
        facts=tuple(fact for fact in facts if fact.said),
        statements=_said(goal.statements, reader, goal.lang) if len(goal.statements) > 1 else (),
        status=goal.status,
        status_label=STATUS[goal.status],
        wording=goal.clinician_wording,
        reason=goal.reason,
        reviewable=practice_may(Status(goal.status), Status.TO_DISCUSS),
        start=goal.clinician_wording or ("" if words.language else goal.words),
        unsaved=unsaved if unsaved and unsaved.goal == goal.id else None,
    )


def _answer(answer: AnswerView, reader: str, known: str) -> Answer:
    label = QUESTION.get(answer.question, locales.N_("Said in between"))
    return Answer(label, words_of(answer, reader, known=known), _typed_by(answer.typed_by))


def _flag(flag: FlagView, reader: str) -> FlagNote:
    return FlagNote(flag.role, FLAG[flag.category], words_of(flag, reader))


def _typed_by(typed_by: str) -> str | None:
    return None if typed_by == "self" else TYPED_BY[typed_by]


def _said_by(items: Sequence[ItemView], person: PersonView, reader: str) -> tuple[Words, ...]:
    return _said([item for item in items if item.role == person.role], reader, person.language)


def _said(items: Sequence[ItemView], reader: str, known: str) -> tuple[Words, ...]:
    return tuple(words_of(item, reader, known=known, of=item.of) for item in items)
