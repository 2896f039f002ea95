"""Tablets of the waiting room: enrolled by the desk, known by a token that is kept hashed, taken back at any time."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api import audit
from api.access import ARRANGES_VISITS, require
from api.context import Context, new_id, sha256
from careplan.errors import NotFound
from careplan.people import Actor
from careplan.reading import check_text

LONGEST_NAME = 200
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Tablet:
    """One tablet of a practice."""

    id: str
    practice: str
    name: str
    created: datetime
    seen: datetime | None


def enrol(context: Context, connection: Connection, actor: Actor, name: str) -> str:
    """The token that the device keeps, told this once.

    Raises:
        Invalid: the name is empty, too long or holds signs that no store keeps.
    """
    require(actor, ARRANGES_VISITS)
    token, tablet = secrets.token_urlsafe(24), new_id()
    connection.execute(
        context.tables.tablets.insert().values(
            id=tablet,
            practice=actor.practice,
            name=check_text(name.strip(), "name", LONGEST_NAME),
            token_hash=sha256(token),
            author=actor.id,
            created_at=context.now(),
        )
    )
    audit.record(context, connection, actor.id, "enrol_tablet", tablet, actor.practice)
    return token


def find(context: Context, connection: Connection, token: str | None) -> Tablet | None:
    """The tablet that holds this token, unless it was taken back."""
    if not token:
        return None
    table = context.tables.tablets
    row = connection.execute(
        sa.select(table).where(table.c.token_hash == sha256(token), table.c.revoked_at.is_(None))
    ).one_or_none()
    return Tablet(row.id, row.practice, row.name, row.created_at, row.seen_at) if row else None


def mark_seen(context: Context, connection: Connection, tablet: Tablet) -> None:
    table = context.tables.tablets
    connection.execute(table.update().where(table.c.id == tablet.id).values(seen_at=context.now()))


def of_practice(context: Context, connection: Connection, actor: Actor) -> tuple[Tablet, ...]:
    """The tablets that stand, oldest first."""
    require(actor, ARRANGES_VISITS)
    table = context.tables.tablets
    rows = connection.execute(
        sa.select(table)
        .where(table.c.practice == actor.practice, table.c.revoked_at.is_(None))
        .order_by(table.c.created_at, table.c.id)
    )
    return tuple(Tablet(row.id, row.practice, row.name, row.created_at, row.seen_at) for row in rows)


def revoke(context: Context, connection: Connection, actor: Actor, tablet: str) -> None:
    """The device is an ordinary one again, wherever it is."""
    require(actor, ARRANGES_VISITS)
    table = context.tables.tablets
    known = table.c.id == tablet, table.c.practice == actor.practice, table.c.revoked_at.is_(None)
    if connection.execute(sa.select(table.c.id).where(*known)).first() is None:
        raise NotFound
    connection.execute(table.update().where(*known).values(revoked_at=context.now()))
    audit.record(context, connection, actor.id, "revoke_tablet", tablet, actor.practice)
