"""Words that were kept as an answer and may have been a wish to stop, to go back and the like: it is asked once, at the
next step, and never again at the same place of the conversation.
"""

from dataclasses import replace

from actions.elicitation.interview import WORDS, Interview
from actions.elicitation.moving import previous_answer
from actions.elicitation.next_question import next_question
from actions.elicitation.recording import Said, skip

# Their confirmation deletes; whoever asks for it in so many words is asked the same.
DELETING = frozenset({"start_over", "delete_everything"})
ALIKE = {"goodbye": "pause"}


def in_doubt(interview: Interview, said: Said) -> Interview:
    """The interview in which it is asked whether the answer just recorded was meant as the move that it may be."""
    answer = interview.by_id(said.id)
    if not said.doubt or answer is None or answer.kind != WORDS:
        return interview
    position = f"{answer.question}:{answer.goal or 0}"
    if position in interview.clarified:
        return interview
    clarified = (*interview.clarified, position)
    return replace(interview, asked_for=ALIKE.get(said.doubt, said.doubt), doubtful=answer.id, clarified=clarified)


def settled(interview: Interview) -> Interview:
    """The interview in which the doubtful words stay the answer that they were kept as."""
    return replace(interview, asked_for=None, doubtful="") if interview.doubtful else interview


def meant_as_move(interview: Interview, said: Said) -> Interview:
    """The interview after a yes: the words in doubt were the move `asked_for`, and are no answer."""
    move = interview.asked_for
    undone = settled(interview.without(interview.doubtful))
    question = next_question(undone)
    before = previous_answer(undone)
    match move:
        case "pause":
            return replace(undone, paused=True)
        case "finish":
            return replace(undone, to_summary=True)
        case "skip" if question:
            return skip(undone, question, said)
        case "back" if before:
            return replace(undone, reopened=before.id)
        case _:
            return undone
