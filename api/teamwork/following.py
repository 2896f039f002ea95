"""Steps with a goal after its review, and the goals that a patient brings along from earlier visits."""

from collections.abc import Sequence
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import audit, goals
from api.access import load_goal_for
from api.context import Context
from api.teamwork import scaling, tasks
from api.teamwork.views import FollowedGoalView
from api.views import GoalView
from careplan.contribution import goal_from_json
from careplan.errors import Conflict, Invalid
from careplan.following import Step, follow, steps_from
from careplan.goals import Status
from careplan.people import Actor

SOURCE = "following"
STILL_GOING = frozenset({Status.ACCEPTED.value, Status.CHANGED.value, Status.ACTIVE.value})
"""What a later visit looks back at: agreed on or being worked on, and not over."""

LOOKED_BACK = 12
"""The earlier visits whose goals are read: the newest of those that left something to look back at."""


def step(
    context: Context, connection: Connection, actor: Actor, goal: str, version: int, step: str, reason: str | None
) -> GoalView:
    """Take a step as a new version; the wording beside the author's words stays.

    Raises:
        Conflict: the goal no longer stands at `version`; it carries both texts.
        TransitionRefused: the goal's status does not allow the step.
    """
    row = load_goal_for(context, connection, actor, goal)
    if step not in {known.value for known in Step}:
        raise Invalid("value", field="step")
    if row["version"] != version:
        text = row["reason"] or row["wording"] or row["draft"]["words"]
        raise Conflict(current_version=row["version"], current_text=text, your_text=reason)
    status = follow(Status(row["status"]), Step(step), reason)
    goals.add_version(
        context,
        connection,
        goal,
        version + 1,
        goal_from_json(row["draft"]),
        status=status,
        author=actor.id,
        source=SOURCE,
        wording=row["wording"],
        reason=reason,
        decision=step,
    )
    audit.record(context, connection, actor.id, f"{step}_goal", goal, row["practice"])
    shown = goals.shown(goals.newest(context, connection, row["visit"]))
    return next(view for view in shown if view.id == goal)


def earlier(context: Context, connection: Connection, visit: RowMapping) -> list[tuple[GoalView, str]]:
    """Goals of this patient's earlier visits that are not over, each with the time of its visit.

    The newest visit first, of at most LOOKED_BACK.
    """
    if visit["patient"] is None:
        return []
    visits, known, versions = context.tables.visits, context.tables.goals, context.tables.goal_versions
    going_on = sa.exists().where(
        known.c.visit == visits.c.id,
        versions.c.goal == known.c.id,
        versions.c.version == known.c.version,
        versions.c.status.in_(STILL_GOING),
    )
    before = connection.execute(
        sa.select(visits.c.id, visits.c.at)
        .where(
            visits.c.patient == visit["patient"],  # of this practice: with its name in here SQLite reads all its visits
            visits.c.id != visit["id"],
            visits.c.at < visit["at"],
            going_on,
        )
        .order_by(visits.c.at.desc())
        .limit(LOOKED_BACK)
    ).all()
    if not before:
        return []
    rows = goals.newest_of(context, connection, [row.id for row in before])
    by_visit = {key: goals.shown(list(group)) for key, group in groupby(rows, key=lambda row: row["visit"])}
    return [
        (goal, context.local(row.at, visit["timezone"]))
        for row in before
        for goal in by_visit.get(row.id, ())
        if goal.status in STILL_GOING
    ]


def followed(
    context: Context, connection: Connection, found: Sequence[tuple[GoalView, str]]
) -> tuple[FollowedGoalView, ...]:
    """Goals, each with the time of its visit, and everything that followed them: a query for each kind."""
    ids = [goal.id for goal, _ in found]
    their_tasks = tasks.of_goals(context, connection, ids)
    their_scaling = scaling.of_goals(context, connection, ids)
    their_versions = goals.shown_versions_of(context, connection, ids)
    return tuple(
        FollowedGoalView(
            goal=goal,
            visit_time=time,
            steps=tuple(step.value for step in steps_from(Status(goal.status))),
            tasks=their_tasks[goal.id],
            scaling=their_scaling[goal.id],
            versions=their_versions[goal.id],
        )
        for goal, time in found
    )
