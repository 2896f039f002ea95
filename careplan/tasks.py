"""What somebody on the team does for a goal, and how far that is."""

from dataclasses import dataclass
from enum import StrEnum

from careplan.errors import Invalid, TransitionRefused
from careplan.reading import check_text

LONGEST_WHAT = 1_000
LONGEST_ADDED_VALUE = 1_000
LONGEST_REASON = 1_000


class TaskState(StrEnum):
    """Proposed by somebody, taken up, done; or dropped, with the reason."""

    PROPOSED = "proposed"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


# A task that was done or dropped too early is taken up again; nothing of what was written is lost by it.
TASK_STEPS: dict[TaskState, frozenset[TaskState]] = {
    TaskState.PROPOSED: frozenset({TaskState.DOING, TaskState.DONE, TaskState.DROPPED}),
    TaskState.DOING: frozenset({TaskState.PROPOSED, TaskState.DONE, TaskState.DROPPED}),
    TaskState.DONE: frozenset({TaskState.DOING}),
    TaskState.DROPPED: frozenset({TaskState.PROPOSED, TaskState.DOING}),
}


@dataclass(frozen=True)
class Task:
    """Who (`member`: an id) does what, and why this role adds something; `reason`: why it came to this state."""

    member: str
    what: str
    added_value: str | None = None
    state: TaskState = TaskState.PROPOSED
    reason: str | None = None


def check_task(task: Task) -> Task:
    """The task itself. Raises Invalid when a text is missing, too long or no text."""
    if not task.what.strip():
        raise Invalid("missing", field="what")
    check_text(task.what, "what", LONGEST_WHAT)
    if task.added_value is not None:
        check_text(task.added_value, "added_value", LONGEST_ADDED_VALUE)
    if task.reason is not None:
        check_text(task.reason, "reason", LONGEST_REASON)
    return task


def change_task(now: Task, then: Task) -> Task:
    """`then`, the task as it will stand.

    Raises:
        TransitionRefused: the state does not follow on the one of `now`.
        Invalid: a text is wrong, or the task is dropped without a reason.
    """
    if then.state is not now.state and then.state not in TASK_STEPS[now.state]:
        raise TransitionRefused
    if then.state is TaskState.DROPPED and now.state is not TaskState.DROPPED and not (then.reason or "").strip():
        raise Invalid("missing", field="reason")
    return check_task(then)
