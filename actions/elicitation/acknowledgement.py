"""What is said back before the next question, so that a person hears that they were heard: their own words."""

from dataclasses import dataclass

from actions.elicitation.interview import CHOICE, WORDS, Interview
from actions.elicitation.listening import HARD

# Ways to begin, in turn: never the same sentence twice in a row.
BEGINNINGS = ("utter_heard", "utter_heard_so", "utter_heard_noted")
HARD_BEGINNINGS = ("utter_heard_hard", "utter_heard_heavy")
CHOSEN = "utter_heard_chosen"
# What is asked then repeats the words itself, or is about something else.
NOT_BEFORE = frozenset(
    {"goal_readback", "summary", "share", "safety", "safety_continue", "clarify_move", "paused", "language_offer"}
)
NOT_AFTER = frozenset(
    {"welcome", "goal_readback", "goal_importance", "more_goals", "one_thing", "visit_question", "summary", "share"}
)
HELPS = ("care_burden", "helps")  # what helps is not pitied, whatever it helps against
MOST_WORDS = 16
MOST_CHARACTERS = 120


@dataclass(frozen=True)
class Acknowledgement:
    """A response with the words that it quotes, and their language."""

    response: str
    words: str
    lang: str


def acknowledgement(interview: Interview, answer_id: str, following: str | None) -> Acknowledgement | None:
    """What to say to an answer before `following` is asked; None when there is nothing to quote."""
    answer = interview.by_id(answer_id)
    if answer is None or not answer.words or following is None or following in NOT_BEFORE:
        return None
    if answer.question in NOT_AFTER or (answer.wish and following == "life_goal"):
        return None  # the wish in it is quoted in a moment
    if answer.kind == CHOICE:
        return Acknowledgement(CHOSEN, answer.words, answer.lang)
    if answer.kind != WORDS:
        return None
    turn = len(interview.answers)
    tells_what_helps = (answer.question, answer.turned_to) == HELPS
    ways = HARD_BEGINNINGS if HARD in answer.signs and not tells_what_helps else BEGINNINGS
    return Acknowledgement(ways[turn % len(ways)], quote(answer.words), answer.lang)


def quote(words: str) -> str:
    """Words as they stand; of very long ones the beginning, and a sign that there is more."""
    each = words.split()
    if len(each) <= MOST_WORDS and len(words) <= MOST_CHARACTERS:
        return words
    begun = " ".join(each[:MOST_WORDS])
    if len(begun) > MOST_CHARACTERS:
        begun = begun[:MOST_CHARACTERS].rsplit(" ", 1)[0]
    return f"{begun} …"
