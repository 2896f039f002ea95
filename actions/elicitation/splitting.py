"""Two wishes in one sentence: which one the person chose to speak about first, and what is left for later.

The pieces are those of the person's own sentence; none is ever put in other words.
"""

from collections.abc import Sequence
from dataclasses import replace

from actions.elicitation.assessment import Assessor
from actions.elicitation.earlier import WISHES
from actions.elicitation.interview import WORDS, Answer, Interview

LEFT = "left"  # how `more_goals` is put when a wish of before was left for later


def with_choice(interview: Interview, answer: Answer, assessor: Assessor) -> Answer:
    """An answer to `probe_split` with the wish that it chooses and those it leaves; any other answer as it is.

    Who says the wish anew, in full, is taken at those words.
    """
    source = interview.last("life_goal", answer.goal)
    if answer.question != "probe_split" or answer.kind != WORDS or source is None:
        return answer
    wishes = assessor.wishes(source.words, source.lang)
    which = assessor.meant(wishes, answer.words, answer.place) if len(wishes) > 1 else None
    if which is None:
        return answer
    left = tuple(wish for number, wish in enumerate(wishes) if number != which)
    own = answer.assessment
    said_anew = own is not None and own.level in WISHES and own.clarity == "concrete" and not own.multiple
    if said_anew and not assessor.turns_down(answer.words):
        return replace(answer, left=left)
    chosen = wishes[which]
    return replace(
        answer,
        chosen=chosen,
        left=left,
        assessment=assessor.assess(chosen, source.lang),
        parts=assessor.parts(chosen, source.lang),
    )


def chosen_words(interview: Interview, answer: Answer) -> Answer:
    """The answer with the words of the wish that it chose; as it is when it chose none, or that sentence is changed."""
    source = _source(interview, answer, answer.chosen) if answer.chosen else None
    if source is None:
        return answer
    return replace(answer, words=answer.chosen, lang=source.lang, typed_by=source.typed_by)


def left_for_later(interview: Interview) -> Answer | None:
    """The statement whose left-over wish is to be offered now, with only the words of that wish."""
    offered = sum(1 for answer in interview.standing("more_goals") if answer.turned_to == LEFT)
    return next(iter(_left(interview)[offered:]), None)


def _left(interview: Interview) -> Sequence[Answer]:
    left = []
    for choice in interview.standing("probe_split"):
        found = ((piece, _source(interview, choice, piece)) for piece in choice.left)
        left += [replace(source, words=piece) for piece, source in found if source]
    return left


def _source(interview: Interview, choice: Answer, piece: str) -> Answer | None:
    """The statement that a piece was taken from, as long as it stands in those words."""
    statements = interview.standing("life_goal", choice.goal)
    return next((statement for statement in statements if piece in statement.words), None)
