"""Who is on the care team of a visit: users of the practice, and people from outside."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import audit
from api.access import load_member_for, load_visit_for
from api.context import Context, new_id
from api.once import made_once
from api.teamwork.views import ColleagueView, MemberView
from careplan.errors import Invalid, NotFound
from careplan.people import Actor
from careplan.reading import check_text
from careplan.team import TeamRole

LONGEST_NAME = 200


def show(context: Context, connection: Connection, actor: Actor, visit: str) -> tuple[MemberView, ...]:
    row = load_visit_for(context, connection, actor, visit)
    audit.record(context, connection, actor.id, "read_team", visit, row["practice"])
    return of_visit(context, connection, visit)


def of_visit(context: Context, connection: Connection, visit: str) -> tuple[MemberView, ...]:
    """In the order in which they came; those who left stand among them, marked."""
    members = context.tables.team_members
    rows = connection.execute(
        sa.select(members).where(members.c.visit == visit).order_by(members.c.created_at, members.c.id)
    )
    return tuple(member_view(row) for row in rows.mappings())


def by_id(context: Context, connection: Connection, ids: Collection[str]) -> Mapping[str, MemberView]:
    if not ids:
        return {}
    members = context.tables.team_members
    rows = connection.execute(sa.select(members).where(members.c.id.in_(set(ids)))).mappings()
    return {row["id"]: member_view(row) for row in rows}


def colleagues(context: Context, connection: Connection, actor: Actor) -> tuple[ColleagueView, ...]:
    """The users of the actor's practice, by name."""
    users = context.tables.users
    rows = connection.execute(
        sa.select(users.c.id, users.c.name)
        .where(users.c.practice == actor.practice, users.c.closed_at.is_(None))
        .order_by(users.c.name, users.c.id)
    )
    return tuple(ColleagueView(row.id, row.name) for row in rows)


def add(
    context: Context,
    connection: Connection,
    actor: Actor,
    visit: str,
    role: str,
    *,
    name: str | None,
    user: str | None,
    organisation: str | None,
    key: str | None,
) -> MemberView:
    """A user of the practice, or somebody from outside by name; once per key.

    Raises:
        Invalid: neither a user of this practice nor a name is given, or both; or a text is none.
        KeyReused: the key belongs to another request.
    """
    row = load_visit_for(context, connection, actor, visit)

    def make() -> str:
        return _add(context, connection, actor, row, role, name=name, user=user, organisation=organisation)

    request = ["member", visit, role, name, user, organisation]
    member = made_once(context, connection, actor, key, request, make)
    return by_id(context, connection, [member])[member]


def _add(
    context: Context,
    connection: Connection,
    actor: Actor,
    visit: RowMapping,
    role: str,
    *,
    name: str | None,
    user: str | None,
    organisation: str | None,
) -> str:
    if role not in {known.value for known in TeamRole}:
        raise Invalid("value", field="role")
    if user is not None:
        if name is not None:
            raise Invalid("out_of_place", field="name")
        name = next((one.name for one in colleagues(context, connection, actor) if one.id == user), None)
        if name is None:
            raise Invalid("value", field="user")
    if name is None or not name.strip():
        raise Invalid("missing", field="name")
    check_text(name, "name", LONGEST_NAME)
    if organisation is not None:
        check_text(organisation, "organisation", LONGEST_NAME)
    return join(context, connection, actor, visit, role, name=name, user=user, organisation=organisation)


def join(
    context: Context,
    connection: Connection,
    actor: Actor,
    visit: RowMapping,
    role: str,
    *,
    name: str,
    user: str | None,
    organisation: str | None,
) -> str:
    """A new record on the team of a visit, of values that were checked before; its id."""
    member, members = new_id(), context.tables.team_members
    connection.execute(
        members.insert().values(
            id=member,
            visit=visit["id"],
            role=role,
            name=name,
            organisation=organisation,
            user=user,
            author=actor.id,
            created_at=context.now(),
        )
    )
    audit.record(context, connection, actor.id, "add_team_member", visit["id"], visit["practice"])
    return member


def leave(context: Context, connection: Connection, actor: Actor, member: str) -> str:
    """The member leaves the team; their tasks keep their name. The answer is the visit's id."""
    row = load_member_for(context, connection, actor, member)
    members = context.tables.team_members
    still_there = sa.and_(members.c.id == member, members.c.left_at.is_(None))
    connection.execute(members.update().where(still_there).values(left_at=context.now()))
    audit.record(context, connection, actor.id, "remove_team_member", row["visit"], row["practice"])
    visit: str = row["visit"]
    return visit


def load_for_goal(context: Context, connection: Connection, actor: Actor, member: str, goal: RowMapping) -> MemberView:
    """A member who may get a task for this goal: of its visit, or of another visit of the same patient.

    Raises:
        Invalid: there is no such member, or one of another patient's team.
    """
    visits = context.tables.visits
    try:
        row = load_member_for(context, connection, actor, member)
    except NotFound:
        raise Invalid("value", field="member") from None
    patient = connection.scalar(sa.select(visits.c.patient).where(visits.c.id == goal["visit"]))
    if row["visit"] != goal["visit"] and (patient is None or row["patient"] != patient):
        raise Invalid("value", field="member")
    return member_view(row)


def member_view(row: RowMapping) -> MemberView:
    return MemberView(
        id=row["id"],
        visit=row["visit"],
        role=row["role"],
        sector=TeamRole(row["role"]).sector.value,
        name=row["name"],
        organisation=row["organisation"],
        user=row["user"],
        present=row["left_at"] is None,
    )
