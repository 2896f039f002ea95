"""Tasks for goals, version by version: who does what, and how far it is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import audit
from api.access import load_goal_for, load_task_for
from api.context import Context, new_id
from api.once import made_once
from api.teamwork import members
from api.teamwork.names import names_of
from api.teamwork.views import TaskView
from careplan.errors import Conflict, Invalid
from careplan.people import Actor
from careplan.tasks import Task, TaskState, change_task, check_task


def show(context: Context, connection: Connection, actor: Actor, goal: str) -> tuple[TaskView, ...]:
    row = load_goal_for(context, connection, actor, goal)
    audit.record(context, connection, actor.id, "read_tasks", goal, row["practice"])
    return of_goals(context, connection, [goal])[goal]


def of_goals(context: Context, connection: Connection, goals: Collection[str]) -> Mapping[str, tuple[TaskView, ...]]:
    """The tasks of goals as they stand now, oldest first."""
    tasks, versions = context.tables.tasks, context.tables.task_versions
    first = versions.alias("first")
    rows = connection.execute(
        sa.select(tasks.c.goal, versions)
        .join(versions, sa.and_(versions.c.task == tasks.c.id, versions.c.version == tasks.c.version))
        .join(first, sa.and_(first.c.task == tasks.c.id, first.c.version == 1))
        .where(tasks.c.goal.in_(goals))
        .order_by(first.c.created_at, tasks.c.id)
    )
    found: dict[str, tuple[TaskView, ...]] = defaultdict(tuple)
    for view in _views(context, connection, rows.mappings()):
        found[view.goal] += (view,)
    return found


def versions_of(context: Context, connection: Connection, actor: Actor, task: str) -> tuple[TaskView, ...]:
    """Every version of a task, oldest first."""
    row, goal = load_task_for(context, connection, actor, task)
    audit.record(context, connection, actor.id, "read_task_versions", goal["id"], goal["practice"])
    versions = context.tables.task_versions
    rows = connection.execute(
        sa.select(sa.literal(row["goal"]).label("goal"), versions)
        .where(versions.c.task == task)
        .order_by(versions.c.version)
    )
    return tuple(_views(context, connection, rows.mappings()))


def add(context: Context, connection: Connection, actor: Actor, goal: str, task: Task, key: str | None) -> TaskView:
    """A new task for a goal, once per key; sent again, it is answered as it stands now.

    Raises:
        KeyReused: the key belongs to another request.
    """
    row = load_goal_for(context, connection, actor, goal)

    def make() -> str:
        _check_member(context, connection, actor, task.member, row)
        check_task(task)
        task_id = new_id()
        connection.execute(context.tables.tasks.insert().values(id=task_id, goal=goal, version=1))
        _write(context, connection, actor, task_id, 1, task)
        audit.record(context, connection, actor.id, "add_task", goal, row["practice"])
        return task_id

    request = ["task", goal, task.member, task.what, task.added_value]
    return _one(context, connection, made_once(context, connection, actor, key, request, make))


def change(context: Context, connection: Connection, actor: Actor, task: str, version: int, then: Task) -> TaskView:
    """Write a task's next version.

    Raises:
        Conflict: it no longer stands at `version`; it carries both texts.
        TransitionRefused: its state does not allow the step.
    """
    row, goal = load_task_for(context, connection, actor, task)
    now = _task(row)
    if row["version"] != version:
        raise Conflict(current_version=row["version"], current_text=_text(now), your_text=_text(then))
    if then.member != now.member:
        _check_member(context, connection, actor, then.member, goal)
    _write(context, connection, actor, task, version + 1, change_task(now, then))
    tasks = context.tables.tasks
    connection.execute(tasks.update().where(tasks.c.id == task).values(version=version + 1))
    audit.record(context, connection, actor.id, "change_task", goal["id"], goal["practice"])
    return _one(context, connection, task)


def _check_member(context: Context, connection: Connection, actor: Actor, member: str, goal: RowMapping) -> None:
    if not members.load_for_goal(context, connection, actor, member, goal).present:
        raise Invalid("value", field="member")


def _write(context: Context, connection: Connection, actor: Actor, task_id: str, version: int, task: Task) -> None:
    connection.execute(
        context.tables.task_versions.insert().values(
            task=task_id,
            version=version,
            state=task.state.value,
            member=task.member,
            what=task.what,
            added_value=task.added_value,
            reason=task.reason,
            author=actor.id,
            created_at=context.now(),
        )
    )


def _one(context: Context, connection: Connection, task: str) -> TaskView:
    tasks, versions = context.tables.tasks, context.tables.task_versions
    rows = connection.execute(
        sa.select(tasks.c.goal, versions)
        .join(versions, sa.and_(versions.c.task == tasks.c.id, versions.c.version == tasks.c.version))
        .where(tasks.c.id == task)
    )
    return _views(context, connection, rows.mappings())[0]


def _views(context: Context, connection: Connection, rows: Iterable[RowMapping]) -> list[TaskView]:
    found = list(rows)
    team = members.by_id(context, connection, {row["member"] for row in found})
    names = names_of(context, connection, {row["author"] for row in found})
    return [
        TaskView(
            id=row["task"],
            goal=row["goal"],
            version=row["version"],
            state=row["state"],
            member=row["member"],
            role=team[row["member"]].role,
            name=team[row["member"]].name,
            organisation=team[row["member"]].organisation,
            what=row["what"],
            added_value=row["added_value"],
            reason=row["reason"],
            author=names.get(row["author"], row["author"]),
            time=row["created_at"].isoformat(timespec="seconds"),
        )
        for row in found
    ]


def _task(row: RowMapping) -> Task:
    return Task(row["member"], row["what"], row["added_value"], TaskState(row["state"]), row["reason"])


def _text(task: Task) -> str:
    return "\n".join(text for text in (task.what, task.added_value, task.reason) if text)
