"""The team of a patient's earlier visit, offered to be taken over as it stands there; those who left it stay out."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import audit
from api.access import load_visit_for
from api.context import Context
from api.teamwork import members
from api.teamwork.views import ColleagueView, EarlierTeamView, MemberView
from careplan.errors import Invalid, NotFound
from careplan.people import Actor
from careplan.team import known_as
from records.database import hold


def read(
    context: Context, connection: Connection, visit: RowMapping, colleagues: Collection[ColleagueView]
) -> tuple[tuple[MemberView, ...], EarlierTeamView | None]:
    """This visit's team as `members.of_visit` gives it, and the last one before it, if there is anybody to join.

    One query for both. Who calls puts the reading on record.
    """
    rows = _rows(context, connection, visit)
    here = tuple(members.member_view(row) for row in rows if row["visit"] == visit["id"])
    last = _last(context, visit, rows, colleagues)
    return here, last if last and last.members else None


def show(context: Context, connection: Connection, actor: Actor, visit: str) -> EarlierTeamView:
    """Raises NotFound when there is nobody to take over."""
    row = load_visit_for(context, connection, actor, visit)
    _, found = read(context, connection, row, members.colleagues(context, connection, actor))
    if found is None:
        raise NotFound
    audit.record(context, connection, actor.id, "read_team", found.visit, row["practice"])
    return found


def take_over(
    context: Context, connection: Connection, actor: Actor, visit: str, earlier: str
) -> tuple[MemberView, ...]:
    """Each as a new record of this visit. Done once more, it adds nobody.

    Raises:
        Invalid: the last team before this visit is another one than was seen.
    """
    row = load_visit_for(context, connection, actor, visit)
    hold(connection, f"team of {visit}")  # two presses at once
    rows, colleagues = _rows(context, connection, row), members.colleagues(context, connection, actor)
    last = _last(context, row, rows, colleagues)
    if last is None or last.visit != earlier:
        raise Invalid("value", field="visit")
    audit.record(context, connection, actor.id, "read_team", earlier, row["practice"])
    joined = [
        members.join(
            context,
            connection,
            actor,
            row,
            one.role,
            name=one.name,
            user=one.user,
            organisation=one.organisation,
        )
        for one in last.members
    ]
    views = members.by_id(context, connection, joined)
    return tuple(views[member] for member in joined)


def _rows(context: Context, connection: Connection, visit: RowMapping) -> Sequence[RowMapping]:
    """Everybody ever on a team of this patient from the last visit with somebody on its team up to this one.

    In the order in which they came, with the time of their visit as `visit_at`.
    """
    visits, team = context.tables.visits, context.tables.team_members
    query = (
        sa.select(team, visits.c.at.label("visit_at"))
        .join(visits, visits.c.id == team.c.visit)
        .order_by(team.c.created_at, team.c.id)
    )
    if visit["patient"] is None:
        return connection.execute(query.where(visits.c.id == visit["id"])).mappings().all()
    before, there = visits.alias("before"), team.alias("there")
    last = sa.select(sa.func.max(before.c.at)).where(
        before.c.patient == visit["patient"],  # so of this practice
        before.c.at < visit["at"],
        sa.exists().where(there.c.visit == before.c.id, there.c.left_at.is_(None)),
    )
    since = sa.func.coalesce(last.scalar_subquery(), visit["at"])
    between = query.where(visits.c.patient == visit["patient"], visits.c.at >= since, visits.c.at <= visit["at"])
    return connection.execute(between).mappings().all()


def _last(
    context: Context, visit: RowMapping, rows: Sequence[RowMapping], colleagues: Collection[ColleagueView]
) -> EarlierTeamView | None:
    """Who stands on the last team, and was neither put on nor taken off a later one, this visit's included.

    Users have the name they have today; who no longer works here stays out.
    """
    standing = [row for row in rows if row["visit_at"] < visit["at"] and row["left_at"] is None]
    if not standing:
        return None
    source = min(standing, key=lambda row: str(row["visit"]))  # two visits at one time are hardly ever
    everybody = [members.member_view(row) for row in rows]
    seen = {known_as(one.role, one.name, one.user) for one in everybody if one.visit != source["visit"]}
    names = {one.id: one.name for one in colleagues}
    joining = []
    for one in everybody:
        known = known_as(one.role, one.name, one.user)
        if one.visit == source["visit"] and one.present and known not in seen and (not one.user or one.user in names):
            seen.add(known)
            joining.append(replace(one, name=names[one.user]) if one.user else one)
    return EarlierTeamView(source["visit"], context.local(source["visit_at"], visit["timezone"]), tuple(joining))
