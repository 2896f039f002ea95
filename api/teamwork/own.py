"""What came back to the person: who read it, notes to them, what became of their goals; and taking a goal back."""

from sqlalchemy.engine import Connection

from api import audit, goals
from api.access import load_own_for, load_own_goal_for
from api.context import Context
from api.items import direction
from api.teamwork import notes
from api.teamwork.views import OwnAnswerView, OwnGoalView
from careplan.contribution import goal_from_json
from careplan.errors import TransitionRefused
from careplan.goals import Status, author_may
from careplan.people import Author


def answer(context: Context, connection: Connection, author: Author) -> OwnAnswerView:
    """Only of this person: what the other person of the visit said or got is not looked at."""
    row = load_own_for(context, connection, author)
    visit, timezone = author.visit, row["timezone"]
    found = OwnAnswerView(
        read=next(iter(notes.reads(context, connection, visit, timezone, [author.role])), None),
        notes=notes.of_visit(context, connection, visit, timezone, author.role),
        goals=tuple(
            OwnGoalView(
                id=goal["id"],
                words=goal["draft"]["words"],
                lang=goal["draft"]["lang"],
                dir=direction(goal["draft"]["lang"], goal["draft"]["words"]),
                status=goal["status"],
                may_take_back=_may_take_back(goal["status"]),
            )
            for goal in goals.newest(context, connection, visit)
            if goal["role"] == author.role and goal["draft"]["shared"] and _was_sent(goal["status"], goal["source"])
        ),
    )
    audit.record(context, connection, author.role, "read_own_answer", visit, row["practice"])
    return found


def take_back(context: Context, connection: Connection, author: Author, goal: str) -> None:
    """Withdraw a goal: it is gone from the practice's view. Twice does no harm.

    Raises:
        NotFound: it is not the author's.
        TransitionRefused: the practice has already accepted it.
    """
    person = load_own_for(context, connection, author)
    row = load_own_goal_for(context, connection, author, goal)
    now = Status(row["status"])
    if now is Status.WITHDRAWN:
        return
    if not _may_take_back(now):
        raise TransitionRefused
    goals.add_version(
        context,
        connection,
        goal,
        row["version"] + 1,
        goal_from_json(row["draft"]),
        status=Status.WITHDRAWN,
        author=author.role,
        source=goals.TAKEN_BACK,
    )
    audit.record(context, connection, author.role, "take_back_goal", goal, person["practice"])


def _may_take_back(status: str) -> bool:
    return status != Status.DRAFT and author_may(Status(status), Status.WITHDRAWN)


def _was_sent(status: str, source: str) -> bool:
    """A goal that was withdrawn by saying something else instead is not theirs any more, and not told of."""
    return source == goals.TAKEN_BACK if status == Status.WITHDRAWN else status != Status.DRAFT
