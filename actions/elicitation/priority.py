"""Which goal comes first for the person."""

from actions.elicitation.importance import importance
from actions.elicitation.interview import Interview


def first_goal(interview: Interview) -> int | None:
    """The goal that comes first: the one that was chosen, or the only one."""
    goals = interview.goals()
    chosen = interview.last("one_thing")
    if chosen and chosen.choices:
        number = int(chosen.choices[0].removeprefix("g")) if chosen.choices[0].removeprefix("g").isdecimal() else 0
        return number if number in goals else next(iter(goals), None)
    if chosen and chosen.words:
        return max(goals, key=lambda goal: _overlap(interview, goal, chosen.words), default=None)
    return goals[0] if goals else None


def _overlap(interview: Interview, goal: int, words: str) -> int:
    """How many of the words someone chose with are in what they said about a goal; a bare number is the goal's own."""
    chosen = words.casefold().split()
    if len(chosen) == 1 and importance(words) == goal:
        return len(interview.statements(goal)) + len(interview.answers)
    said = {word for statement in interview.statements(goal) for word in statement.words.casefold().split()}
    return len(said.intersection(chosen))
