"""Probes: at most two for a goal, each for the one thing that a statement lacks. Feedback on what is missing helps most
(reference: goal-quality trials in docs/explanation/evidence.md); a suggestion never does.
"""

from dataclasses import dataclass

from actions.elicitation.interview import SKIPPED, Answer, Interview
from actions.elicitation.listening import AVOIDS, BECAUSE, WANTS

MOST_PROBES = 2
MOST_PROBES_LATER = 1  # for a second or third goal: who tells three should not have to answer forty questions
INSTEAD = "instead"
END_OF_LIFE = "end_of_life"
DYING = "dying"  # how `probe_meaning` is put of the end of life
KEEP, WORRY, WHICH_WORRY = "keep", "worry", "which_worry"
# Ways of `life_goal` whose answers are no activities, and the probes that suit those answers.
OF_A_WORRY = ("probe_beyond_symptom",)
SUITING = {KEEP: ("probe_split", "probe_beyond_symptom"), WORRY: OF_A_WORRY, WHICH_WORRY: OF_A_WORRY}


@dataclass(frozen=True)
class Probe:
    """A question key, and which element it asks for: `who`, `where`, `how_often`, `when`, `what`, `instead` (of what
    is not wanted), `dying` (of the end of life), or empty.
    """

    question: str
    missing: str = ""


def next_probe(interview: Interview, goal: int) -> Probe | None:
    """The probe to ask about a goal now, if what was said about it still lacks something."""
    about = [answer for answer in interview.standing(goal=goal) if answer.question.startswith("probe_")]
    most = MOST_PROBES if goal == 1 else MOST_PROBES_LATER
    if len(about) >= most or interview.answered("goal_readback", goal):
        return None
    if any(answer.kind == SKIPPED for answer in about):
        return None
    asked = {answer.question for answer in about}
    if "probe_meaning" in asked:
        return None  # what was said last is a reason, which lacks nothing
    statements = interview.statements(goal)
    lacking = _lacking(statements[-1], asked, {answer.turned_to for answer in about})
    way = _told_as(statements)
    if lacking:
        return lacking if not way or lacking.question in SUITING[way] else None
    worry_alone = way in (WORRY, WHICH_WORRY) and WANTS not in statements[-1].signs
    return None if worry_alone else _meaning(statements, asked, goal)


def _told_as(statements: tuple[Answer, ...]) -> str:
    """`keep` or `worry`, if that was asked for; what one would do beyond a complaint is neither."""
    if any(said.question == "probe_beyond_symptom" for said in statements):
        return ""
    return next((said.turned_to for said in statements if said.turned_to in SUITING), "")


def fills_a_gap(statement: Answer) -> bool:
    """Whether it tells with whom, where, how often or when, and is no wish on its own."""
    return statement.question == "probe_missing" and statement.turned_to not in ("what", INSTEAD)


def _lacking(statement: Answer, asked: set[str], turned_to: set[str]) -> Probe | None:
    assessment = statement.assessment
    if assessment is None or fills_a_gap(statement):
        return None
    if assessment.multiple and "probe_split" not in asked and statement.question == "life_goal":
        return Probe("probe_split")
    if assessment.domain == END_OF_LIFE:
        return None  # nobody is asked to picture it, nor with whom or how often
    if assessment.level == "symptom_disease":
        return None if "probe_beyond_symptom" in asked else Probe("probe_beyond_symptom")
    if assessment.level == "none" and statement.question == "probe_beyond_symptom":
        return None  # "it will not pass anyway"
    if assessment.level == "none":  # a moment in which nothing is done still leaves something to picture
        return Probe("probe_missing", "what") if statement.question == "probe_moment" else Probe("probe_meaning")
    if AVOIDS in statement.signs and INSTEAD not in turned_to:
        return Probe("probe_missing", INSTEAD)
    if assessment.clarity != "vague":
        return None
    if assessment.level == "fundamental" and "probe_moment" not in asked:
        return Probe("probe_moment")
    missing = assessment.missing[0] if assessment.missing else "what"
    return Probe("probe_missing", missing) if missing not in turned_to and "probe_missing" not in asked else None


def _meaning(statements: tuple[Answer, ...], asked: set[str], goal: int) -> Probe | None:
    """Of a goal that one can picture, why it matters, and of a vague one for the end of life; unless that was said."""
    assessment = next(said.assessment for said in reversed(statements) if not fills_a_gap(said))
    told = any(BECAUSE in statement.signs for statement in statements)
    if assessment is None or goal > 1 or told or "probe_moment" in asked:
        return None
    ending = assessment.domain == END_OF_LIFE
    if assessment.level == "functional" or (ending and assessment.clarity == "vague"):
        return Probe("probe_meaning", DYING if ending else "")
    return None
