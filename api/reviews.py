"""A clinician's decision about a goal: a new version beside the author's words, unless somebody was faster."""

from sqlalchemy.engine import Connection

from api import audit, goals
from api.access import load_goal_for
from api.context import Context
from careplan.contribution import goal_from_json
from careplan.errors import Conflict, Invalid
from careplan.goals import Status
from careplan.people import Actor
from careplan.reviews import Decision, review


def decide(
    context: Context,
    connection: Connection,
    actor: Actor,
    goal: str,
    version: int,
    decision: str,
    wording: str | None,
    reason: str | None,
) -> str:
    """Write the decision as a new version; the answer is the visit's id.

    Raises:
        Conflict: the goal no longer stands at `version`; it carries both texts.
        TransitionRefused: the goal's status does not allow it.
    """
    row = load_goal_for(context, connection, actor, goal)
    if decision not in {known.value for known in Decision}:
        raise Invalid("value", field="decision")
    if row["version"] != version:
        raise Conflict(
            current_version=row["version"],
            current_text=row["wording"] or row["draft"]["words"],
            your_text=wording,
        )
    outcome = review(Status(row["status"]), Decision(decision), wording=wording, reason=reason)
    goals.add_version(
        context,
        connection,
        goal,
        version + 1,
        goal_from_json(row["draft"]),
        status=outcome.status,
        author=actor.id,
        source="review",
        wording=outcome.wording,
        reason=outcome.reason,
        decision=outcome.decision.value,
    )
    audit.record(context, connection, actor.id, f"review_{outcome.decision.value}", goal, row["practice"])
    visit: str = row["visit"]
    return visit
