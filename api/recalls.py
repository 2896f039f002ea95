"""Recalls: what another system is asked to take back, written in the transaction of the erasing, sent afterwards.

A row names records by identifier, never a word. It outlives the visit, so that it can be told and seen afterwards.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import audit, leases, outbox
from api.context import Context
from api.leases import LONGEST_LEASE, State

_PEOPLE = "Patient/"  # the receiver's own, with much of others on it: nobody takes it back


@dataclass(frozen=True)
class Recall:
    """A row that this worker alone may send until its lease ends; `attempt` counts from one."""

    id: int
    practice: str
    visit: str
    patient: str
    records: tuple[str, ...]
    since: datetime
    attempt: int


@dataclass(frozen=True)
class RecallLine:
    """How far one erasing is on its way, for administrators. `records`: how many the receiver is to let go of."""

    id: int
    state: str
    records: int
    attempts: int
    problem: str | None
    since: datetime
    told: datetime | None


def put(context: Context, connection: Connection, visit: str, role: str | None = None) -> None:
    """Before a visit is erased, or all that one person said in it: ask for what may have left of it.

    What is under way just now arrives before the question does: that waits until no try can last any longer.
    """
    goals = context.tables.goals
    locked = sa.select(goals.c.id, goals.c.role).where(goals.c.visit == visit).order_by(goals.c.id).with_for_update()
    standing = connection.execute(locked).all()  # nobody approves one of them, and so lets it leave, meanwhile
    rows = outbox.rows_of(context, connection, visit, locked=True)
    whose = [row.id for row in standing if row.role == role] if role else None
    named = departed(context, connection, visit, rows, whose, role)
    if named:
        _add(context, connection, visit, named, _when_nothing_is_under_way(context, rows))


def put_answers(context: Context, connection: Connection, visit: str, role: str) -> None:
    """After a person said anew what they share: if their interview left, the receiver gets it as it stands now."""
    rows = outbox.rows_of(context, connection, visit, locked=True)
    named = [
        record
        for record in departed(context, connection, visit, rows, None, None)
        if record == f"QuestionnaireResponse/{visit}-{role}"
    ]
    if named:
        _add(context, connection, visit, named, _when_nothing_is_under_way(context, rows))


def departed(
    context: Context,
    connection: Connection,
    visit: str,
    rows: Sequence[RowMapping],
    goals: Collection[str] | None,
    role: str | None,
) -> list[str]:
    """What may stand at the receiver of these goals (None: of all) and of the person's interview, as our `Type/id`.

    A plan that left with another goal may tell of these too.
    """
    by_goal = outbox.departed_of(rows)
    found: dict[str, None] = {}
    for goal, named in by_goal.items():
        mine = goals is None or goal in goals
        found.update(dict.fromkeys(one for one in named if mine or one == f"CarePlan/{visit}"))
    for one in _standing(context, connection, visit):
        if goals is None or one == f"CarePlan/{visit}" or (role and one.endswith(f"/{visit}-{role}")):
            found[one] = None
    return [one for one in found if not one.startswith(_PEOPLE)]


def named_of(context: Context, connection: Connection, visit: str) -> frozenset[str]:
    """Every record of the visit that the receiver was ever asked to take back."""
    recalls = context.tables.recalls
    rows = connection.scalars(sa.select(recalls.c.records).where(recalls.c.visit == visit))
    return frozenset(one for records in rows for one in records)


def is_due(context: Context, connection: Connection) -> bool:
    """Whether a row waits to be sent now; cheap, to be asked often."""
    return connection.execute(_due(context).limit(1)).first() is not None


def lease(context: Context, connection: Connection, held_for: timedelta) -> Recall | None:
    """The next row to send."""
    row = leases.take(context, connection, context.tables.recalls, _due(context), held_for)
    if row is None:
        return None
    return Recall(
        id=row["id"],
        practice=row["practice"],
        visit=row["visit"],
        patient=row["patient"],
        records=tuple(row["records"]),
        since=row["created_at"],
        attempt=row["attempts"] + 1,
    )


def settle(
    context: Context,
    connection: Connection,
    recall: Recall,
    state: State,
    *,
    problem: str | None = None,
    standing: Collection[str] = (),
    wait: timedelta = timedelta(),
) -> None:
    """Keep how telling went, unless the lease ended and another worker took the row."""
    now = context.now()
    values: dict[str, Any] = {"state": state.value, "problem": problem, "next_at": now + wait}
    if state is State.SENT:
        values |= {"told_at": now, "standing": sorted(standing)}
    kept = leases.change(connection, context.tables.recalls, recall.id, recall.attempt, **values)
    if kept and state is State.SENT:
        audit.record(context, connection, outbox.EXPORTER, "fhir_recall", recall.visit, recall.practice)


def of_practice(context: Context, connection: Connection, practice: str | None, limit: int) -> Sequence[RecallLine]:
    """The newest rows; those that were not told first."""
    recalls = context.tables.recalls
    query = (
        sa.select(recalls)
        .where(recalls.c.practice == practice)
        .order_by(recalls.c.state == State.SENT.value, recalls.c.id.desc())
        .limit(limit)
    )
    return [
        RecallLine(
            id=row["id"],
            state=row["state"],
            records=len(row["records"]),
            attempts=row["attempts"],
            problem=row["problem"],
            since=row["created_at"],
            told=row["told_at"],
        )
        for row in connection.execute(query).mappings()
    ]


def again(context: Context, connection: Connection, practice: str | None) -> int:
    """Try once more what the receiver refused; how much that is."""
    recalls = context.tables.recalls
    refused = recalls.update().where(recalls.c.practice == practice, recalls.c.state == State.REFUSED.value)
    return connection.execute(refused.values(state=State.WAITING.value, next_at=context.now())).rowcount


def refused(context: Context, connection: Connection) -> int:
    """How many recalls, of all practices, the receiver refused."""
    recalls = context.tables.recalls
    counted = sa.select(sa.func.count()).where(recalls.c.state == State.REFUSED.value)
    return connection.scalar(counted) or 0


def forget_told(context: Context, connection: Connection, before: datetime) -> None:
    """Rows that were told before that moment, of visits that are no longer there."""
    recalls, visits = context.tables.recalls, context.tables.visits
    there = sa.exists().where(visits.c.id == recalls.c.visit)
    connection.execute(recalls.delete().where(recalls.c.told_at < before, ~there))


def _add(context: Context, connection: Connection, visit: str, records: list[str], when: datetime) -> None:
    visits = context.tables.visits
    row = connection.execute(sa.select(visits.c.practice, visits.c.patient).where(visits.c.id == visit)).one()
    connection.execute(
        context.tables.recalls.insert().values(
            practice=row.practice,
            visit=visit,
            patient=row.patient,
            records=records,
            state=State.WAITING.value,
            attempts=0,
            next_at=when,
            created_at=context.now(),
        )
    )


def _when_nothing_is_under_way(context: Context, rows: Sequence[RowMapping]) -> datetime:
    """When the last try of these rows that may still go on has ended."""
    now = context.now()
    tried: list[datetime] = [row["next_at"] for row in rows if row["state"] == State.WAITING.value and row["records"]]
    return min(max([now, *tried]), now + LONGEST_LEASE)


def _standing(context: Context, connection: Connection, visit: str) -> list[str]:
    """What earlier recalls of the visit left at the receiver as it stood then, or may yet."""
    recalls = context.tables.recalls
    rows = connection.execute(
        sa.select(recalls.c.records, recalls.c.standing).where(recalls.c.visit == visit).order_by(recalls.c.id)
    )
    return [one for row in rows for one in (row.records if row.standing is None else row.standing)]


def _due(context: Context) -> sa.Select[Any]:
    recalls = context.tables.recalls
    return (
        sa.select(recalls)
        .where(recalls.c.state == State.WAITING.value, recalls.c.next_at <= context.now())
        .order_by(recalls.c.next_at, recalls.c.id)
    )
