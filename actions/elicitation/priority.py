"""Which goal comes first for the person."""

from actions.elicitation.choosing import meant
from actions.elicitation.interview import Answer, Interview


def first_goal(interview: Interview) -> int | None:
    """The goal that comes first: the one that was chosen, or the only one."""
    goals = interview.goals()
    chosen = interview.last("one_thing")
    if chosen and chosen.choices:
        number = int(chosen.choices[0].removeprefix("g")) if chosen.choices[0].removeprefix("g").isdecimal() else 0
        return number if number in goals else next(iter(goals), None)
    if chosen and chosen.words and goals:
        return _named(interview, goals, chosen)
    return goals[0] if goals else None


def _named(interview: Interview, goals: tuple[int, ...], chosen: Answer) -> int:
    """The goal that someone named in words, or with its number."""
    if len(chosen.words.split()) == 1 and chosen.number in goals:
        return chosen.number
    told = [" ".join(statement.words for statement in interview.statements(goal)) for goal in goals]
    which = meant(told, chosen.words, chosen.place)
    return goals[0] if which is None else goals[which]
