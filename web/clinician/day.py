"""The list of a day: every visit by time, how far the practice and the people have come, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import locales
from api.views import OpenedVisit, PersonView, VisitSummary
from careplan.people import PersonState, VisitState
from web.clinician.labels import NOTHING_YET, PERSON_STATE, ROLE, VISIT_STATE
from web.clinician.words import own_name


@dataclass(frozen=True)
class PersonLine:
    """One person of a visit, their language by its own name."""

    role: str
    label: str
    language: locales.Language
    state: str
    state_label: str


@dataclass(frozen=True)
class VisitLine:
    """One visit of the list."""

    id: str
    name: str | None
    time: str
    state: str
    state_label: str
    flags: int
    people: tuple[PersonLine, ...]

    @property
    def waiting(self) -> bool:
        """New, and there is something to read."""
        return self.state == VisitState.NEW.value and _has_something(self.flags, self.people)


@dataclass(frozen=True)
class Top:
    """The line of the header: a day, how many visits it has, and how many wait to be read."""

    day: str
    date: str
    visits: int
    new: int


def top_of(visit: OpenedVisit, reader: str) -> Top:
    """The header of the page of a visit."""
    day = datetime.fromisoformat(visit.visit.time).date()
    waiting = sum(each.waiting for each in visit.same_day)
    return Top(day.isoformat(), locales.format_day(reader, day), len(visit.same_day), waiting)


@dataclass(frozen=True)
class DayPage:
    """All that the template of the list needs."""

    day: str
    date: str
    before: str
    after: str
    visits: tuple[VisitLine, ...]

    @property
    def top(self) -> Top:
        return Top(self.day, self.date, len(self.visits), sum(visit.waiting for visit in self.visits))


def present_day(visits: Sequence[VisitSummary], *, day: date, reader: str) -> DayPage:
    return DayPage(
        day=day.isoformat(),
        date=locales.format_day(reader, day),
        before=_another(day, -1),
        after=_another(day, +1),
        visits=tuple(_line(visit, reader) for visit in visits),
    )


def day_of(visits: Sequence[VisitSummary], otherwise: date) -> date:
    """The day where the practice is, as its visits tell it."""
    return datetime.fromisoformat(visits[0].time).date() if visits else otherwise


def asked_day(asked: str | None) -> date | None:
    """A day of the calendar; anything else means that none was asked for."""
    try:
        day = date.fromisoformat(asked or "")
    except ValueError:
        return None
    return day if 1900 < day.year < 2200 else None


def _line(visit: VisitSummary, reader: str) -> VisitLine:
    empty = visit.state == VisitState.NEW.value and not _has_something(visit.flags, visit.people)
    return VisitLine(
        id=visit.id,
        name=next((person.name for person in visit.people if person.role == "patient"), None),
        time=locales.format_time(reader, datetime.fromisoformat(visit.time)),
        state=visit.state,
        state_label=NOTHING_YET if empty else VISIT_STATE[visit.state],
        flags=visit.flags,
        people=tuple(
            PersonLine(
                person.role, ROLE[person.role], own_name(person.language), person.state, PERSON_STATE[person.state]
            )
            for person in visit.people
        ),
    )


def _has_something(flags: int, people: Iterable[PersonView | PersonLine]) -> bool:
    return bool(flags) or any(person.state == PersonState.SUBMITTED.value for person in people)


def _another(day: date, days: int) -> str:
    """The day before or after, where the calendar still has one."""
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return day.isoformat()
