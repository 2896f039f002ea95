"""One person's column: how far they have come and what they sent and share. Both people's are made alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import locales
from api.views import AnswerView, GoalView, ItemView, OpenedVisit, PersonView
from web.clinician.goal_cards import GoalCard, said, typed_by_other
from web.clinician.labels import PERSON_STATE, QUESTION, ROLE, TYPED_BY
from web.clinician.words import Words, language_name, words_of

MOST_GOALS = 3
"""Goals that are in view at once; what else a person said is folded under them."""


@dataclass(frozen=True)
class Answer:
    """One answer of the transcript; `typed_by` is told where it was not the person."""

    label: str
    words: Words
    typed_by: str | None


@dataclass(frozen=True)
class Person:
    """One column."""

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


def column(person: PersonView, opened: OpenedVisit, cards: Mapping[str, GoalCard], reader: str) -> Person:
    """cards: of the visit's goals, by id."""
    own = [cards[goal.id] for goal in _first_foremost(opened.goals, person.role)]
    return Person(
        role=person.role,
        label=ROLE[person.role],
        state=person.state,
        state_label=PERSON_STATE[person.state],
        language=language_name(person.language, reader),
        typed_by=TYPED_BY[person.typed_by],
        minutes=person.minutes,
        first=own[0] if own else None,
        goals=tuple(own[1:MOST_GOALS]),
        more=tuple(own[MOST_GOALS:]),
        helps=_said_by(opened.visit.helps, person, reader),
        burdens=_said_by(opened.visit.burdens, person, reader),
        questions=_said_by(opened.visit.questions, person, reader),
        transcript=tuple(
            _answer(answer, reader, person.language) for answer in opened.transcript if answer.role == person.role
        ),
    )


def _first_foremost(goals: Sequence[GoalView], role: str) -> list[GoalView]:
    return sorted((goal for goal in goals if goal.role == role), key=lambda goal: not goal.first)


def _answer(answer: AnswerView, reader: str, known: str) -> Answer:
    label = QUESTION.get(answer.question, locales.N_("Said in between"))
    return Answer(label, words_of(answer, reader, known=known), typed_by_other(answer.typed_by))


def _said_by(items: Sequence[ItemView], person: PersonView, reader: str) -> tuple[Words, ...]:
    return said([item for item in items if item.role == person.role], reader, person.language)
