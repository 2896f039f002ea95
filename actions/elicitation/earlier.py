"""What a person said before a goal was asked for, and that may be the goal: nobody has to say it twice."""

from dataclasses import replace

from actions.elicitation.assessment import Assessor
from actions.elicitation.interview import WORDS, Answer, Interview

TOLD = "told"  # how `life_goal` is put when a wish was told before it was asked for
BEFORE_THE_GOAL = ("matters_most", "typical_day")  # questions that a wish may come with; the later one counts
WISHES = frozenset({"functional", "fundamental"})
MOST_WORDS_OF_WISH = 25  # more is read back to nobody


def wish_in(question: str, sentence: str, lang: str, assessor: Assessor) -> str:
    """The sentence, if it tells a wish that nobody has asked for yet; or else empty."""
    if question not in BEFORE_THE_GOAL or not 0 < len(sentence.split()) <= MOST_WORDS_OF_WISH:
        return ""
    return sentence if assessor.assess(sentence, lang).level in WISHES else ""


def told_before(interview: Interview) -> Answer | None:
    """The wish that was told before any was asked for, as an answer with only its words."""
    answers = (interview.last(question) for question in BEFORE_THE_GOAL)
    return next((replace(answer, words=answer.wish) for answer in answers if answer and answer.wish), None)


def pointed_at(interview: Interview) -> Answer | None:
    """What "I told you already" means when the goal is asked for: the wish, or else what matters most."""
    answers = (interview.last(question) for question in BEFORE_THE_GOAL)
    in_words = (answer for answer in answers if answer and answer.kind == WORDS)
    return told_before(interview) or next(in_words, None)


def told_by(message: str) -> str:
    """Id of the statement that a message made of what was told before."""
    return f"{message}.told"


def taken_up(interview: Interview, said: Answer, answer_id: str, turned_to: str, assessor: Assessor) -> Interview:
    """The interview in which what was said before becomes the statement of the goal that is open now."""
    statement = Answer(
        id=answer_id,
        question="life_goal",
        kind=WORDS,
        words=said.words,
        lang=said.lang,
        typed_by=said.typed_by,
        goal=interview.goal,
        turned_to=turned_to,
        assessment=assessor.assess(said.words, said.lang),
        signs=said.signs,
        parts=assessor.parts(said.words, said.lang),
    )
    return interview.with_answer(statement)
