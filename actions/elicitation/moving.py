"""Going back: which earlier answer a person returns to."""

from dataclasses import replace

from actions.elicitation.interview import Answer, Interview

ASKED = frozenset({"welcome", "summary", "share", "kept_question", "after_closing"})  # no way back to these


def previous_answer(interview: Interview) -> Answer | None:
    """The answer before the open one: the newest, or the one before the answer that is being given again."""
    answers = [answer for answer in interview.standing() if answer.question not in ASKED and "#" not in answer.id]
    if interview.reopened:
        ids = [answer.id for answer in answers]
        answers = answers[: ids.index(interview.reopened)] if interview.reopened in ids else answers
    return answers[-1] if answers else None


def asked_anew(interview: Interview, message: str) -> Interview | None:
    """The interview in which the yes or no that `message` gave is open again; None where it gave none that can be."""
    if interview.submitted:
        return None
    notes = [
        answer.id
        for answer in interview.answers
        if answer.id.startswith(f"{message}#")
        and answer.question not in ASKED
        and answer.goal in (None, interview.goal)
    ]
    return replace(interview.without(*notes), to_summary=False) if notes else None
