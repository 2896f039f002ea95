"""The names that understanding deals in: the moves and the kinds of question.

Moves are those of contracts.md section 1, question keys those of section 5.
"""

from enum import Enum

CONTENT = "content"
REPORT_CRISIS = "report_crisis"
MOVES = frozenset(
    """affirm deny unsure skip back repeat explain example pause finish start_over delete_everything
    switch_language ask_privacy ask_bot ask_human ask_medical greet thank goodbye report_crisis
    out_of_scope""".split()
)
DANGERS = frozenset({"suicide_self_harm", "violence_abuse", "medical_emergency"})


class QuestionKind(Enum):
    """What an answer to the open question looks like, and so how easily words count as a move."""

    OPEN = "open"  # the person tells something in their own words
    YES_NO = "yes_no"  # affirm, deny or unsure is the expected answer
    SCALE = "scale"  # a number is the expected answer
    OTHER = "other"  # buttons, or nothing is being asked


_YES_NO = frozenset(
    """welcome goal_readback more_goals summary share safety_continue language_offer clarify_move
    paused""".split()
)
_OPEN = frozenset(
    """typical_day matters_most life_goal goal_obstacle goal_support care_burden visit_question""".split()
)
_OPEN_PREFIXES = ("probe_", "caregiver_")


def kind_of(question: str | None) -> QuestionKind:
    """The kind of the question with this key; None and unknown keys ask nothing in particular."""
    if question is None:
        return QuestionKind.OTHER
    if question in _YES_NO:
        return QuestionKind.YES_NO
    if question in _OPEN or question.startswith(_OPEN_PREFIXES):
        return QuestionKind.OPEN
    return QuestionKind.SCALE if question == "goal_importance" else QuestionKind.OTHER
