"""How far an interview is, in parts that a person can count."""

from actions.elicitation.interview import STATEMENTS, Interview

PATIENT = (
    {"welcome", "typical_day"},
    {"matters_most"},
    STATEMENTS | {"goal_readback", "goal_importance"},
    {"goal_obstacle"},
    {"goal_support", "more_goals", "one_thing"},
    {"care_burden"},
    {"visit_question"},
    {"summary", "share"},
)
CAREGIVER = (
    {"welcome", "caregiver_relation"},
    {"caregiver_day"},
    {"caregiver_for_them"},
    {"caregiver_own"},
    {"caregiver_load"},
    {"visit_question"},
    {"summary", "share"},
)


def progress(interview: Interview, question: str | None) -> dict[str, int] | None:
    """`{"done": part that is open, "of": all parts}`; None for a question that belongs to no part, which moves nothing.

    A second or third goal stays in the part of the first one's end, since a line that runs back discourages.
    """
    parts = CAREGIVER if interview.role == "caregiver" else PATIENT
    if question is None:
        return {"done": len(parts), "of": len(parts)}
    for number, questions in enumerate(parts, start=1):
        if question in questions:
            later_goal = interview.goal > 1 and interview.role == "patient"
            return {"done": max(number, 5) if later_goal else number, "of": len(parts)}
    return None
