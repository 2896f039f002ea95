"""Probes: at most two for a goal, each for the one thing that a statement lacks. Feedback on what is missing helps most
(reference: goal-quality trials in docs/explanation/evidence.md); a suggestion never does.
"""

from dataclasses import dataclass

from actions.elicitation.interview import SKIPPED, Interview

MOST_PROBES = 2


@dataclass(frozen=True)
class Probe:
    """A question key, and which element it asks for (`who`, `where`, `how_often`, `when`, `what`, or empty)."""

    question: str
    missing: str = ""


def next_probe(interview: Interview, goal: int) -> Probe | None:
    """The probe to ask about a goal now, if its last statement still lacks something."""
    about = [answer for answer in interview.standing(goal=goal) if answer.question.startswith("probe_")]
    if len(about) >= MOST_PROBES or interview.answered("goal_readback", goal):
        return None
    if any(answer.kind == SKIPPED for answer in about):
        return None
    statements = interview.statements(goal)
    assessment = statements[-1].assessment
    if assessment is None:
        return None
    asked = {answer.question for answer in about}
    if assessment.multiple and "probe_split" not in asked and statements[-1].question == "life_goal":
        return Probe("probe_split")
    if assessment.level == "symptom_disease":
        return None if "probe_beyond_symptom" in asked else Probe("probe_beyond_symptom")
    if assessment.level == "none":
        return None if "probe_moment" in asked or "probe_meaning" in asked else Probe("probe_meaning")
    vague = assessment.clarity == "vague" and "probe_missing" not in asked
    return Probe("probe_missing", assessment.missing[0] if assessment.missing else "what") if vague else None
