"""How a response is said: conditions, variations in turn, and only the values that the text names."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa_sdk import Action

from bot.engine.errors import TurnFailed
from bot.engine.payloads import PayloadError, parse_payload
from bot.engine.types import Entity
from tests.engine.bots import Talk, Words, load

DOMAIN = """
intents: [greet, act]
entities: [role]
slots:
  role: {type: text, influence_conversation: false, mappings: [{type: from_entity, entity: role}]}
  goal_words: {type: text, influence_conversation: false, initial_value: walk, mappings: [{type: custom}]}
  secret: {type: any, initial_value: hidden, mappings: [{type: custom}]}
responses:
  utter_hello:
    - text: "Hello {goal_words}"
    - text: "Hi {{not_this}} {goal_words} {nobody}"
    - id: third
      text: "Good day"
    - text: "Hello, dear {role}"
      condition: [{type: slot, name: role, value: Caregiver}]
      buttons:
        - {title: "Go on, {role}", payload: '/act{{"role": "x"}}'}
  utter_only:
    - {text: "Only for helpers", condition: [{type: slot, name: role, value: helper}]}
actions: [action_say]
"""
DATA = """
rules:
  - {rule: greet, steps: [{intent: greet}, {action: utter_hello}]}
  - {rule: act, steps: [{intent: act}, {action: action_say}]}
"""


def says(**message: Any) -> type[Action]:
    class Says(Action):  # type: ignore[misc]
        def name(self) -> str:
            return "action_say"

        async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
            dispatcher.utter_message(**message)
            return []

    return Says


def talk(folder: Path, **message: Any) -> Talk:
    return Talk(load(folder, DOMAIN, DATA, words=Words({"hi": "greet", "act": "act"}), actions=[says(**message)]))


def test_variations_come_in_turn_and_never_twice_in_a_row(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    texts = [bot.says("hi").messages[0].text for _ in range(4)]
    assert texts == ["Hello {goal_words}", "Hi {{not_this}} {goal_words} {nobody}", "Good day", "Hello {goal_words}"]


def test_only_values_that_the_text_names_leave_the_engine(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    assert [bot.says("hi").messages[0].values for _ in range(3)] == [{"goal_words": "walk"}, {"goal_words": "walk"}, {}]


def test_a_variation_whose_condition_holds_comes_first(tmp_path: Path) -> None:
    message = talk(tmp_path).chooses('/greet{"role": "CAREGIVER"}').messages[0]
    assert message.text == "Hello, dear {role}"
    assert message.buttons[0].title == "Go on, {role}"
    assert message.buttons[0].title_values == {"role": "CAREGIVER"}
    assert parse_payload(message.buttons[0].payload) == ("act", (Entity("role", "x"),))


def test_what_an_action_says_lies_over_the_response(tmp_path: Path) -> None:
    message = talk(tmp_path, response="utter_hello", goal_words="swim", json_message={"kind": "x"}).says("act")
    said = message.messages[0]
    assert (said.response, said.text, said.values) == ("utter_hello", "Hello {goal_words}", {"goal_words": "swim"})
    assert said.custom == {"kind": "x"}


def test_an_action_may_say_a_text_of_its_own(tmp_path: Path) -> None:
    said = talk(tmp_path, text="Well, {goal_words}").says("act").messages[0]
    assert (said.response, said.text, said.values) == (None, "Well, {goal_words}", {"goal_words": "walk"})


def test_a_response_that_fits_nobody_is_not_said(tmp_path: Path) -> None:
    assert talk(tmp_path, response="utter_only").says("act").messages == ()


@pytest.mark.parametrize("message", [{"response": "utter_zzz"}, {"image": "x.png"}, {"buttons": [{"payload": "/a"}]}])
def test_a_message_that_cannot_be_shown_fails_the_turn(tmp_path: Path, message: dict[str, Any]) -> None:
    with pytest.raises(TurnFailed):
        talk(tmp_path, **message).says("act")


@pytest.mark.parametrize(
    ("payload", "intent", "entities"),
    [
        ("/affirm", "affirm", ()),
        ('/choose{"choice": "8"}', "choose", (Entity("choice", "8"),)),
        (
            '/choose{"choice": ["a", "b"], "n": 1}',
            "choose",
            (Entity("choice", "a"), Entity("choice", "b"), Entity("n", 1)),
        ),
    ],
)
def test_payloads_of_buttons(payload: str, intent: str, entities: tuple[Entity, ...]) -> None:
    assert parse_payload(payload) == (intent, entities)


@pytest.mark.parametrize("payload", ["", "affirm", "/", "/a{", '/a{"b"}', "/a{} more", " /a", "/a b"])
def test_what_is_no_payload_is_refused(payload: str) -> None:
    with pytest.raises(PayloadError):
        parse_payload(payload)


@given(st.text())
def test_any_text_is_a_payload_or_a_payload_error(text: str) -> None:
    try:
        intent, _ = parse_payload(text)
    except PayloadError:
        return
    assert text.startswith("/" + intent)
