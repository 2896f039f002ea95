"""The outbox: what must leave for another system, written in the transaction of what it tells, sent afterwards.

A row names a version of a goal, never words; the Bundle is made when it is sent. Rows of one visit leave one after the
other, since a later one refers to what an earlier one made at the receiver.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import audit
from api.context import Context
from api.views import ExportView
from careplan.goals import Status

EXPORTER = "fhir-export"
APPROVED = frozenset({Status.ACCEPTED, Status.CHANGED, Status.ACTIVE, Status.ATTAINED, Status.GIVEN_UP})


class State(StrEnum):
    """Refused is for good: the receiver would refuse the same again, until somebody asks to try again."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True)
class Parcel:
    """A row that this worker alone may send until its lease ends; `attempt` counts from one."""

    id: int
    visit: str
    goal: str
    version: int
    attempt: int


def put(context: Context, connection: Connection, goal: str, version: int, status: Status) -> None:
    """Let a version of a goal leave: once it is approved, and every later version of it."""
    outbox, goals = context.tables.outbox, context.tables.goals
    if not context.exports:
        return
    if status not in APPROVED and not connection.scalar(sa.select(outbox.c.id).where(outbox.c.goal == goal).limit(1)):
        return
    now = context.now()
    connection.execute(
        outbox.insert().values(
            visit=connection.scalar(sa.select(goals.c.visit).where(goals.c.id == goal)),
            goal=goal,
            version=version,
            state=State.WAITING.value,
            attempts=0,
            next_at=now,
            created_at=now,
        )
    )


def is_due(context: Context, connection: Connection) -> bool:
    """Whether a row waits to be sent now; cheap, to be asked often."""
    return connection.execute(_due(context).limit(1)).first() is not None


def lease(context: Context, connection: Connection, held_for: timedelta) -> Parcel | None:
    """The next row to send. No other worker gets it before `held_for` has passed: by then this one gave up."""
    outbox = context.tables.outbox
    row = connection.execute(_due(context).limit(1).with_for_update(skip_locked=True)).mappings().one_or_none()
    if row is None:
        return None
    attempt = row["attempts"] + 1
    taken = connection.execute(
        outbox.update()
        .where(outbox.c.id == row["id"], outbox.c.attempts == row["attempts"])
        .values(attempts=attempt, next_at=context.now() + held_for)
    )
    if taken.rowcount != 1:
        return None
    return Parcel(row["id"], row["visit"], row["goal"], row["version"], attempt)


def settle(
    context: Context,
    connection: Connection,
    parcel: Parcel,
    state: State,
    *,
    problem: str | None = None,
    answer: list[dict[str, Any]] | None = None,
    wait: timedelta = timedelta(),
) -> None:
    """Keep how sending went, unless the lease ended and another worker took the row."""
    outbox, now = context.tables.outbox, context.now()
    values: dict[str, Any] = {"state": state.value, "problem": problem, "next_at": now + wait}
    if state is State.SENT:
        values |= {"sent_at": now, "answer": answer}
    mine = outbox.update().where(outbox.c.id == parcel.id, outbox.c.attempts == parcel.attempt)
    if connection.execute(mine.values(**values)).rowcount == 1 and state is State.SENT and answer:
        visits = context.tables.visits
        practice = connection.scalar(sa.select(visits.c.practice).where(visits.c.id == parcel.visit))
        audit.record(context, connection, EXPORTER, "fhir_export", f"Goal/{parcel.goal}", practice)


def answers_of(context: Context, connection: Connection, visit: str) -> dict[str, str | None]:
    """What this visit sent before, as our `Type/id`, with the receiver's where it told."""
    outbox = context.tables.outbox
    rows = connection.scalars(
        sa.select(outbox.c.answer)
        .where(outbox.c.visit == visit, outbox.c.state == State.SENT.value)
        .order_by(outbox.c.id)
    )
    return {one["of"]: one["location"] for answer in rows for one in answer or ()}


def of_visit(context: Context, connection: Connection, visit: str) -> tuple[ExportView, ...]:
    """Each goal's newest row."""
    outbox = context.tables.outbox
    rows: Sequence[RowMapping] = (
        connection.execute(sa.select(outbox).where(outbox.c.visit == visit).order_by(outbox.c.id)).mappings().all()
    )
    newest = {row["goal"]: row for row in rows}
    return tuple(
        ExportView(
            goal=row["goal"],
            version=row["version"],
            state=row["state"],
            attempts=row["attempts"],
            problem=row["problem"],
            since=_told(row["created_at"]),
            sent=_told(row["sent_at"]) if row["sent_at"] else None,
        )
        for row in newest.values()
    )


def again(context: Context, connection: Connection, visit: str) -> int:
    """Try once more what was refused, and how much that is; not what a later version has overtaken."""
    outbox = context.tables.outbox
    later = outbox.alias()
    overtaken = sa.exists().where(
        later.c.goal == outbox.c.goal, later.c.version > outbox.c.version, later.c.state == State.SENT.value
    )
    refused = outbox.update().where(outbox.c.visit == visit, outbox.c.state == State.REFUSED.value, ~overtaken)
    return connection.execute(refused.values(state=State.WAITING.value, next_at=context.now())).rowcount


def _due(context: Context) -> sa.Select[Any]:
    """The oldest waiting row of a visit, when it is time for it."""
    outbox = context.tables.outbox
    earlier = outbox.alias()
    before = sa.exists().where(
        earlier.c.visit == outbox.c.visit, earlier.c.state == State.WAITING.value, earlier.c.id < outbox.c.id
    )
    return (
        sa.select(outbox)
        .where(outbox.c.state == State.WAITING.value, outbox.c.next_at <= context.now(), ~before)
        .order_by(outbox.c.next_at, outbox.c.id)
    )


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
