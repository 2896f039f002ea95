"""Visits made at the desk, by form or from a list, all or none; and the invitations that stand for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import audit, invitations, visits
from api.access import ARRANGES_VISITS, load_visit_for, require
from api.context import Context
from api.desk.short_codes import short_code
from api.patients import REFERENCE_LABEL
from api.views import NewInvitation
from careplan.errors import NotFound
from careplan.people import Actor, Role
from careplan.visit_list import PlannedVisit, RowProblem

FIRST_ROW = 2  # of a list, under its head


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


def timezone_of(context: Context, connection: Connection, actor: Actor) -> ZoneInfo:
    """Where the actor's practice is."""
    practices = context.tables.practices
    found = connection.scalar(sa.select(practices.c.timezone).where(practices.c.id == actor.practice))
    return ZoneInfo(found or "UTC")


def known_problems(
    context: Context, connection: Connection, actor: Actor, planned: Sequence[PlannedVisit]
) -> tuple[RowProblem, ...]:
    """Rows whose patient already has a visit at that moment: the list was probably sent before."""
    table, patients = context.tables.visits, context.tables.patients
    problems = []
    for row, plan in enumerate(planned, start=FIRST_ROW):
        if plan.reference is None:
            continue
        hashes = [context.keyed_hash(REFERENCE_LABEL, plan.reference, key_id) for key_id, _ in context.keys.roots]
        same = (
            sa.select(table.c.id)
            .join(patients, patients.c.id == table.c.patient)
            .where(table.c.practice == actor.practice, table.c.at == plan.at, patients.c.reference_hash.in_(hashes))
        )
        twice = any((plan.at, plan.reference) == (other.at, other.reference) for other in planned[: row - FIRST_ROW])
        if twice or connection.execute(same).first() is not None:
            problems.append(RowProblem(row, None, "known"))
    return tuple(problems)


def make_visits(
    context: Context, connection: Connection, actor: Actor, planned: Sequence[PlannedVisit]
) -> tuple[MadeVisit, ...]:
    """All of them, each with an invitation per person."""
    require(actor, ARRANGES_VISITS)
    made = []
    for plan in planned:
        visit = visits.create(context, connection, actor, plan.at, reference=plan.reference, name=plan.name).id
        audit.record(context, connection, actor.id, "create_visit", visit, actor.practice)
        asked = [(Role.PATIENT, plan.patient_language)]
        if plan.caregiver_language:
            asked.append((Role.CAREGIVER, plan.caregiver_language))
        invited = tuple(
            invitations.invite(context, connection, actor, visit, role, language) for role, language in asked
        )
        made.append(MadeVisit(visit, plan.at, plan.name, invited))
    return tuple(made)


def show(context: Context, connection: Connection, actor: Actor, visit: str) -> VisitAtDesk:
    """One visit.

    Raises:
        NotFound: no such visit, or another practice's.
    """
    row = load_visit_for(context, connection, actor, visit, ARRANGES_VISITS)
    return _with_people(context, connection, row)


def of_day(
    context: Context, connection: Connection, actor: Actor, day: date | None
) -> tuple[date, tuple[VisitAtDesk, ...]]:
    """The day (default: today, where the practice is) and its visits by time."""
    require(actor, ARRANGES_VISITS)
    zone = timezone_of(context, connection, actor)
    shown = day or context.now().astimezone(zone).date()
    start, table = datetime.combine(shown, time(), zone), context.tables.visits
    end = datetime.combine(shown + timedelta(days=1), time(), zone)
    rows = connection.execute(
        sa.select(table, sa.literal(zone.key).label("timezone"))
        .where(table.c.practice == actor.practice, table.c.at >= start, table.c.at < end)
        .order_by(table.c.at, table.c.id)
    ).mappings()
    return shown, tuple(_with_people(context, connection, row) for row in rows.all())


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


def _with_people(context: Context, connection: Connection, row: RowMapping) -> VisitAtDesk:
    people, patients, invited = context.tables.people, context.tables.patients, context.tables.invitations
    patient = connection.execute(
        sa.select(patients.c.name, patients.c.reference).where(patients.c.id == row["patient"])
    ).one_or_none()
    persons = connection.execute(
        sa.select(people.c.role, people.c.language, people.c.state)
        .where(people.c.visit == row["id"])
        .order_by(people.c.role.desc())
    )
    standing = connection.execute(
        sa.select(invited)
        .where(invited.c.visit == row["id"], invited.c.revoked_at.is_(None), invited.c.expires_at > context.now())
        .order_by(invited.c.role.desc(), invited.c.created_at)
    )
    zone = ZoneInfo(row["timezone"])
    return VisitAtDesk(
        id=row["id"],
        at=row["at"].astimezone(zone),
        name=patient.name if patient else None,
        reference=patient.reference if patient else None,
        people=tuple((person.role, person.language, person.state) for person in persons),
        invitations=tuple(
            StandingInvitation(
                one.id, one.role, one.language, one.expires_at.astimezone(zone), short_code(context, one.id)
            )
            for one in standing
        ),
    )
