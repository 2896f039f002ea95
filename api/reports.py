"""Counts for a report, straight from columns that hold no words: areas of life, states, languages, minutes."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api import audit
from api.access import ARRANGES_VISITS, HIDDEN, require
from api.context import Books, Context
from api.transactions import write
from careplan.errors import Invalid
from careplan.people import Actor, PersonState, VisitState
from careplan.report import Counts, GoalReport, make_report

SCOPES = ("practice", "zone")
LONGEST = timedelta(days=3660)
BEGUN = (PersonState.STARTED.value, PersonState.SUBMITTED.value)
DONE = (PersonState.SUBMITTED.value,)


class Reports:
    """Reports of a practice, or of all practices of its primary care zone in this installation."""

    def __init__(self, books: Books) -> None:
        self._engine = books.engine
        self._context = books.context

    def goals(self, actor: Actor, *, first: date | None, last: date | None, scope: str) -> GoalReport:
        """Over the visits from `first` to `last`; without them, the last twelve months.

        Raises:
            Invalid: the period ends before it begins or is too long, the scope is unknown, or there is no zone.
        """
        require(actor, ARRANGES_VISITS)
        if scope not in SCOPES:
            raise Invalid("value", field="scope")
        context = self._context
        with write(self._engine) as connection:
            zone_name, practices = _practices(context, connection, actor, scope)
            zone = ZoneInfo(zone_name)
            end = last or context.now().astimezone(zone).date()
            begin = first or end - timedelta(days=365)
            if not timedelta() <= end - begin <= LONGEST or end == date.max:
                raise Invalid("value", field="to")
            counts = _count(
                context,
                connection,
                practices,
                datetime.combine(begin, time(), zone),
                datetime.combine(end + timedelta(days=1), time(), zone),
            )
            audit.record(context, connection, actor.id, "read_report", None, actor.practice)
        return make_report(counts, first=begin, last=end, scope=scope)


def _practices(context: Context, connection: Connection, actor: Actor, scope: str) -> tuple[str, tuple[str, ...]]:
    table = context.tables.practices
    own = connection.execute(sa.select(table.c.timezone, table.c.zone).where(table.c.id == actor.practice)).one()
    if scope == "practice":
        return own.timezone, (actor.practice or "",)
    if own.zone is None:
        raise Invalid("missing", field="zone")
    return own.timezone, tuple(connection.scalars(sa.select(table.c.id).where(table.c.zone == own.zone)))


def _count(
    context: Context, connection: Connection, practices: Collection[str], start: datetime, end: datetime
) -> Counts:
    visits, people, goals = context.tables.visits, context.tables.people, context.tables.goals
    versions = context.tables.goal_versions
    of_period = sa.and_(visits.c.practice.in_(practices), visits.c.at >= start, visits.c.at < end)
    persons = connection.execute(
        sa.select(people.c.role, people.c.language, people.c.state, people.c.minutes)
        .join(visits, visits.c.id == people.c.visit)
        .where(of_period)
    ).all()
    standing = connection.execute(
        sa.select(versions.c.status, versions.c.domain, goals.c.visit)
        .join(goals, sa.and_(goals.c.id == versions.c.goal, goals.c.version == versions.c.version))
        .join(visits, visits.c.id == goals.c.visit)
        .where(of_period, versions.c.status.not_in(HIDDEN))
    ).all()
    states = Counter(connection.scalars(sa.select(visits.c.state).where(of_period)))
    return Counts(
        invited=_by_role(persons, None),
        started=_by_role(persons, BEGUN),
        finished=_by_role(persons, DONE),
        languages=Counter(person.language.split("-")[0] for person in persons),
        minutes=tuple(person.minutes for person in persons if person.minutes is not None and person.state in DONE),
        visits=states.total(),
        visits_reviewed=len({goal.visit for goal in standing if goal.status != "submitted"}),
        visits_discussed=states[VisitState.DISCUSSED.value],
        goals=len(standing),
        statuses=Counter(goal.status for goal in standing),
        areas=Counter(goal.domain or "none" for goal in standing),
    )


def _by_role(persons: Collection[Any], states: tuple[str, ...] | None) -> Counter[str]:
    return Counter(person.role for person in persons if states is None or person.state in states)
