"""Which question comes next. This is the only place where that is decided.

A pure function of the interview: the same answers always lead to the same question. Keys are those of
docs/reference/questions.md. The order follows CLEVER before SMART: context and values first, then the goal.
"""

from actions.elicitation.interview import NONE, SKIPPED, Interview
from actions.elicitation.probes import next_probe

MOST_GOALS = 3
ROUTE = ("", "keep", "worry")  # ways to ask for what one wants, before "I have no goals" is accepted


def next_question(interview: Interview) -> str | None:
    """Key of the question to ask now; None when everything is said and shared."""
    if interview.safety:
        return interview.safety
    if interview.asked_for:
        return "clarify_move"
    if interview.paused:
        return "paused"
    reopened = interview.by_id(interview.reopened) if interview.reopened else None
    if reopened:
        return reopened.question
    if interview.submitted:
        return None
    path = _caregiver_question if interview.role == "caregiver" else _patient_question
    question = None if interview.to_summary else path(interview)
    return question or _ending(interview)


def turned_to(interview: Interview, question: str) -> str:
    """Which way a question is put: a name that conditions of its responses test, empty for the plain way."""
    if question == "life_goal":
        return _life_goal_turn(interview)
    if question == "care_burden" and interview.answered("care_burden") and not interview.reopened:
        return "helps"
    if question == "matters_most" and any(answer.words for answer in interview.standing("typical_day")):
        return "thanks"
    if question == "summary" and not any(answer.words for answer in interview.standing()):
        return "empty"
    return ""


def _patient_question(interview: Interview) -> str | None:
    for question in ("welcome", "typical_day", "matters_most"):
        if not interview.answered(question):
            return question
    about_goal = _goal_question(interview)
    if about_goal:
        return about_goal
    if len(interview.goals()) > 1 and not interview.answered("one_thing"):
        return "one_thing"
    if len(list(interview.standing("care_burden"))) < 2 and not _skipped(interview, "care_burden"):
        return "care_burden"  # first what is too much, then what helps
    return None if interview.answered("visit_question") else "visit_question"


def _goal_question(interview: Interview) -> str | None:
    goal = interview.goal
    if not interview.statements(goal):
        return "life_goal" if _may_ask_again(interview) else None
    probe = next_probe(interview, goal)
    if probe:
        return probe.question
    for question in ("goal_readback", "goal_importance", "goal_obstacle", "goal_support"):
        if not interview.answered(question, goal):
            return question
    if goal < MOST_GOALS and not interview.answered("more_goals", goal):
        return "more_goals"
    return None


def _may_ask_again(interview: Interview) -> bool:
    """Whether "I have no goals" still has a way around: what to keep, what worries. A skip is accepted at once."""
    asked = list(interview.standing("life_goal", interview.goal))
    if any(answer.kind == SKIPPED for answer in asked):
        return False
    later_goal = interview.goal > 1
    return len(asked) < (1 if later_goal else len(ROUTE))


def _life_goal_turn(interview: Interview) -> str:
    if interview.reopened:
        return "again"
    readback = interview.answered("goal_readback", interview.goal)
    declined = [answer for answer in interview.standing("life_goal", interview.goal) if answer.kind == NONE]
    if readback:
        return "again"
    if interview.goal > 1:
        return "next"
    return ROUTE[min(len(declined), len(ROUTE) - 1)]


def _caregiver_question(interview: Interview) -> str | None:
    for question in (
        "welcome",
        "caregiver_relation",
        "caregiver_day",
        "caregiver_for_them",
        "caregiver_own",
        "caregiver_load",
        "visit_question",
    ):
        if not interview.answered(question):
            return question
    return None


def _ending(interview: Interview) -> str | None:
    for question in ("summary", "share"):
        if not interview.answered(question):
            return question
    return None


def _skipped(interview: Interview, question: str) -> bool:
    return any(answer.kind == SKIPPED for answer in interview.standing(question))
