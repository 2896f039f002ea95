"""Takes an answer into the interview: which question it answers, and what follows from it.

Nothing a person writes is dropped: words typed at a yes-or-no question become the answer they are meant as.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.elicitation.assessment import Assessor
from actions.elicitation.earlier import TOLD, pointed_at, taken_up, told_by, wish_in
from actions.elicitation.goal_words import goal_statement
from actions.elicitation.interview import CHOICE, NONE, SKIPPED, STATEMENTS, WORDS, Answer, Interview
from actions.elicitation.listening import AGREES, CONDITION, OF_MYSELF, OTHER, REASON, REFUSES, SAID_BEFORE, WANTS
from actions.elicitation.next_question import OF_THEM, goal_of, next_question, turned_to
from actions.elicitation.parts import WHEN, Part, of_answer
from actions.elicitation.priority import with_first_goal
from actions.elicitation.probes import WORRY
from actions.elicitation.splitting import LEFT, left_for_later, with_choice

ASSESSED = STATEMENTS | {"caregiver_for_them", "caregiver_own"}
LABELLED = frozenset({"matters_most", "caregiver_relation", "caregiver_load"})  # a button there is an answer in words
MOST_WORDS_OF_YES = 5
MOST_WORDS_OF_NO = 4
NOTHING = frozenset({"nothing", "unsure", "deny"})  # choices and moves that say there is nothing to tell
# Only here "nothing" in words is an answer. Elsewhere ("what matters to you?") it may be the beginning of much.
MAY_BE_NOTHING = frozenset({"goal_obstacle", "goal_support", "care_burden", "visit_question"})


@dataclass(frozen=True)
class Said:
    """What came in for the open question. move: the intent, as far as it is `affirm`, `deny` or `unsure`.

    choices: values of chosen buttons; text is then empty, or the words that came with them. label: what stood on the
    buttons, in the person's language. signs, wish, care_worker, nothing, number, place: what was heard in the text
    (listening.Heard). doubt: the move that the words may be.
    """

    id: str
    text: str = ""
    lang: str = ""
    typed_by: str = "self"
    choices: tuple[str, ...] = ()
    move: str = ""
    label: str = ""
    signs: tuple[str, ...] = ()
    wish: str = ""
    care_worker: str = ""
    nothing: bool = False
    number: int | None = None
    place: int | None = None
    doubt: str = ""

    @property
    def yes(self) -> bool:
        return self.move == "affirm" or self.choices == ("affirm",)

    @property
    def no(self) -> bool:
        return self.move == "deny" or self.choices == ("deny",)


def record(interview: Interview, question: str, said: Said, assessor: Assessor) -> Interview:
    """The interview after `said` was answered to `question`."""
    if question == "safety":
        return _after_safety(interview, said)
    if question == "safety_continue":
        return replace(interview, safety="" if said.yes else "safety")
    if question == "clarify_move":
        return _after_doubt(interview, said, assessor)
    if question == "language_offer":
        return replace(interview, offered_language="")
    if question == "paused":
        return _after_pause(interview, said, assessor)
    reopened = interview.given_again
    answer = with_first_goal(interview, _answer(interview, question, said, assessor), assessor)
    if reopened and reopened.question in STATEMENTS and answer.kind == NONE:
        return _left_as_it_was(interview, reopened, said)
    if reopened:
        answer = replace(answer, goal=reopened.goal, turned_to=reopened.turned_to)
        return _changed(interview, reopened, with_choice(interview, answer, assessor))
    answer = with_choice(interview, answer, assessor)
    return _taken(interview, answer, said, assessor)


def add(interview: Interview, question: str, said: Said) -> Interview:
    """The interview with words that nobody asked for: a medical question, or what came to mind after the closing."""
    words = Answer(id=said.id, question=question, kind=WORDS, words=said.text, lang=said.lang, typed_by=said.typed_by)
    return interview.with_answer(words)


def skip(interview: Interview, question: str, said: Said) -> Interview:
    """The interview after the person would rather not answer."""
    if question == "language_offer":
        return replace(interview, offered_language="")
    if interview.safety or interview.asked_for or interview.paused or question in ("summary", "share"):
        return interview
    if interview.reopened:
        return replace(interview, reopened=None)
    answer = Answer(id=said.id, question=question, kind=SKIPPED, goal=goal_of(interview, question))
    return interview.with_answer(replace(answer, turned_to=turned_to(interview, question)))


def pointing(interview: Interview, question: str | None, said: Said, assessor: Assessor) -> Interview | None:
    """The interview after few words that name no goal, but say that it was told before, or whether the wish that was
    read back is it; None where they say nothing of the kind. They may look like a move: "something else" like a skip.
    """
    if question != "life_goal" or interview.reopened:
        return None
    way = turned_to(interview, question)
    before = pointed_at(interview)
    yes = way == TOLD and (said.yes or AGREES in said.signs)
    if before and (yes or SAID_BEFORE in said.signs):
        return taken_up(interview, before, told_by(said.id), "", assessor)
    if way == TOLD and (said.no or OTHER in said.signs):
        return interview.with_answer(
            Answer(said.id, question, NONE, said.text, said.lang, said.typed_by, goal=interview.goal, turned_to=way)
        )
    return None


def _answer(interview: Interview, question: str, said: Said, assessor: Assessor) -> Answer:
    none_told = said.nothing and question in MAY_BE_NOTHING
    tells = question == "caregiver_load" and said.no  # "is it enough for you?" "no"
    nothing = not tells and (none_told or said.move in NOTHING or bool(NOTHING.intersection(said.choices)))
    nothing = nothing or (SAID_BEFORE in said.signs and assessor.assess(said.text, said.lang).level == "none")
    kind = NONE if nothing else CHOICE if said.choices and not said.text else WORDS
    assessment = assessor.assess(said.text, said.lang) if kind == WORDS and question in ASSESSED else None
    if question == "life_goal" and assessment and assessment.level == "none" and not interview.reopened:
        kind = NONE  # "I have no goals": a good answer, which has its own way on
    return Answer(
        id=said.id,
        question=question,
        kind=kind,
        words=said.label if kind == CHOICE and question in LABELLED else said.text,
        lang=said.lang,
        typed_by=said.typed_by,
        choices=said.choices,
        goal=goal_of(interview, question),
        turned_to=turned_to(interview, question),
        assessment=assessment,
        signs=said.signs,
        care_worker=said.care_worker,
        number=said.number,
        place=said.place,
        wish=wish_in(question, said.wish, said.lang, assessor),
        parts=_parts(assessor, question, turned_to(interview, question), said) if assessment else (),
    )


def _parts(assessor: Assessor, question: str, asked: str, said: Said) -> tuple[Part, ...]:
    """What a wish says of who, where, how often and when. A reason or a moment of the past tells it of no wish."""
    if question in ("probe_meaning", "probe_moment"):
        return ()
    return of_answer(assessor.parts(said.text, said.lang), asked if question == "probe_missing" else "", said.text)


def _taken(interview: Interview, answer: Answer, said: Said, assessor: Assessor) -> Interview:
    """The ways in which an answer means more than the words in it."""
    if answer.question == "welcome":
        agreed = interview.with_answer(_noted(answer) if said.yes else answer)
        return replace(interview, paused=True) if said.no else agreed
    if answer.question == "life_goal":
        return _after_life_goal(interview, answer, said, assessor)
    if answer.question == "caregiver_for_them" and OF_MYSELF in said.signs and answer.turned_to != OF_THEM:
        return interview.with_answer(replace(answer, question="caregiver_own"))
    if answer.question == "goal_readback":
        return _after_readback(interview, answer, said, assessor)
    if answer.question == "more_goals":
        return _after_more_goals(interview, answer, said, assessor)
    if answer.question == "summary":
        return _after_summary(interview, answer, said)
    if answer.question == "share":
        return _after_share(interview, answer, said)
    return interview.with_answer(answer)


def _after_life_goal(interview: Interview, answer: Answer, said: Said, assessor: Assessor) -> Interview:
    """A yes, or "I told you already", names no goal by itself, and may point at one."""
    pointed = pointing(interview, answer.question, said, assessor) if answer.kind != WORDS else None
    if pointed:
        return pointed
    yes = said.yes or (AGREES in said.signs and answer.kind == NONE)
    return interview.with_answer(_noted(answer) if yes and answer.turned_to == WORRY else answer)


def _after_readback(interview: Interview, answer: Answer, said: Said, assessor: Assessor) -> Interview:
    goal = interview.goal
    parts = _parts(assessor, "life_goal", "", said)
    says_more = len(said.text.split()) > MOST_WORDS_OF_NO
    said_anew = said.no and says_more and WANTS in said.signs  # "no, I want to go there with my sister"
    if said.no and not said_anew:
        if says_more and parts:  # "no, not with my brother but with my sister": kept, whatever they say next
            adds = replace(answer, question="probe_missing", turned_to=parts[0].part, kind=WORDS)
            interview = interview.with_answer(replace(adds, parts=of_answer(parts, parts[0].part, said.text)))
        return replace(interview, reopened=interview.statements(goal)[0].id)
    confirmed = goal_statement(interview, goal) or answer
    if said_anew or (answer.kind == WORDS and not said.yes):
        question, way = _answers_instead(said, parts, assessor)
        statement = replace(answer, question=question, turned_to=way, kind=WORDS)
        statement = replace(statement, assessment=assessor.assess(said.text, said.lang))
        statement = replace(statement, parts=of_answer(parts, way, said.text))
        confirmed = statement if question == "life_goal" else confirmed
        interview = interview.with_answer(statement)
    words = {**interview.confirmed_words, goal: confirmed.id}
    return replace(interview.with_answer(_noted(answer)), confirmed_words=words)


def _answers_instead(said: Said, parts: Sequence[Part], assessor: Assessor) -> tuple[str, str]:
    """The question that words typed at the read-back answer, and which way it would have been put. A reason, or what
    only says with whom, where or when ("with my son, when it is warmer"), leaves the goal what it was. A "no" in them,
    or a wish, makes them the right words instead.
    """
    the_right_words = "life_goal", ""
    if REFUSES in said.signs:
        return the_right_words
    if WANTS not in said.signs and REASON in said.signs:
        return "probe_meaning", ""
    if WANTS not in said.signs and CONDITION in said.signs:
        return "probe_missing", WHEN
    left = said.text
    for part in parts:
        left = left.replace(part.words, " ", 1)
    only_adds = parts and assessor.assess(left, said.lang).level == "none"
    return ("probe_missing", parts[0].part) if only_adds else the_right_words


def _after_more_goals(interview: Interview, answer: Answer, said: Said, assessor: Assessor) -> Interview:
    noted = interview.with_answer(_noted(answer))
    if said.yes:
        left = left_for_later(interview)
        if left:  # they said it before, so nobody asks for it again
            following = replace(interview, goal=interview.goal + 1)
            way = left.turned_to or LEFT  # what they want to keep stays that
            return taken_up(following, left, f"{said.id}.left", way, assessor).with_answer(_noted(answer))
        if said.text and assessor.assess(said.text, said.lang).level != "none":  # "yes, to learn to swim"
            return record(replace(noted, goal=interview.goal + 1), "life_goal", replace(said, move=""), assessor)
        return replace(noted, goal=interview.goal + 1)
    if answer.kind == WORDS:  # said what it is, at once
        return record(replace(noted, goal=interview.goal + 1), "life_goal", said, assessor)
    return noted


def _after_summary(interview: Interview, answer: Answer, said: Said) -> Interview:
    interview = replace(interview, to_summary=True)
    bare = MOST_WORDS_OF_NO if said.no else MOST_WORDS_OF_YES
    if said.move and len(said.text.split()) > bare:
        interview = add(interview, "kept_question", said)  # "yes, and do write down that ..." says something too
    what, _, wanted = (said.choices[0] if said.choices else "").partition(":")
    if what == "change" and interview.by_id(wanted):
        return replace(interview, reopened=wanted)
    if what == "remove":
        return remove(interview, wanted)
    if said.no:
        return interview  # each part has its own buttons, so the question stays
    return interview.with_answer(_noted(answer) if said.yes else answer)


def remove(interview: Interview, answer_id: str) -> Interview:
    """The interview without an answer; a goal whose statement goes takes all that was said about it along."""
    answer = interview.by_id(answer_id)
    if answer is None:
        return interview
    statement = goal_statement(interview, answer.goal or 0) if answer.question in STATEMENTS else None
    if statement and (statement.id == answer.id or (statement.chosen and answer.question == "life_goal")):
        return interview.without(*(about.id for about in interview.standing(goal=answer.goal)))
    return interview.without(answer_id)


def _after_share(interview: Interview, answer: Answer, said: Said) -> Interview:
    chosen = said.choices[0] if said.choices else ""
    if chosen.startswith("toggle:"):
        wanted = chosen.removeprefix("toggle:")
        answers = tuple(replace(a, shared=not a.shared) if a.id == wanted else a for a in interview.answers)
        return replace(interview, answers=answers)
    if said.yes and REFUSES in said.signs:
        return interview  # "yes, but not everything": the buttons tell which
    if said.no:
        answers = tuple(replace(a, shared=False) for a in interview.answers)
        interview = replace(interview, answers=answers)
    elif not said.yes:
        return interview
    return replace(interview.with_answer(_noted(answer)), submitted=True)


def _after_safety(interview: Interview, said: Said) -> Interview:
    return replace(interview, safety="", paused=True) if said.no else replace(interview, safety="safety_continue")


def _after_doubt(interview: Interview, said: Said, assessor: Assessor) -> Interview:
    """It was not meant so; a yes is carried out before this. Words that are neither may be the next answer."""
    going_on = replace(interview, asked_for=None, doubtful="")
    question = next_question(going_on)
    if said.no or said.move or said.choices or not said.text or not interview.doubtful or question is None:
        return going_on
    return record(going_on, question, said, assessor)


def _after_pause(interview: Interview, said: Said, assessor: Assessor) -> Interview:
    going_on = replace(interview, paused=False)
    question = next_question(going_on)
    if said.yes or said.choices or not said.text or question is None:
        return going_on
    return record(going_on, question, said, assessor)


def _changed(interview: Interview, old: Answer, new: Answer) -> Interview:
    """`new` takes the place of `old`, and of what depended on it: a confirmation of other words."""
    index = interview.answers.index(old)
    answers = (*interview.answers[:index], new, *interview.answers[index + 1 :])
    changed = replace(interview, answers=answers, reopened=None)
    if old.question in STATEMENTS and old.goal is not None:
        kept = {goal: words for goal, words in interview.confirmed_words.items() if goal != old.goal}
        readbacks = [answer.id for answer in changed.standing("goal_readback", old.goal)]
        said_anew = old.question == "life_goal" or old.id == interview.confirmed_words.get(old.goal)
        confirmed = {**kept, old.goal: new.id} if said_anew else kept
        return replace(changed.without(*readbacks), confirmed_words=confirmed)
    return changed


def _left_as_it_was(interview: Interview, statement: Answer, said: Said) -> Interview:
    """Who knows no better words keeps those that stand: they are not read back a second time."""
    read_back = Answer(said.id, "goal_readback", CHOICE, lang=said.lang, typed_by=said.typed_by, goal=statement.goal)
    left = replace(interview, reopened=None)
    asked = statement.goal is None or left.answered("goal_readback", statement.goal)
    return left if asked else left.with_answer(_noted(read_back))


def _noted(answer: Answer) -> Answer:
    """That a question was answered, where the words belong elsewhere or say no more than yes or no."""
    return replace(answer, id=f"{answer.id}#{answer.question}", words="", kind=CHOICE)
