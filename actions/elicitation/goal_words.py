"""Which of a person's statements says a goal best: always one they made themselves, as they made it."""

from actions.elicitation.interview import Answer, Interview
from actions.elicitation.listening import AVOIDS, WANTS
from actions.elicitation.probes import INSTEAD
from actions.elicitation.splitting import chosen_words

LEVELS = {"fundamental": 3, "functional": 3, "symptom_disease": 1, "none": 0}


def goal_statement(interview: Interview, goal: int) -> Answer | None:
    """The confirmed statement of a goal, or else the one that says most: what the person would do, concretely.

    Of two that say as much the first one counts: it came without being asked for.
    """
    statements = interview.statements(goal)
    confirmed = interview.confirmed_words.get(goal)
    own = [statement for statement in statements if _tells_what_is_wanted(statement)]
    best = max(own, key=_strength, default=statements[0] if statements else None)
    statement = next((statement for statement in statements if statement.id == confirmed), best)
    return chosen_words(interview, statement) if statement else None


def _tells_what_is_wanted(statement: Answer) -> bool:
    """A reason tells why, and one moment that went well how it was; unless a wish was told instead of the moment."""
    if statement.question == "probe_moment":
        return WANTS in statement.signs
    return statement.question != "probe_meaning"


def _strength(statement: Answer) -> tuple[int, bool]:
    assessment = statement.assessment
    if assessment is None:
        return 0, False
    if statement.question == "probe_missing" and statement.turned_to != INSTEAD:
        return 0, False  # it adds to what was said before, and is no wish on its own
    wanted = AVOIDS not in statement.signs  # what someone wants instead says more than what they do not want
    chosen = statement.question == "probe_split" and assessment.level != "none"  # before the whole it was chosen from
    weight = LEVELS[assessment.level] if wanted else 1
    return weight + chosen, wanted and assessment.clarity == "concrete"
