"""The comparison itself: it sees every kind of difference, and makes a long disagreement short. Without Rasa."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import test_engines_agree
from rasa_both import Both, Disagree
from test_engines_agree import Step, shrunk

from bot.engine.types import BotMessage, Button, Turn, UserMessage

MESSAGE = BotMessage("utter_ask_welcome", "Shall we begin?", {}, (Button("Yes", "/affirm"),))
EVENT = {"event": "slot", "name": "welcome", "value": "affirm", "timestamp": 1.0}
TURN = Turn({"live": {"slots": {}}, "events": []}, (EVENT,), (MESSAGE,), {"language": "nl"}, "welcome")


class Says:
    """An engine with one turn."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    async def handle(self, conversation: str, state: dict[str, Any] | None, message: UserMessage) -> Turn:
        return self._turn


def compared(theirs: Turn) -> Turn:
    return asyncio.run(Both(Says(TURN), Says(theirs)).handle("c", None, UserMessage("hallo")))


def test_moments_are_no_difference() -> None:
    assert compared(replace(TURN, events=(EVENT | {"timestamp": 2.0},))).messages == (MESSAGE,)


@pytest.mark.parametrize(
    ("what", "theirs"),
    [
        ("events", replace(TURN, events=())),
        ("events", replace(TURN, events=(EVENT | {"value": "deny"},))),
        ("messages", replace(TURN, messages=())),
        ("messages", replace(TURN, messages=(replace(MESSAGE, buttons=()),))),
        ("messages", replace(TURN, messages=(replace(MESSAGE, text="Shall we?"),))),
        ("slots", replace(TURN, slots={"language": "fr"})),
        ("question", replace(TURN, requested_slot="typical_day")),
    ],
)
def test_every_difference_is_seen(what: str, theirs: Turn) -> None:
    with pytest.raises(Disagree, match=f"^{what} after"):
        compared(theirs)


def test_a_long_disagreement_becomes_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(side: Any, role: str, steps: Sequence[Step]) -> tuple[list[str], str]:
        words = [step.words for step in steps]
        disagree = "b" in words and "e" in words[words.index("b") :]
        return words, "they disagree" if disagree else ""

    monkeypatch.setattr(test_engines_agree, "taken", taken)
    steps = [Step(words) for words in "acaabddaccedaac"]
    assert shrunk(None, "patient", steps) == (["b", "e"], "they disagree")  # type: ignore[arg-type]
