"""From an interview to what the care-plan API is told: goal drafts and items, in the person's words.

The shape is the body of `PUT /api/v1/visits/{visit}/contributions/{role}` (docs/reference/care-plan-api.md).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from actions.elicitation.goal_words import goal_statement
from actions.elicitation.importance import MOST
from actions.elicitation.interview import CHOICE, WORDS, Answer, Interview
from actions.elicitation.next_question import EXPECTS, OWN_PART
from actions.elicitation.parts import ELEMENTS
from actions.elicitation.priority import first_goal
from actions.elicitation.probes import fills_a_gap

CAREGIVER_GOALS = ("caregiver_for_them", "caregiver_own")


def contribution(interview: Interview, language: str, now: datetime) -> dict[str, Any]:
    """The whole of what a person has said so far."""
    said = [answer for answer in interview.answers if answer.words]
    return {
        "language": language,
        "typed_by": _typed_by(said),
        "state": "submitted" if interview.submitted else "started",
        "minutes": _minutes(interview, now),
        "goals": list(_goals(interview)),
        "questions": _items(said, {"visit_question", "kept_question", "summary", "after_closing"}),
        "burdens": _items(
            [answer for answer in said if answer.turned_to != "helps"], {"care_burden", "caregiver_load"}
        ),
        "helps": _items([answer for answer in said if answer.turned_to == "helps"], {"care_burden"}),
        "answers": [_item(answer) | {"typed_by": answer.typed_by} for answer in said],
    }


def _goals(interview: Interview) -> Iterable[dict[str, Any]]:
    if interview.role == "caregiver":
        yield from _caregiver_goals(interview)
        return
    first = first_goal(interview)
    for goal in interview.goals():
        statement = goal_statement(interview, goal)
        if statement:
            yield _goal(interview, goal, statement, first=goal == first)


def _caregiver_goals(interview: Interview) -> Iterable[dict[str, Any]]:
    answers = [
        answer for question in CAREGIVER_GOALS for answer in interview.standing(question) if answer.kind == WORDS
    ]
    for answer in answers:
        yield _draft(f"c-{answer.question}", answer, (answer,), first=answer.question == answers[-1].question)


def _goal(interview: Interview, goal: int, statement: Answer, *, first: bool) -> dict[str, Any]:
    about = [answer for answer in interview.standing(goal=goal) if answer.words]
    draft = _draft(f"g{goal}", statement, interview.statements(goal), first=first)
    return draft | {
        "importance": _importance(interview, goal),
        "why": _items(about, {"probe_meaning"}),
        "obstacles": _items(about, {"goal_obstacle"}),
        "supports": _items(_turned(about, ""), {"goal_support"}),
        "own_part": _items(_turned(about, OWN_PART), {"goal_support"}),
        "expects": [
            _item(answer) | {"of": answer.care_worker or None}
            for answer in _said(_turned(about, EXPECTS), {"goal_support"})
        ],
    }


def _parts(statement: Answer, statements: Iterable[Answer]) -> Iterable[dict[str, Any]]:
    """Who, where, how often and when: of the confirmed words, and what only the others tell, of those the newest."""
    others = [said for said in statements if said.id != statement.id]
    if statement.question == "probe_split":
        others = [said for said in others if said.question != "life_goal"]  # that sentence tells of other wishes too
    for element in ELEMENTS:
        for said in (statement, *reversed(others)):
            quotes = [part.words for part in said.parts if part.part == element]
            if quotes:
                yield from (_item(said) | {"words": words, "part": element} for words in quotes)
                break


def _draft(key: str, statement: Answer, statements: Sequence[Answer], *, first: bool) -> dict[str, Any]:
    assessed = [said.assessment for said in statements if said.assessment]
    of_statement = statement.assessment
    return {
        "key": key,
        "words": statement.words,
        "lang": statement.lang,
        "typed_by": statement.typed_by,
        "level": of_statement.level if of_statement else "none",
        "clarity": of_statement.clarity if of_statement else None,
        "missing": _missing(statement, statements),
        "domain": next((said.domain for said in (of_statement, *assessed) if said and said.domain), None),
        "time_frame": next((said.time_frame for said in assessed if said.time_frame), None),
        "importance": None,
        "first": first,
        "shared": statement.shared,
        "statements": [_item(said) for said in statements],
        "parts": list(_parts(statement, statements)),
        "why": [],
        "obstacles": [],
        "supports": [],
        "own_part": [],
        "expects": [],
    }


def _missing(statement: Answer, statements: Sequence[Answer]) -> list[str]:
    """What the confirmed statement lacks; nothing once one element was told when it was asked for: with it, one can
    picture the rest (docs/reference/assessment.md).
    """
    if statement.assessment is None or any(fills_a_gap(said) for said in statements):
        return []
    return list(statement.assessment.missing)


def _turned(answers: Iterable[Answer], way: str) -> list[Answer]:
    return [answer for answer in answers if answer.turned_to == way]


def _importance(interview: Interview, goal: int) -> int | None:
    answer = interview.last("goal_importance", goal)
    if answer is None or answer.kind != CHOICE:
        return answer.number if answer else None
    chosen = answer.choices[0]
    return int(chosen) if chosen.isdecimal() and int(chosen) <= MOST else None


def _item(answer: Answer) -> dict[str, Any]:
    return {"words": answer.words, "lang": answer.lang, "question": answer.question, "shared": answer.shared}


def _items(answers: Iterable[Answer], questions: set[str]) -> list[dict[str, Any]]:
    return [_item(answer) for answer in _said(answers, questions)]


def _said(answers: Iterable[Answer], questions: set[str]) -> Iterable[Answer]:
    return (answer for answer in answers if answer.question in questions and answer.kind in (WORDS, CHOICE))


def _typed_by(answers: Iterable[Answer]) -> str:
    """`self` unless someone else typed anything; then who typed last."""
    others = [answer.typed_by for answer in answers if answer.typed_by != "self"]
    return others[-1] if others else "self"


def _minutes(interview: Interview, now: datetime) -> int | None:
    if not interview.started:
        return None
    return max(1, round((now - datetime.fromisoformat(interview.started)).total_seconds() / 60))
