"""Conversations written down for people (conversations/README.md), played with the real program."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from e2e_person import Person
from e2e_server import Clinician
from ruamel.yaml import YAML

FOLDER = Path(__file__).parent / "conversations"
LEAST = 25  # a language
ITEMS = ("questions", "burdens", "helps")
OF_GOAL = ("statements", "why", "obstacles", "supports", "own_part", "expects")


def conversations() -> Iterator[Any]:
    """One of each language every day, all of them before anything lands."""
    for path in sorted(FOLDER.glob("*/*.yml")):
        for place, each in enumerate(YAML(typ="safe").load(path)):
            name = f"{path.parent.name}: {each['conversation']}"
            marks = [pytest.mark.thorough] if place or path.stem != "goals" else []
            yield pytest.param(path.parent.name, each, id=name, marks=marks)


@pytest.mark.parametrize(("lang", "script"), list(conversations()))
def test_a_conversation_goes_as_it_is_written(
    person: Callable[..., Person], clinician: Clinician, lang: str, script: Mapping[str, Any]
) -> None:
    someone = person(lang, script.get("role", "patient"))
    for turn in script["turns"]:
        question, answer = next(iter(turn.items()))
        if someone.question == "clarify_move" != question:
            someone.chooses("deny")  # no, what was said was the answer
        assert someone.question == question, f"{someone.question} instead of {question}, after {someone.said[-1:]}"
        told = play(someone, answer)
        wanted = turn.get("hears", [])
        heard = {message["key"] for message in told["messages"] if message["from"] == "bot"}
        assert {wanted} <= heard if isinstance(wanted, str) else set(wanted) <= heard, (answer, heard)
    check(someone, clinician, script.get("then", {}))


def play(someone: Person, answer: Any) -> dict[str, Any]:
    if isinstance(answer, list):
        return someone.chooses(*(str(value).removeprefix("=") for value in answer))
    text = str(answer)
    if text.startswith("~"):
        return someone.moves(text[1:])
    what, colon, words = text[1:].partition(":")
    if text.startswith("=") and colon:
        row = next(row for row in someone.rows if row["words"] == words)
        return someone.chooses(f"{what}:{row['answer']}")
    return someone.answers(text)


def check(someone: Person, clinician: Clinician, then: Mapping[str, Any]) -> None:
    told = someone.reads()
    for name, key in (("open", "question"), ("state", "state"), ("language", "language")):
        assert told[key] == then.get(name, told[key])
    visit = clinician.visit(someone.visit)
    for name in ITEMS:
        if name in then:
            assert [item["words"] for item in visit[name] if item["role"] == someone.role] == then[name], name
    if "flags" in then:
        assert [{"category": flag["category"], "words": flag["words"]} for flag in visit["flags"]] == then["flags"]
    if "goals" in then:
        found = {goal["words"]: goal for goal in clinician.goals(someone.visit, someone.role)}
        assert sorted(found) == sorted(goal["words"] for goal in then["goals"])
        for wanted in then["goals"]:
            goal = found[wanted["words"]]
            told_of = {
                name: [item["words"] for item in goal[name]] if name in OF_GOAL else goal[name] for name in wanted
            }
            assert told_of == dict(wanted)


@pytest.mark.parametrize("lang", ["nl", "fr", "en", "ar"])
def test_there_are_enough_conversations_in(lang: str) -> None:
    found = [script for path in (FOLDER / lang).glob("*.yml") for script in YAML(typ="safe").load(path)]
    assert len(found) >= LEAST
