"""Visits as the practice sees them: the list of a day, one visit on one screen, the transcript, the flags."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import audit, goals, patients
from api.access import ARRANGES_VISITS, load_visit_for, require
from api.context import Context, new_id
from api.items import direction, shared_items
from api.marks import marks
from api.practices import on_day, today, zone_of
from api.views import AnswerView, DayMark, FlagView, GoalView, OpenedVisit, PersonView, VisitSummary, VisitView
from careplan.contribution import Contribution, ContributionState, contribution_from_json
from careplan.people import Actor, PersonState, Role, VisitState
from careplan.withdrawing import without_goals

Row = Mapping[Any, Any]  # of the visits' table, with the practice's `timezone`
ROLES = (Role.PATIENT.value, Role.CAREGIVER.value)


def create(
    context: Context,
    connection: Connection,
    actor: Actor,
    at: datetime,
    *,
    reference: str | None = None,
    name: str | None = None,
) -> str:
    """A visit at a moment of the patient with this number and name, if told; inviting brings in who will speak. The
    answer is its id. Access is checked before.
    """
    visit = new_id()
    connection.execute(
        context.tables.visits.insert().values(
            id=visit,
            practice=actor.practice,
            patient=patients.find_or_add(context, connection, actor, reference=reference, name=name),
            at=at,
            state=VisitState.NEW.value,
            created_at=context.now(),
        )
    )
    audit.record(context, connection, actor.id, "create_visit", visit, actor.practice)
    return visit


def summary(context: Context, connection: Connection, actor: Actor, visit: str) -> VisitSummary:
    """One visit as it stands in the list of its day."""
    row = load_visit_for(context, connection, actor, visit, ARRANGES_VISITS)
    return _summaries(context, connection, [row])[0]


def of_day(context: Context, connection: Connection, actor: Actor, day: date | None) -> tuple[VisitSummary, ...]:
    """The practice's visits of a day (default: today, where the practice is), by time."""
    require(actor, ARRANGES_VISITS)
    visits, zone = context.tables.visits, zone_of(context, connection, actor.practice)
    rows = connection.execute(
        sa.select(visits, sa.literal(zone.key).label("timezone"))
        .where(visits.c.practice == actor.practice, on_day(visits, day or today(context, zone), zone))
        .order_by(visits.c.at, visits.c.id)
    ).mappings()
    return _summaries(context, connection, rows.all())


def show(context: Context, connection: Connection, actor: Actor, visit: str) -> VisitView:
    """One visit without its goals; of what people said only what was sent and is shared, and every flag."""
    row = load_visit_for(context, connection, actor, visit)
    rows = goals.newest(context, connection, visit)
    return _view(context, connection, row, submitted(context, connection, visit, rows), goals.shown(rows), rows)


def open_(context: Context, connection: Connection, row: Row) -> OpenedVisit:
    """What was said for a visit and became of it in the review. Opening it marks it as read."""
    visit = row["id"]
    if row["state"] == VisitState.NEW.value:
        mark(context, connection, row, VisitState.READ)
        row = {**row, "state": VisitState.READ.value}
    rows = goals.newest(context, connection, visit)
    sent = submitted(context, connection, visit, rows)
    shown = goals.shown(rows)
    return OpenedVisit(
        visit=_view(context, connection, row, sent, shown, rows),
        goals=shown,
        transcript=_answers(sent),
        same_day=_same_day(context, connection, row),
    )


def _view(
    context: Context,
    connection: Connection,
    row: Row,
    sent: Mapping[str, Contribution],
    shown: Sequence[GoalView],
    rows: Sequence[RowMapping],
) -> VisitView:
    first = {goal.role: goal.id for goal in shown if goal.first}
    said: dict[str, Any] = {
        name: tuple(item for role in sent for item in shared_items(getattr(sent[role], name), role))
        for name in ("questions", "burdens", "helps")
    }
    return VisitView(
        id=row["id"],
        time=context.local(row["at"], row["timezone"]),
        state=row["state"],
        people=_people_of(context, connection, [row["id"]])[row["id"]],
        flags=flags_of(context, connection, row["id"]),
        one_thing={role: first.get(role) for role in ROLES},
        marks=marks(shown, {row["id"]: row["meaning"] for row in rows}),
        **said,
    )


def _same_day(context: Context, connection: Connection, row: Row) -> tuple[DayMark, ...]:
    """The practice's visits of the day of this one, by time; nothing about people, so that it stays cheap."""
    visits, people, flags = context.tables.visits, context.tables.people, context.tables.flags
    zone = ZoneInfo(row["timezone"])
    sent = sa.exists().where(people.c.visit == visits.c.id, people.c.state == PersonState.SUBMITTED.value)
    flagged = sa.exists().where(flags.c.visit == visits.c.id)
    found = connection.execute(
        sa.select(visits.c.id, visits.c.state, sa.or_(sent, flagged).label("something"))
        .where(visits.c.practice == row["practice"], on_day(visits, row["at"].astimezone(zone).date(), zone))
        .order_by(visits.c.at, visits.c.id)
    )
    return tuple(DayMark(one.id, one.state == VisitState.NEW.value and bool(one.something)) for one in found)


def submitted(
    context: Context, connection: Connection, visit: str, goal_rows: Sequence[RowMapping] | None = None
) -> Mapping[str, Contribution]:
    """What each person sent last, by role, the patient first; without what they took back since.

    goal_rows: the newest versions of the visit's goals, where they were read already.
    """
    goal_rows = goals.newest(context, connection, visit) if goal_rows is None else goal_rows
    table = context.tables.contributions
    of_visit = sa.and_(table.c.visit == visit, table.c.state == ContributionState.SUBMITTED.value)
    last = sa.select(table.c.role, sa.func.max(table.c.version).label("version")).where(of_visit).group_by(table.c.role)
    newest = last.subquery()
    rows = connection.execute(
        sa.select(table.c.role, table.c.body).join(
            newest, sa.and_(table.c.visit == visit, table.c.role == newest.c.role, table.c.version == newest.c.version)
        )
    )
    bodies = {row.role: row.body for row in rows}
    gone = defaultdict(set)
    for goal in goal_rows:
        if goal["source"] == goals.TAKEN_BACK:
            gone[goal["role"]].add(goal["key"])
    return {role: without_goals(contribution_from_json(bodies[role]), gone[role]) for role in ROLES if role in bodies}


def transcript(context: Context, connection: Connection, visit: str) -> tuple[AnswerView, ...]:
    """The answers that were sent and are shared, person by person, in the order they were given."""
    return _answers(submitted(context, connection, visit))


def _answers(sent: Mapping[str, Contribution]) -> tuple[AnswerView, ...]:
    return tuple(
        AnswerView(
            words=answer.words,
            lang=answer.lang,
            dir=direction(answer.lang, answer.words),
            role=role,
            question=answer.question,
            typed_by=(answer.typed_by or contribution.typed_by).value,
        )
        for role, contribution in sent.items()
        for answer in contribution.answers
        if answer.shared
    )


def flags_of(context: Context, connection: Connection, visit: str) -> tuple[FlagView, ...]:
    """What the safety rules quoted, oldest first."""
    flags = context.tables.flags
    rows = connection.execute(sa.select(flags).where(flags.c.visit == visit).order_by(flags.c.at, flags.c.id))
    return tuple(
        FlagView(
            id=row.id,
            category=row.category,
            words=row.words,
            lang=row.lang,
            dir=direction(row.lang, row.words),
            role=row.role,
            time=row.at.isoformat(timespec="seconds"),
        )
        for row in rows
    )


def mark(context: Context, connection: Connection, visit: Row, state: VisitState) -> None:
    """Set how far the practice is; reading a discussed visit again leaves it discussed."""
    if state is VisitState.READ and visit["state"] == VisitState.DISCUSSED.value:
        return
    visits = context.tables.visits
    moments = {VisitState.READ: "read_at", VisitState.DISCUSSED: "discussed_at"}
    at = {moments[state]: context.now()} if state in moments else {}
    connection.execute(visits.update().where(visits.c.id == visit["id"]).values(state=state.value, **at))


def _people_of(context: Context, connection: Connection, visits: Sequence[str]) -> Mapping[str, tuple[PersonView, ...]]:
    """Of many visits, the patient first."""
    table, patients = context.tables.people, context.tables.patients
    people: dict[str, tuple[PersonView, ...]] = defaultdict(tuple)
    of_visit = context.tables.visits
    rows = connection.execute(
        sa.select(table, patients.c.name.label("patient_name"))
        .join(of_visit, of_visit.c.id == table.c.visit)
        .join(patients, patients.c.id == of_visit.c.patient, isouter=True)
        .where(table.c.visit.in_(visits))
        .order_by(table.c.role.desc())
    )
    for row in rows:
        name = row.name or (row.patient_name if row.role == Role.PATIENT.value else None)
        person = PersonView(row.role, row.language, name, row.typed_by, row.state, row.minutes)
        people[row.visit] += (person,)
    return people


def _flags_counted(context: Context, connection: Connection, visits: Sequence[str]) -> Mapping[str, int]:
    flags = context.tables.flags
    counts = connection.execute(
        sa.select(flags.c.visit, sa.func.count()).where(flags.c.visit.in_(visits)).group_by(flags.c.visit)
    )
    return {row[0]: row[1] for row in counts}


def _summaries(context: Context, connection: Connection, rows: Sequence[RowMapping]) -> tuple[VisitSummary, ...]:
    ids = [row["id"] for row in rows]
    people, flags = _people_of(context, connection, ids), _flags_counted(context, connection, ids)
    return tuple(
        VisitSummary(
            row["id"],
            context.local(row["at"], row["timezone"]),
            row["state"],
            people.get(row["id"], ()),
            flags.get(row["id"], 0),
        )
        for row in rows
    )
