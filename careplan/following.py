"""What the practice does with a goal after its review: start, keep on, attain, give up."""

from enum import StrEnum

from careplan.errors import Invalid, TransitionRefused
from careplan.goals import Status, practice_may
from careplan.reading import check_text

LONGEST_REASON = 1_000


class Step(StrEnum):
    """One step with a goal, taken together with the person."""

    START = "start"
    KEEP = "keep"
    ATTAIN = "attain"
    GIVE_UP = "give_up"


_STATUS = {
    Step.START: Status.ACTIVE,
    Step.KEEP: Status.ACTIVE,
    Step.ATTAIN: Status.ATTAINED,
    Step.GIVE_UP: Status.GIVEN_UP,
}


def steps_from(now: Status) -> tuple[Step, ...]:
    """The steps that a goal at this status may take."""
    return tuple(step for step in Step if _fits(now, step))


def follow(now: Status, step: Step, reason: str | None = None) -> Status:
    """The status that a step leads to; giving up needs a reason, the others may carry one.

    Raises:
        Invalid: the reason is missing or no text.
        TransitionRefused: the goal's status does not allow the step.
    """
    if not _fits(now, step):
        raise TransitionRefused
    if step is Step.GIVE_UP and not (reason or "").strip():
        raise Invalid("missing", field="reason")
    if reason is not None:
        check_text(reason, "reason", LONGEST_REASON)
    return _STATUS[step]


def _fits(now: Status, step: Step) -> bool:
    if step is Step.START and now is Status.ACTIVE:
        return False
    if step is Step.KEEP and now is not Status.ACTIVE:
        return False
    return practice_may(now, _STATUS[step])
