"""Loads dossiers, many at a time, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api.access import HIDDEN
from api.context import Context
from api.fhir.dossier import (
    Dossier,
    GoalRecord,
    GoalVersion,
    Member,
    Person,
    Scaling,
    Score,
    Sent,
    TaskRecord,
    TaskVersion,
    states_of,
    still_shared,
)
from careplan.contribution import PERSON_ITEMS, Contribution, ContributionState, contribution_from_json, goal_from_json

Grouped = Mapping[str, Sequence[RowMapping]]


def load_dossiers(
    context: Context, connection: Connection, visits: Sequence[str], practice: str | None = None
) -> list[Dossier]:
    """The dossiers of these visits in the same order; those of another practice, when one is given, are left out."""
    heads = {row["id"]: row for row in _heads(context, connection, visits, practice)}
    ids = [visit for visit in visits if visit in heads]
    tables = context.tables
    people = _by(connection, sa.select(tables.people).where(tables.people.c.visit.in_(ids)), "visit")
    sent = _by(connection, _submitted(context, ids), "visit")
    members = _by(
        connection,
        sa.select(tables.team_members)
        .where(tables.team_members.c.visit.in_(ids))
        .order_by(tables.team_members.c.created_at, tables.team_members.c.id),
        "visit",
    )
    goals = _goals(context, connection, ids)
    users = _users(context, connection, {head["practice"] for head in heads.values()})
    return [_dossier(heads[visit], people[visit], sent[visit], members[visit], goals[visit], users) for visit in ids]


def _heads(
    context: Context, connection: Connection, visits: Sequence[str], practice: str | None
) -> Sequence[RowMapping]:
    table, practices, patients = context.tables.visits, context.tables.practices, context.tables.patients
    query = (
        sa.select(
            table.c.id,
            table.c.at,
            table.c.created_at,
            table.c.practice,
            practices.c.name.label("practice_name"),
            practices.c.timezone,
            table.c.patient,
            patients.c.name.label("patient_name"),
            patients.c.reference.label("patient_reference"),
            patients.c.created_at.label("patient_since"),
        )
        .join(practices, practices.c.id == table.c.practice)
        .join(patients, patients.c.id == table.c.patient)
        .where(table.c.id.in_(visits))
    )
    if practice is not None:
        query = query.where(table.c.practice == practice)
    return connection.execute(query).mappings().all()


def _submitted(context: Context, visits: Sequence[str]) -> sa.Select[Any]:
    """Each person's newest contribution that was sent."""
    table = context.tables.contributions
    newest = (
        sa.select(table.c.visit, table.c.role, sa.func.max(table.c.version).label("version"))
        .where(table.c.visit.in_(visits), table.c.state == ContributionState.SUBMITTED.value)
        .group_by(table.c.visit, table.c.role)
        .subquery()
    )
    same = [table.c[name] == newest.c[name] for name in ("visit", "role", "version")]
    return sa.select(table.c.visit, table.c.role, table.c.version, table.c.body, table.c.created_at).join(
        newest, sa.and_(*same)
    )


def _users(context: Context, connection: Connection, practices: set[str]) -> dict[str, str]:
    users = context.tables.users
    rows = connection.execute(sa.select(users.c.id, users.c.name).where(users.c.practice.in_(practices)))
    return {row.id: row.name for row in rows}


def _goals(context: Context, connection: Connection, visits: Sequence[str]) -> Mapping[str, list[GoalRecord]]:
    tables = context.tables
    goals = connection.execute(
        sa.select(tables.goals)
        .where(tables.goals.c.visit.in_(visits))
        .order_by(tables.goals.c.role.desc(), tables.goals.c.position, tables.goals.c.id)
    ).mappings()
    rows = goals.all()
    ids = [row["id"] for row in rows]
    versions = _of_goals(connection, tables.goal_versions, ids, "version")
    scalings = _of_goals(connection, tables.scalings, ids, "version")
    scores = _of_goals(connection, tables.scores, ids, "at")
    tasks = _tasks(context, connection, ids)
    found: Mapping[str, list[GoalRecord]] = defaultdict(list)
    for row in rows:
        goal = row["id"]
        record = _goal(row, versions[goal], scalings[goal])
        if record:
            kept = replace(record, tasks=tuple(tasks[goal]), scores=tuple(_score(score) for score in scores[goal]))
            found[row["visit"]].append(kept)
    return found


def _goal(row: RowMapping, versions: Sequence[RowMapping], scalings: Sequence[RowMapping]) -> GoalRecord | None:
    """None when the practice never saw the goal."""
    seen = [version for version in versions if _is_shown(version)]
    if not seen:
        return None
    newest = goal_from_json(seen[-1]["draft"])
    states = states_of([_version(version, newest) for version in seen], [_scaling(scaling) for scaling in scalings])
    gone = not _is_shown(versions[-1])
    return GoalRecord(row["id"], row["role"], row["position"], gone, states)


def _is_shown(version: RowMapping) -> bool:
    return version["status"] not in HIDDEN and bool(version["draft"]["shared"])


def _version(row: RowMapping, newest: Any) -> GoalVersion:
    return GoalVersion(
        number=row["version"],
        status=row["status"],
        draft=still_shared(goal_from_json(row["draft"]), newest),
        wording=row["wording"],
        reason=row["reason"],
        decision=row["decision"],
        author=row["author"],
        at=row["created_at"],
    )


def _scaling(row: RowMapping) -> Scaling:
    return Scaling(row["version"], tuple(row["levels"]), row["author"], row["created_at"])


def _score(row: RowMapping) -> Score:
    return Score(row["id"], row["level"], row["scored_by"], row["note"], row["author"], row["at"])


def _tasks(context: Context, connection: Connection, goals: Sequence[str]) -> Mapping[str, list[TaskRecord]]:
    tasks, versions = context.tables.tasks, context.tables.task_versions
    rows = connection.execute(
        sa.select(versions, tasks.c.goal)
        .join(tasks, tasks.c.id == versions.c.task)
        .where(tasks.c.goal.in_(goals))
        .order_by(versions.c.task, versions.c.version)
    ).mappings()
    by_task: dict[tuple[str, str], list[TaskVersion]] = defaultdict(list)
    for row in rows:
        version = TaskVersion(
            number=row["version"],
            state=row["state"],
            member=row["member"],
            what=row["what"],
            added_value=row["added_value"],
            reason=row["reason"],
            author=row["author"],
            at=row["created_at"],
        )
        by_task[row["goal"], row["task"]].append(version)
    found: Mapping[str, list[TaskRecord]] = defaultdict(list)
    for (goal, task), task_versions in by_task.items():
        found[goal].append(TaskRecord(task, tuple(task_versions)))
    return found


def _dossier(
    head: RowMapping,
    people: Sequence[RowMapping],
    sent: Sequence[RowMapping],
    members: Sequence[RowMapping],
    goals: Sequence[GoalRecord],
    users: Mapping[str, str],
) -> Dossier:
    values: dict[str, Any] = {("visit" if name == "id" else name): value for name, value in head.items()}
    return Dossier(
        **values,
        people={row["role"]: Person(row["role"], row["name"], row["language"], row["state"]) for row in people},
        sent={row["role"]: Sent(row["version"], row["created_at"], _shared(row["body"])) for row in sent},
        goals=[goal for goal in goals if not goal.gone],
        gone=[goal for goal in goals if goal.gone],
        members=[
            Member(
                id=row["id"],
                role=row["role"],
                name=row["name"],
                organisation=row["organisation"],
                user=row["user"],
                at=row["created_at"],
                left=row["left_at"] is not None,
            )
            for row in members
        ],
        users=users,
    )


def _shared(body: Any) -> Contribution:
    """What was sent, without the items that the person keeps to themselves; goals come from their own table."""
    contribution = contribution_from_json(body)
    kept: dict[str, Any] = {
        name: tuple(item for item in getattr(contribution, name) if item.shared) for name in PERSON_ITEMS
    }
    return replace(contribution, goals=(), **kept)


def _of_goals(connection: Connection, table: sa.Table, goals: Sequence[str], order: str) -> Grouped:
    return _by(connection, sa.select(table).where(table.c.goal.in_(goals)).order_by(table.c[order]), "goal")


def _by(connection: Connection, query: sa.Select[Any], name: str) -> Grouped:
    grouped: dict[str, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        grouped[row[name]].append(row)
    return grouped
