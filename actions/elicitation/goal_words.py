"""Which of a person's statements says a goal best: always one they made themselves, as they made it."""

from actions.elicitation.interview import Answer, Interview
from actions.elicitation.listening import AVOIDS
from actions.elicitation.probes import INSTEAD

LEVELS = {"fundamental": 3, "functional": 3, "symptom_disease": 1, "none": 0}


def goal_statement(interview: Interview, goal: int) -> Answer | None:
    """The confirmed statement of a goal, or else the one that says most: what the person would do, concretely.

    Of two that say as much the first one counts: it came without being asked for.
    """
    statements = interview.statements(goal)
    confirmed = interview.confirmed_words.get(goal)
    for statement in statements:
        if statement.id == confirmed:
            return statement
    own = [statement for statement in statements if statement.question != "probe_meaning"]
    return max(own, key=_strength, default=statements[0] if statements else None)


def _strength(statement: Answer) -> tuple[int, bool]:
    assessment = statement.assessment
    if assessment is None:
        return 0, False
    if statement.question == "probe_missing" and statement.turned_to != INSTEAD:
        return 0, False  # it adds to what was said before, and is no wish on its own
    wanted = AVOIDS not in statement.signs  # what someone wants instead says more than what they do not want
    return LEVELS[assessment.level] if wanted else 1, wanted and assessment.clarity == "concrete"
