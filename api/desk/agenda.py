"""Visits made at the desk, by form or from a list, all or none; and the invitations that stand for them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row, RowMapping

from api import audit, invitations, visits
from api.access import ARRANGES_VISITS, load_visit_for, require
from api.context import Context
from api.desk.short_codes import short_code
from api.once import once
from api.patients import has_reference
from api.practices import on_day, today, zone_of
from api.views import NewInvitation
from careplan.errors import CarePlanError, NotFound
from careplan.people import Actor, Role
from careplan.visit_list import PlannedVisit, RowProblem

FIRST_ROW = 2  # of a list, under its head


class ListRefused(CarePlanError):
    """A list of visits was not taken; `problems` says why, row by row."""

    code = "list_refused"

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


@dataclass(frozen=True)
class MadeVisit:
    """A visit that was just made, with its invitations in clear: they are shown this once."""

    id: str
    at: datetime
    name: str | None
    invitations: tuple[NewInvitation, ...]


@dataclass(frozen=True)
class StandingInvitation:
    """One invitation as the desk sees it later: no link, but the short code for a tablet of the practice."""

    id: str
    role: str
    language: str
    expires: datetime
    short_code: str


@dataclass(frozen=True)
class VisitAtDesk:
    """One visit for the desk: when, who, how far each person is; nothing of what they said."""

    id: str
    at: datetime
    name: str | None
    reference: str | None
    people: tuple[tuple[str, str, str], ...]  # role, language, state
    invitations: tuple[StandingInvitation, ...]


def known_problems(
    context: Context, connection: Connection, actor: Actor, planned: Sequence[PlannedVisit]
) -> tuple[RowProblem, ...]:
    """Rows whose patient already has a visit at that moment: the list was probably sent before."""
    table, patients = context.tables.visits, context.tables.patients
    problems = []
    for row, plan in enumerate(planned, start=FIRST_ROW):
        if plan.reference is None:
            continue
        same = (
            sa.select(table.c.id)
            .join(patients, patients.c.id == table.c.patient)
            .where(table.c.practice == actor.practice, table.c.at == plan.at, has_reference(context, plan.reference))
        )
        twice = any((plan.at, plan.reference) == (other.at, other.reference) for other in planned[: row - FIRST_ROW])
        if twice or connection.execute(same).first() is not None:
            problems.append(RowProblem(row, None, "known"))
    return tuple(problems)


def make_visits(
    context: Context, connection: Connection, actor: Actor, planned: Sequence[PlannedVisit], key: str | None
) -> tuple[MadeVisit, ...]:
    """All of them, each with an invitation per person. Sent again under its key, the same visits with new invitations:
    links and codes are kept nowhere, and the first answer may never have been seen.
    """
    require(actor, ARRANGES_VISITS)

    def make() -> dict[str, Any]:
        problems = known_problems(context, connection, actor, planned)
        if problems:
            raise ListRefused(problems)
        return {
            "ids": [
                visits.create(context, connection, actor, plan.at, reference=plan.reference, name=plan.name)
                for plan in planned
            ]
        }

    request = ["visits", *([plan.at.isoformat(), *astuple(plan)[1:]] for plan in planned)]
    ids = (make() if key is None else once(context, connection, actor, key, request, make))["ids"]
    return tuple(
        MadeVisit(visit, plan.at, plan.name, _invite(context, connection, actor, visit, plan))
        for visit, plan in zip(ids, planned, strict=True)
    )


def _invite(
    context: Context, connection: Connection, actor: Actor, visit: str, plan: PlannedVisit
) -> tuple[NewInvitation, ...]:
    asked = [(Role.PATIENT, plan.patient_language)]
    if plan.caregiver_language:
        asked.append((Role.CAREGIVER, plan.caregiver_language))
    return tuple(invitations.invite(context, connection, actor, visit, role, language) for role, language in asked)


def show(context: Context, connection: Connection, actor: Actor, visit: str) -> VisitAtDesk:
    """One visit.

    Raises:
        NotFound: no such visit, or another practice's.
    """
    row = load_visit_for(context, connection, actor, visit, ARRANGES_VISITS)
    return _with_people(context, connection, [row])[0]


def of_day(
    context: Context, connection: Connection, actor: Actor, day: date | None
) -> tuple[date, tuple[VisitAtDesk, ...]]:
    """The day (default: today, where the practice is) and its visits by time."""
    require(actor, ARRANGES_VISITS)
    zone, table = zone_of(context, connection, actor.practice), context.tables.visits
    shown = day or today(context, zone)
    rows = connection.execute(
        sa.select(table, sa.literal(zone.key).label("timezone"))
        .where(table.c.practice == actor.practice, on_day(table, shown, zone))
        .order_by(table.c.at, table.c.id)
    ).mappings()
    return shown, _with_people(context, connection, rows.all())


def revoke(context: Context, connection: Connection, actor: Actor, invitation: str) -> str:
    """End an invitation: its link and its code open nothing any more. The answer is the visit's id."""
    require(actor, ARRANGES_VISITS)
    table = context.tables.invitations
    row = connection.execute(sa.select(table.c.visit).where(table.c.id == invitation)).one_or_none()
    if row is None:
        raise NotFound
    visit = str(load_visit_for(context, connection, actor, row.visit, ARRANGES_VISITS)["id"])
    connection.execute(
        table.update().where(table.c.id == invitation, table.c.revoked_at.is_(None)).values(revoked_at=context.now())
    )
    audit.record(context, connection, actor.id, "revoke_invitation", visit, actor.practice)
    return visit


def _with_people(context: Context, connection: Connection, rows: Sequence[RowMapping]) -> tuple[VisitAtDesk, ...]:
    """Visits with who comes and what stands for them: a query for each kind, however many they are."""
    people, patients, invited = context.tables.people, context.tables.patients, context.tables.invitations
    ids = [row["id"] for row in rows]
    of_visits = sa.select(patients.c.id, patients.c.name, patients.c.reference).where(
        patients.c.id.in_({row["patient"] for row in rows})
    )
    known = {patient["id"]: patient for patient in connection.execute(of_visits).mappings()}
    persons: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for person in connection.execute(
        sa.select(people.c.visit, people.c.role, people.c.language, people.c.state)
        .where(people.c.visit.in_(ids))
        .order_by(people.c.role.desc())
    ):
        persons[person.visit].append((person.role, person.language, person.state))
    standing: dict[str, list[Row[Any]]] = defaultdict(list)
    for one in connection.execute(
        sa.select(invited)
        .where(invited.c.visit.in_(ids), invited.c.revoked_at.is_(None), invited.c.expires_at > context.now())
        .order_by(invited.c.role.desc(), invited.c.created_at)
    ):
        standing[one.visit].append(one)
    return tuple(
        _at_desk(context, row, known.get(row["patient"]), persons[row["id"]], standing[row["id"]]) for row in rows
    )


def _at_desk(
    context: Context,
    row: RowMapping,
    patient: RowMapping | None,
    people: Sequence[tuple[str, str, str]],
    standing: Sequence[Row[Any]],
) -> VisitAtDesk:
    zone = ZoneInfo(row["timezone"])
    return VisitAtDesk(
        id=row["id"],
        at=row["at"].astimezone(zone),
        name=patient["name"] if patient else None,
        reference=patient["reference"] if patient else None,
        people=tuple(people),
        invitations=tuple(
            StandingInvitation(
                one.id, one.role, one.language, one.expires_at.astimezone(zone), short_code(context, one.id)
            )
            for one in standing
        ),
    )
