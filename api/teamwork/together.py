"""Everything that follows the review of one visit, read at once: for its page and for its report."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api.context import Context
from api.teamwork import earlier_team, following, members, notes, scaling, sharing
from api.teamwork.views import TogetherView
from api.views import GoalView
from api.visits import ROLES
from careplan.people import Actor


def read(
    context: Context, connection: Connection, actor: Actor, row: RowMapping, shown: Sequence[GoalView]
) -> TogetherView:
    """`row`: the visit, which the actor may see; `shown`: its own goals. Who calls puts the reading on record."""
    visit = row["id"]
    time = context.local(row["at"], row["timezone"])
    found = [(goal, time) for goal in shown] + following.earlier(context, connection, row)
    followed = following.followed(context, connection, found)
    colleagues = members.colleagues(context, connection, actor)
    team, offered = earlier_team.read(context, connection, row, colleagues)
    return TogetherView(
        visit=visit,
        time=time,
        today=context.local(context.now(), row["timezone"])[:10],
        languages=_languages(context, connection, visit),
        team=team,
        earlier_team=offered,
        goals=followed[: len(shown)],
        earlier=followed[len(shown) :],
        t_scores=scaling.t_scores(goal.scaling for goal in followed),
        shares=sharing.of_visit(context, connection, row),
        notes=notes.of_visit(context, connection, visit, row["timezone"]),
        reads=notes.reads(context, connection, visit, row["timezone"], ROLES),
        colleagues=colleagues,
    )


def _languages(context: Context, connection: Connection, visit: str) -> dict[str, str]:
    people = context.tables.people
    rows = connection.execute(sa.select(people.c.role, people.c.language).where(people.c.visit == visit))
    return {row.role: row.language for row in rows}
