"""Everything that follows the review of one visit, read at once: for its page and for its report."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api import audit
from api.access import load_visit_for
from api.context import Context
from api.teamwork import following, members, notes, scaling, sharing
from api.teamwork.views import TogetherView
from api.visits import ROLES
from careplan.people import Actor


def read(context: Context, connection: Connection, actor: Actor, visit: str, action: str | None) -> TogetherView:
    """`action` names the reading in the audit trail; None where it is part of a reading that was recorded as a whole,
    so that only goals of other visits are one more.
    """
    row = load_visit_for(context, connection, actor, visit)
    own = following.of_visit(context, connection, row)
    brought_along = following.earlier(context, connection, row)
    if action or brought_along:
        audit.record(context, connection, actor.id, action or "read_teamwork", visit, row["practice"])
    return TogetherView(
        visit=visit,
        time=context.local(row["at"], row["timezone"]),
        today=context.local(context.now(), row["timezone"])[:10],
        languages=_languages(context, connection, visit),
        team=members.of_visit(context, connection, visit),
        goals=own,
        earlier=brought_along,
        t_scores=scaling.t_scores(goal.scaling for goal in (*own, *brought_along)),
        shares=sharing.of_visit(context, connection, row),
        notes=notes.of_visit(context, connection, visit, row["timezone"]),
        reads=notes.reads(context, connection, visit, row["timezone"], ROLES),
        colleagues=members.colleagues(context, connection, actor),
    )


def _languages(context: Context, connection: Connection, visit: str) -> dict[str, str]:
    people = context.tables.people
    rows = connection.execute(sa.select(people.c.role, people.c.language).where(people.c.visit == visit))
    return {row.role: row.language for row in rows}
