"""What a clinician may decide about a goal draft. The author's own words are never part of the decision."""

from dataclasses import dataclass
from enum import StrEnum

from careplan.errors import Invalid, TransitionRefused
from careplan.goals import Status, practice_may
from careplan.reading import check_text

LONGEST_WORDING = 4_000
LONGEST_REASON = 1_000


class Decision(StrEnum):
    """One action per draft."""

    ACCEPT = "accept"
    CHANGE = "change"
    TO_DISCUSS = "to_discuss"
    DECLINE = "decline"


_STATUS = {
    Decision.ACCEPT: Status.ACCEPTED,
    Decision.CHANGE: Status.CHANGED,
    Decision.TO_DISCUSS: Status.TO_DISCUSS,
    Decision.DECLINE: Status.DECLINED,
}


@dataclass(frozen=True)
class Review:
    """What a decision makes of a goal: its status, the clinician's wording beside the original, the reason."""

    decision: Decision
    status: Status
    wording: str | None = None
    reason: str | None = None


def review(now: Status, decision: Decision, *, wording: str | None = None, reason: str | None = None) -> Review:
    """The review that `decision` gives on a goal that stands at `now`.

    A wording belongs to `change`, a reason to `decline`, where each must be given; `to_discuss` and `accept` may
    carry a reason as a note.

    Raises:
        Invalid: the wording or the reason is missing, out of place or not a text.
        TransitionRefused: the goal is not (or no longer) open for review.
    """
    if decision is Decision.CHANGE:
        wording = _given(wording, "wording", LONGEST_WORDING)
    elif wording is not None:
        raise Invalid("out_of_place", field="wording")
    if decision is Decision.DECLINE:
        reason = _given(reason, "reason", LONGEST_REASON)
    elif reason is not None:
        reason = check_text(reason, "reason", LONGEST_REASON)
    status = _STATUS[decision]
    if not practice_may(now, status):
        raise TransitionRefused
    return Review(decision, status, wording, reason)


def _given(text: str | None, field: str, longest: int) -> str:
    if text is None or not text.strip():
        raise Invalid("missing", field=field)
    return check_text(text, field, longest)
