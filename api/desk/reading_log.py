"""Who read or did what, for administrators: the audit trail with names, of everything or of one visit."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api import audit
from api.access import READS_AUDIT, require
from api.context import Context
from api.practices import zone_of
from careplan.people import Actor

PAGE = 100


@dataclass(frozen=True)
class LogLine:
    """One row: `who` is a user's name, or None where it was no user but `agent`; `visit` is known for visits and goals.

    agent: the user's id, or the first word of what acted instead (`api.audit.record`).
    """

    seq: int
    at: datetime
    who: str | None
    agent: str
    action: str
    visit: str | None


def lines(
    context: Context, connection: Connection, actor: Actor, *, visit: str | None = None, before: int | None = None
) -> tuple[LogLine, ...]:
    """At most a page of rows, newest first; looking at them is a row too."""
    require(actor, READS_AUDIT)
    tables = context.tables
    trail, users, goals = tables.audit, tables.users, tables.goals
    of_visit = sa.func.coalesce(goals.c.visit, tables.visits.c.id)
    query = (
        sa.select(trail, users.c.name, of_visit.label("visit"))
        .join(users, users.c.id == trail.c.actor, isouter=True)
        .join(goals, goals.c.id == trail.c.subject, isouter=True)
        .join(tables.visits, tables.visits.c.id == trail.c.subject, isouter=True)
        .where(trail.c.practice == actor.practice)
        .order_by(trail.c.seq.desc())
        .limit(PAGE)
    )
    if visit is not None:
        of_goals = sa.select(goals.c.id).where(goals.c.visit == visit)
        query = query.where((trail.c.subject == visit) | trail.c.subject.in_(of_goals))
    if before is not None:
        query = query.where(trail.c.seq < before)
    zone = zone_of(context, connection, actor.practice)
    found = tuple(
        LogLine(row.seq, row.at.astimezone(zone), row.name, row.actor.partition(" ")[0], row.action, row.visit)
        for row in connection.execute(query)
    )
    audit.record(context, connection, actor.id, "read_audit", visit, actor.practice)
    return found
