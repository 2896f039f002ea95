"""The audit trail: who read or did what, never what was said.

Each row's hash covers the row and the hash before it, with a key that is not in the database; the head row holds the
newest hash, so that a changed, removed, added or cut-off row is found.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.context import Context
from api.views import AuditEntry
from careplan.people import Actor
from records.database import hold

LABEL = "audit trail"
HEAD = 1


def record(
    context: Context,
    connection: Connection,
    actor: str,
    action: str,
    subject: str | None = None,
    practice: str | None = None,
) -> None:
    """Add one row in the transaction of what it tells about."""
    head, audit = context.tables.audit_head, context.tables.audit
    standing = sa.select(head).where(head.c.id == HEAD).with_for_update()
    last = connection.execute(standing).one_or_none()
    if last is None:  # no row to lock: the very first entry
        hold(connection, LABEL)
        last = connection.execute(standing).one_or_none()
    row = {
        "seq": last.seq + 1 if last else 1,
        "at": context.now(),
        "actor": actor,
        "practice": practice,
        "action": action,
        "subject": subject,
        "key_id": context.keys.newest_id,
    }
    seal = _hash(context, row, last.hash if last else "")
    connection.execute(audit.insert().values(**row, hash=seal))
    values = {"id": HEAD, "seq": row["seq"], "hash": seal}
    connection.execute(head.update().values(values) if last else head.insert().values(values))


def first_broken(context: Context, connection: Connection) -> int | None:
    """The number of the first row that is not as it was written, or None when the whole trail holds."""
    audit, head = context.tables.audit, context.tables.audit_head
    previous, expected = "", 1
    for row in connection.execute(sa.select(audit).order_by(audit.c.seq)).mappings():
        plain = {name: row[name] for name in ("seq", "at", "actor", "practice", "action", "subject", "key_id")}
        if row["seq"] != expected or row["hash"] != _hash(context, plain, previous):
            return expected
        previous, expected = row["hash"], expected + 1
    last = connection.execute(sa.select(head)).one_or_none()
    if (last.seq, last.hash) != (expected - 1, previous) if last else expected != 1:
        return expected
    return None


def entries(
    context: Context, connection: Connection, actor: Actor, before: int | None, limit: int
) -> Sequence[AuditEntry]:
    """The newest rows of the actor's practice, newest first; `before` goes on from an earlier page."""
    audit = context.tables.audit
    query = sa.select(audit).where(audit.c.practice == actor.practice).order_by(audit.c.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(audit.c.seq < before)
    return [
        AuditEntry(row.seq, row.at.isoformat(timespec="seconds"), row.actor, row.action, row.subject)
        for row in connection.execute(query)
    ]


def _hash(context: Context, row: dict[str, Any], previous: str) -> str:
    moment: datetime = row["at"]
    plain = row | {"at": moment.isoformat(), "previous": previous}
    return context.keyed_hash(LABEL, json.dumps(plain, sort_keys=True), row["key_id"])
