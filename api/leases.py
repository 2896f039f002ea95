"""Rows that wait to be told to another system: any number of workers, and each row with one of them at a time."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api.context import Context

LONGEST_LEASE = timedelta(minutes=1)


class State(StrEnum):
    """Refused is for good: the receiver would refuse the same again, until somebody asks to try again."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"


def take(
    context: Context, connection: Connection, table: sa.Table, due: sa.Select[Any], held_for: timedelta
) -> RowMapping | None:
    """The first row that is due, as it stood before this try.

    No other worker gets it before `held_for` has passed: by then this one gave up.
    """
    row = connection.execute(due.limit(1).with_for_update(skip_locked=True)).mappings().one_or_none()
    if row is None:
        return None
    attempt = row["attempts"] + 1
    until = context.now() + min(held_for, LONGEST_LEASE)
    return row if change(connection, table, row["id"], row["attempts"], attempts=attempt, next_at=until) else None


def change(connection: Connection, table: sa.Table, row: int, attempt: int, **values: Any) -> bool:
    """Write to a row, unless it is gone, or its lease ended and another worker took it; whether it was written."""
    mine = table.update().where(table.c.id == row, table.c.attempts == attempt)
    return connection.execute(mine.values(**values)).rowcount == 1
