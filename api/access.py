"""Who may do what, and the only way to a record: `load_*_for(actor, id)`.

Another practice's record is answered like one that does not exist. An administrator arranges visits and invitations
and reads the audit trail, but never what a person said; the action server writes and never reads.
"""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api.context import Context
from careplan.errors import NotAllowed, NotFound
from careplan.people import Actor, Author, Duty, Role

ID = re.compile(r"[0-9a-f]{32}")
HIDDEN = frozenset({"draft", "withdrawn"})  # statuses of goals that the practice never sees
READS_WORDS = (Duty.CLINICIAN,)
ARRANGES_VISITS = (Duty.CLINICIAN, Duty.ADMINISTRATOR)
READS_AUDIT = (Duty.ADMINISTRATOR,)
WRITES_WORDS = (Duty.SERVICE,)


def require(actor: Actor, duties: tuple[Duty, ...]) -> None:
    """Raises NotAllowed when the actor has none of the duties."""
    if not actor.has(*duties):
        raise NotAllowed


def load_visit_for(
    context: Context, connection: Connection, actor: Actor, visit: str, duties: tuple[Duty, ...] = READS_WORDS
) -> RowMapping:
    """The visit with its practice's `timezone`.

    Raises:
        NotAllowed: the actor has none of the duties.
        NotFound: no such visit, or another practice's.
    """
    require(actor, duties)
    _check_id(visit)
    visits, practices = context.tables.visits, context.tables.practices
    query = (
        sa.select(visits, practices.c.timezone)
        .join(practices, practices.c.id == visits.c.practice)
        .where(visits.c.id == visit)
    )
    return _one(connection, query if actor.has(Duty.SERVICE) else query.where(visits.c.practice == actor.practice))


def load_person_for(context: Context, connection: Connection, actor: Actor, visit: str, role: str) -> RowMapping:
    """The person of a visit that the action server writes for.

    Raises:
        NotAllowed: the actor is not the action server.
        NotFound: no such visit, or nobody with this role in it.
    """
    require(actor, WRITES_WORDS)
    _check_id(visit)
    if role not in {known.value for known in Role}:
        raise NotFound
    people = context.tables.people
    query = sa.select(people).where(people.c.visit == visit, people.c.role == role)
    return _one(connection, query.with_for_update())


def load_goal_for(context: Context, connection: Connection, actor: Actor, goal: str) -> RowMapping:
    """The goal in its newest version, with the visit's `practice`.

    Raises:
        NotAllowed: the actor may not read what people said.
        NotFound: no such goal, another practice's, or one its author does not (or no longer) show.
    """
    require(actor, READS_WORDS)
    _check_id(goal)
    goals, versions, visits = context.tables.goals, context.tables.goal_versions, context.tables.visits
    # locked first, read after: one query would miss the version that another clinician is writing
    connection.execute(sa.select(goals.c.id).where(goals.c.id == goal).with_for_update())
    row = _one(
        connection,
        sa.select(goals, *_but(versions, "goal", "version"), visits.c.practice)
        .join(versions, sa.and_(versions.c.goal == goals.c.id, versions.c.version == goals.c.version))
        .join(visits, visits.c.id == goals.c.visit)
        .where(goals.c.id == goal, visits.c.practice == actor.practice),
    )
    if row["status"] in HIDDEN or not row["draft"]["shared"]:
        raise NotFound
    return row


def load_task_for(context: Context, connection: Connection, actor: Actor, task: str) -> tuple[RowMapping, RowMapping]:
    """The task in its newest version, and its goal as `load_goal_for` gives it; both stay locked.

    Raises:
        NotAllowed: the actor may not read what people said.
        NotFound: no such task, or its goal is not the actor's to see.
    """
    require(actor, READS_WORDS)
    _check_id(task)
    tasks, versions = context.tables.tasks, context.tables.task_versions
    row = _one(connection, sa.select(tasks.c.goal).where(tasks.c.id == task))
    goal = load_goal_for(context, connection, actor, row["goal"])
    newest = (
        sa.select(tasks, *_but(versions, "task", "version"))
        .join(versions, sa.and_(versions.c.task == tasks.c.id, versions.c.version == tasks.c.version))
        .where(tasks.c.id == task)
    )
    return _one(connection, newest), goal


def load_member_for(context: Context, connection: Connection, actor: Actor, member: str) -> RowMapping:
    """Somebody of a care team, with the visit's `practice` and `patient`.

    Raises:
        NotAllowed: the actor may not read what people said.
        NotFound: nobody of this practice's teams.
    """
    require(actor, READS_WORDS)
    _check_id(member)
    members, visits = context.tables.team_members, context.tables.visits
    query = sa.select(members, visits.c.practice, visits.c.patient).join(visits, visits.c.id == members.c.visit)
    return _one(connection, query.where(members.c.id == member, visits.c.practice == actor.practice))


def load_share_for(context: Context, connection: Connection, actor: Actor, share: str) -> RowMapping:
    """What was shared with another organisation, with the visit's `practice`.

    Raises:
        NotAllowed: the actor may not read what people said.
        NotFound: no such share of this practice.
    """
    require(actor, READS_WORDS)
    _check_id(share)
    shares, visits = context.tables.shares, context.tables.visits
    query = sa.select(shares, visits.c.practice).join(visits, visits.c.id == shares.c.visit)
    return _one(connection, query.where(shares.c.id == share, visits.c.practice == actor.practice))


def load_own_for(context: Context, connection: Connection, author: Author) -> RowMapping:
    """The author as one of the visit's people, with the visit's `practice` and its `timezone`.

    Raises:
        NotFound: there is no such visit (any more), or nobody with this role in it.
    """
    _check_id(author.visit)
    people, visits, practices = context.tables.people, context.tables.visits, context.tables.practices
    return _one(
        connection,
        sa.select(people, visits.c.practice, practices.c.timezone)
        .join(visits, visits.c.id == people.c.visit)
        .join(practices, practices.c.id == visits.c.practice)
        .where(people.c.visit == author.visit, people.c.role == author.role),
    )


def load_own_goal_for(context: Context, connection: Connection, author: Author, goal: str) -> RowMapping:
    """One of the author's own goals in its newest version; it stays locked.

    Raises:
        NotFound: no such goal, or another person's.
    """
    load_own_for(context, connection, author)
    _check_id(goal)
    goals, versions = context.tables.goals, context.tables.goal_versions
    return _one(
        connection,
        sa.select(goals, *_but(versions, "goal", "version"))
        .join(versions, sa.and_(versions.c.goal == goals.c.id, versions.c.version == goals.c.version))
        .where(goals.c.id == goal, goals.c.visit == author.visit, goals.c.role == author.role)
        .with_for_update(of=goals),
    )


def _check_id(record: str) -> None:
    """What cannot be an id (U+0000 in it, say) must not reach the database."""
    if not ID.fullmatch(record):
        raise NotFound


def _but(table: sa.Table, *names: str) -> list[sa.Column[Any]]:
    return [column for column in table.c if column.name not in names]


def _one(connection: Connection, query: sa.Select[Any]) -> RowMapping:
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound
    return row
