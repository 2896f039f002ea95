"""Which question comes next. This is the only place where that is decided.

A pure function of the interview: the same answers always lead to the same question. Keys are those of
docs/reference/questions.md. The order follows CLEVER before SMART: context and values first, then the goal.
"""

from actions.elicitation.earlier import TOLD, told_before
from actions.elicitation.interview import CHOICE, NONE, PER_GOAL, SKIPPED, WORDS, Interview
from actions.elicitation.priority import first_goal
from actions.elicitation.probes import KEEP, WHICH_WORRY, WORRY, next_probe
from actions.elicitation.splitting import LEFT, left_for_later

MOST_GOALS = 3
OF_THEM = "of_them"  # how a caregiver who spoke of themselves is asked about the other
OWN_PART, EXPECTS = "own", "expects"  # ways to ask on about help, for the goal that comes first
ROUTE = ("", KEEP, WORRY)  # ways to ask for what one wants, before "I have no goals" is accepted


def next_question(interview: Interview) -> str | None:
    """Key of the question to ask now; None when everything is said and shared."""
    if interview.safety:
        return interview.safety
    if interview.asked_for:
        return "clarify_move"
    if interview.offered_language:
        return "language_offer"
    if interview.paused:
        return "paused"
    reopened = interview.given_again
    if reopened:
        return reopened.question
    if interview.submitted:
        return None
    path = _caregiver_question if interview.role == "caregiver" else _patient_question
    question = None if interview.to_summary else path(interview)
    return question or _ending(interview)


def turned_to(interview: Interview, question: str) -> str:
    """Which way a question is put: a name that conditions of its responses test, empty for the plain way."""
    reopened = interview.given_again
    if question == "life_goal":
        return _life_goal_turn(interview)
    if reopened:
        return reopened.turned_to
    if question == "care_burden" and interview.answered("care_burden"):
        return "helps"
    if question == "goal_support" and _all_goals_told(interview):
        return _support_turn(interview)
    if question == "more_goals":
        return _more_goals_turn(interview)
    if question in ("probe_missing", "probe_meaning"):
        probe = next_probe(interview, interview.goal)
        return probe.missing if probe else ""
    if question == "caregiver_for_them" and interview.answered("caregiver_own"):
        return OF_THEM
    if question == "summary" and not any(answer.words for answer in interview.answers):
        return "empty"
    return ""


def goal_of(interview: Interview, question: str) -> int | None:
    """The goal that a question is about, if it is about one."""
    reopened = interview.given_again
    if reopened:
        return reopened.goal
    if question == "goal_support" and _all_goals_told(interview):
        return first_goal(interview)
    return interview.goal if question in PER_GOAL else None


def _patient_question(interview: Interview) -> str | None:
    for question in ("welcome", "typical_day", "matters_most"):
        if not interview.answered(question):
            return question
    about_goal = _goal_question(interview)
    if about_goal:
        return about_goal
    if len(interview.goals()) > 1 and not interview.answered("one_thing"):
        return "one_thing"
    if interview.goals() and _support_turn(interview):
        return "goal_support"
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


def _all_goals_told(interview: Interview) -> bool:
    return bool(interview.goals()) and _goal_question(interview) is None


def _support_turn(interview: Interview) -> str:
    """What is still to be asked about the goal that comes first: what they do themselves, what they expect of whom."""
    first = first_goal(interview)
    asked = [answer.turned_to for answer in interview.standing("goal_support", first)]
    return next((way for way in (OWN_PART, EXPECTS) if way not in asked), "")


def _may_ask_again(interview: Interview) -> bool:
    """Whether "I have no goals" still has a way around: what to keep, what worries. A skip is accepted at once."""
    if any(answer.kind == SKIPPED for answer in interview.standing("life_goal", interview.goal)):
        return False
    return _times_declined(interview) < (1 if interview.goal > 1 else len(ROUTE))


def _times_declined(interview: Interview) -> int:
    """How often there was no goal to tell. Who declines the wish of before has every way left."""
    answers = interview.standing("life_goal", interview.goal)
    return sum(1 for answer in answers if answer.kind == NONE and answer.turned_to != TOLD)


def _life_goal_turn(interview: Interview) -> str:
    if interview.reopened:
        return "again"
    if interview.answered("goal_readback", interview.goal):
        return "again"
    if interview.goal > 1:
        return "next"
    last = interview.last("life_goal", interview.goal)
    if last is None and told_before(interview):
        return TOLD
    if last and last.kind == CHOICE:  # "yes", something worries them
        return WHICH_WORRY
    return ROUTE[min(_times_declined(interview), len(ROUTE) - 1)]


def _more_goals_turn(interview: Interview) -> str:
    """A wish that was left for later is read back; one that nobody can tell apart is only spoken of."""
    if left_for_later(interview):
        return LEFT
    choice = interview.last("probe_split", interview.goal)
    return "other" if choice and choice.kind == WORDS and not choice.left else ""


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
