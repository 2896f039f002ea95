"""The words for Rasa: variations as the built-in engine chooses them."""

from pathlib import Path
from typing import Any

import pytest

from bot.engine.loading import load_files
from bot.rasa.responder import Responder, UnknownResponse

DOMAIN = """
intents: [greet]
slots:
  mood: {type: text, influence_conversation: false, mappings: [{type: custom}]}
responses:
  utter_hello: [{text: "One"}, {text: "Two {mood}"}, {text: "Three"}]
  utter_sorry: [{text: "Sorry", condition: [{type: slot, name: mood, value: bad}]}]
  utter_shown: [{custom: {items: [1]}}]
"""


@pytest.fixture
def responder(tmp_path: Path) -> Responder:
    (tmp_path / "bot").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "bot" / "domain.yml").write_text(DOMAIN)
    (tmp_path / "bot" / "config.yml").write_text("recipe: default.v1\nlanguage: en\npolicies: [{name: RulePolicy}]\n")
    return Responder(load_files(tmp_path / "bot", [tmp_path / "data"], ()).domain)


def call(name: str, events: list[Any] | None = None, **slots: Any) -> dict[str, Any]:
    return {"response": name, "arguments": {}, "tracker": {"slots": slots, "events": events or []}}


def test_variations_come_in_turn(responder: Responder) -> None:
    events: list[Any] = []
    heard = []
    for _ in range(4):
        told = responder.answer(call("utter_hello", events, mood="fine"))
        heard.append(told["text"])
        events += [{"event": "bot", "metadata": {"utter_action": "utter_hello", "variation": told["variation"]}}]
        events += [{"event": "bot", "metadata": {"utter_action": "utter_sorry", "variation": "x"}}]
    assert heard == ["One", "Two fine", "Three", "One"]


def test_an_answer_holds_only_what_rasas_schema_takes(responder: Responder) -> None:
    assert "custom" not in responder.answer(call("utter_hello"))  # Rasa takes an object or nothing, never null
    shown = responder.answer(call("utter_shown"))
    assert shown["custom"] == {"items": [1]}
    assert "text" not in shown


def test_without_a_fitting_variation_nothing_is_said(responder: Responder) -> None:
    assert responder.answer(call("utter_sorry", mood="good")) == {}
    assert responder.answer(call("utter_sorry", mood="BAD"))["text"] == "Sorry"


def test_an_unknown_response_is_an_error(responder: Responder) -> None:
    with pytest.raises(UnknownResponse):
        responder.answer(call("utter_unknown"))
