"""The outbox: what must leave for another system, written in the transaction of what it tells, sent afterwards.

A row names a version of a goal, never words; the Bundle is made when it is sent. Rows of one visit leave one after the
other, since a later one refers to what an earlier one made at the receiver.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import audit, leases
from api.context import Context
from api.leases import State
from api.views import ExportView
from careplan.goals import Status

EXPORTER = "fhir-export"
APPROVED = frozenset({Status.ACCEPTED, Status.CHANGED, Status.ACTIVE, Status.ATTAINED, Status.GIVEN_UP})


@dataclass(frozen=True)
class Parcel:
    """A row that this worker alone may send until its lease ends; `attempt` counts from one.

    departed: the records that earlier tries may have brought to the receiver.
    """

    id: int
    visit: str
    goal: str
    version: int
    attempt: int
    departed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a record of ours stands at the receiver, when it told; `gone`: it was last asked to let go of it."""

    location: str | None
    gone: bool = False


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
    """The next row to send."""
    row = leases.take(context, connection, context.tables.outbox, _due(context), held_for)
    if row is None:
        return None
    departed = tuple(row["records"] or ())
    return Parcel(row["id"], row["visit"], row["goal"], row["version"], row["attempts"] + 1, departed)


def depart(context: Context, connection: Connection, parcel: Parcel, records: Sequence[str]) -> bool:
    """Write down what is about to leave; whether it may.

    It may not when it was erased meanwhile, or when something else of the visit was: then it is made anew after that.
    """
    recalls = context.tables.recalls
    named = [*dict.fromkeys([*parcel.departed, *records])]
    mine = leases.change(connection, context.tables.outbox, parcel.id, parcel.attempt, records=named)
    erased = sa.select(recalls.c.id).where(recalls.c.visit == parcel.visit, recalls.c.state == State.WAITING.value)
    if mine and connection.execute(erased.limit(1)).first() is None:
        return True
    settle(context, connection, parcel, State.WAITING, left=False)
    return False


def settle(
    context: Context,
    connection: Connection,
    parcel: Parcel,
    state: State,
    *,
    problem: str | None = None,
    answer: list[dict[str, Any]] | None = None,
    wait: timedelta = timedelta(),
    left: bool = True,
) -> None:
    """Keep how sending went, unless the lease ended and another worker took the row.

    left: whether something may have arrived at this try; if not, what earlier tries may have brought is still all.
    """
    outbox, now = context.tables.outbox, context.now()
    values: dict[str, Any] = {"state": state.value, "problem": problem, "next_at": now + wait}
    if not left:
        values["records"] = list(parcel.departed)
    if state is State.SENT:
        values |= {"sent_at": now, "answer": answer}
    kept = leases.change(connection, outbox, parcel.id, parcel.attempt, **values)
    if kept and state is State.SENT and answer:
        visits = context.tables.visits
        practice = connection.scalar(sa.select(visits.c.practice).where(visits.c.id == parcel.visit))
        audit.record(context, connection, EXPORTER, "fhir_export", f"Goal/{parcel.goal}", practice)


def places_of(context: Context, connection: Connection, visit: str) -> dict[str, Place]:
    """What this visit sent before, as our `Type/id`, as the receiver last answered."""
    outbox = context.tables.outbox
    rows = connection.scalars(
        sa.select(outbox.c.answer)
        .where(outbox.c.visit == visit, outbox.c.state == State.SENT.value)
        .order_by(outbox.c.id)
    )
    return {one["of"]: Place(one["location"], one.get("gone", False)) for answer in rows for one in answer or ()}


def departed_of(rows: Sequence[RowMapping]) -> Mapping[str, Sequence[str]]:
    """What may have arrived at the receiver, by goal, as our `Type/id`; rows are of the outbox."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        named = [*(row["records"] or ()), *(one["of"] for one in row["answer"] or ())]
        found.setdefault(row["goal"], {}).update(dict.fromkeys(named))
    return {goal: list(named) for goal, named in found.items()}


def rows_of(context: Context, connection: Connection, visit: str, *, locked: bool = False) -> Sequence[RowMapping]:
    """The visit's rows, oldest first; `locked`: no worker begins a try, or notes what leaves with it, meanwhile."""
    outbox = context.tables.outbox
    query = sa.select(outbox).where(outbox.c.visit == visit).order_by(outbox.c.id)
    return connection.execute(query.with_for_update() if locked else query).mappings().all()


def of_visit(context: Context, connection: Connection, visit: str) -> tuple[ExportView, ...]:
    """Each goal's newest row."""
    newest = {row["goal"]: row for row in rows_of(context, connection, visit)}
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
    """Try once more what was refused, and how much that is."""
    outbox = context.tables.outbox
    refused = outbox.update().where(outbox.c.visit == visit, _refused(context))
    return connection.execute(refused.values(state=State.WAITING.value, next_at=context.now())).rowcount


def refused_visits(context: Context, connection: Connection) -> int:
    """How many visits, of all practices, have a goal that the receiver refused."""
    counted = sa.select(sa.func.count(context.tables.outbox.c.visit.distinct())).where(_refused(context))
    return connection.scalar(counted) or 0


def _refused(context: Context) -> sa.ColumnElement[bool]:
    """What was refused, and no later version has overtaken."""
    outbox = context.tables.outbox
    later = outbox.alias()
    overtaken = sa.exists().where(
        later.c.goal == outbox.c.goal, later.c.version > outbox.c.version, later.c.state == State.SENT.value
    )
    return sa.and_(outbox.c.state == State.REFUSED.value, ~overtaken)


def _due(context: Context) -> sa.Select[Any]:
    """The oldest waiting row of a visit, when it is time for it. What is taken back goes before anything else."""
    outbox, recalls = context.tables.outbox, context.tables.recalls
    earlier = outbox.alias()
    before = sa.exists().where(
        earlier.c.visit == outbox.c.visit, earlier.c.state == State.WAITING.value, earlier.c.id < outbox.c.id
    )
    taken_back = sa.exists().where(recalls.c.visit == outbox.c.visit, recalls.c.state == State.WAITING.value)
    return (
        sa.select(outbox)
        .where(outbox.c.state == State.WAITING.value, outbox.c.next_at <= context.now(), ~before, ~taken_back)
        .order_by(outbox.c.next_at, outbox.c.id)
    )


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
