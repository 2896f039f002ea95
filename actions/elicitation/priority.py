"""Which goal comes first for the person."""

from dataclasses import replace

from actions.elicitation.assessment import Assessor
from actions.elicitation.interview import WORDS, Answer, Interview


def first_goal(interview: Interview) -> int | None:
    """The goal that comes first: the one that was chosen, or the only one."""
    goals = interview.goals()
    chosen = interview.last("one_thing")
    if chosen and chosen.choices:
        number = int(chosen.choices[0].removeprefix("g")) if chosen.choices[0].removeprefix("g").isdecimal() else 0
        return number if number in goals else next(iter(goals), None)
    return goals[0] if goals else None


def with_first_goal(interview: Interview, answer: Answer, assessor: Assessor) -> Answer:
    """An answer to `one_thing` with the goal that someone named in words, or with its number, as if by its button."""
    if answer.question != "one_thing" or answer.kind != WORDS or answer.choices:
        return answer
    goals = interview.goals()
    if len(answer.words.split()) == 1 and answer.number in goals:
        return replace(answer, choices=(f"g{answer.number}",))
    told = [" ".join(statement.words for statement in interview.statements(goal)) for goal in goals]
    which = assessor.meant(told, answer.words, answer.place)
    return answer if which is None else replace(answer, choices=(f"g{goals[which]}",))
