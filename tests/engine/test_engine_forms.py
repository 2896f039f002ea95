"""Forms: activation, filling, validation, rejection, unhappy paths and the end, in Rasa's order of events."""

from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Action, FormValidationAction
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.engine.errors import TurnFailed
from tests.engine.bots import Sdk, Talk, Words, load, said, trace

DOMAIN = """
intents: [start, content, explain, greet, choose]
entities: [choice]
slots:
  name:
    type: text
    influence_conversation: false
    mappings:
      - {type: from_entity, entity: choice, conditions: [{active_loop: f, requested_slot: name}]}
      - {type: from_text, not_intent: [explain, greet, choose], conditions: [{active_loop: f, requested_slot: name}]}
  age:
    type: any
    mappings:
      - {type: from_text, not_intent: [explain, greet, choose], conditions: [{active_loop: f, requested_slot: age}]}
forms:
  f:
    required_slots: [name, age]
responses:
  utter_ask_name: [{text: Your name?}]
  utter_ask_f_age: [{text: "Your age, {name}?"}]
  utter_ask_age: [{text: not this one}]
  utter_explained: [{text: Because.}]
  utter_hello: [{text: Hello}]
  utter_done: [{text: Done}]
  utter_default: [{text: Sorry}]
actions: [%s]
"""
DATA = """
rules:
  - rule: start
    steps:
      - intent: start
      - action: f
      - active_loop: f
  - rule: end
    condition:
      - active_loop: f
    steps:
      - action: f
      - active_loop: null
      - slot_was_set:
          - requested_slot: null
      - action: utter_done
  - rule: explain
    condition:
      - active_loop: f
    steps:
      - intent: explain
      - action: utter_explained
      - action: f
      - active_loop: f
  - rule: greet
    steps:
      - intent: greet
      - action: utter_hello
"""
WORDS = Words({"why": "explain", "hi": "greet", "x": "choose"})


class ValidateF(FormValidationAction):  # type: ignore[misc]
    """Refuses short names, and asks for no age of those who have none."""

    def name(self) -> str:
        return "validate_f"

    async def required_slots(self, domain_slots: list[str], dispatcher: Any, tracker: Any, domain: Any) -> list[str]:
        return [slot for slot in domain_slots if slot != "age" or tracker.get_slot("name") != "Ageless"]

    def validate_name(self, value: Any, dispatcher: Any, tracker: Any, domain: Any) -> dict[str, Any]:
        if value == "crash":
            raise RuntimeError("no")
        if len(value) < 2:
            dispatcher.utter_message(response="utter_explained")
            return {"name": None}
        return {"name": value.title()}


def talk(folder: Path, actions: Any = (), names: str = "", words: Words = WORDS) -> Talk:
    return Talk(load(folder, DOMAIN % names, DATA, words=words, actions=actions))


def test_activation_gives_action_loop_slot_and_question_in_this_order(tmp_path: Path) -> None:
    turn = talk(tmp_path).chooses("/start")
    assert trace(turn) == [
        "action action_session_start",
        "session_started",
        "action action_listen",
        "user start",
        "user_featurization",
        "action f",
        "active_loop f",
        "slot requested_slot=name",
        "bot utter_ask_name",
        "action action_listen",
    ]
    assert turn.requested_slot == "name"
    assert turn.events[5]["policy"] == "RulePolicy"


def test_an_answer_fills_the_slot_and_the_next_question_comes(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    bot.chooses("/start")
    turn = bot.says("Ada")
    assert trace(turn) == [
        "user content",
        "slot name=Ada",
        "user_featurization",
        "action f",
        "slot requested_slot=age",
        "bot utter_ask_f_age",
        "action action_listen",
    ]
    assert turn.messages[0].values == {"name": "Ada"}
    assert turn.messages[0].text == "Your age, {name}?"


def test_the_end_unsets_the_requested_slot_before_the_loop(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    bot.chooses("/start")
    bot.says("Ada")
    turn = bot.says("36")
    assert trace(turn)[2:] == [
        "user_featurization",
        "action f",
        "slot requested_slot=None",
        "active_loop None",
        "action utter_done",
        "bot utter_done",
        "action action_listen",
    ]
    assert turn.requested_slot is None


def test_a_move_inside_a_form_is_answered_and_the_question_asked_again(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    bot.chooses("/start")
    turn = bot.says("why")
    assert trace(turn) == [
        "user explain",
        "action_execution_rejected f",
        "user_featurization",
        "action utter_explained",
        "bot utter_explained",
        "action f",
        "slot requested_slot=name",
        "bot utter_ask_name",
        "action action_listen",
    ]


def test_a_general_rule_inside_a_form_returns_to_the_form(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    bot.chooses("/start")
    assert said(bot.says("hi")) == ["utter_hello", "utter_ask_name"]
    assert bot.says("Ada").slots["name"] == "Ada"


def test_after_a_fallback_inside_a_form_the_question_is_asked_again(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    bot.chooses("/start")
    turn = bot.says("x")
    assert said(turn) == ["utter_default", "utter_ask_name"]
    assert turn.requested_slot == "name"
    assert bot.says("Ada").slots["name"] == "Ada"


def test_the_text_of_a_button_is_never_kept_as_an_answer(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    bot.chooses("/start")
    assert bot.chooses("/content").slots["name"] is None
    assert bot.chooses('/content{"choice": "Bob"}').slots["name"] == "Bob"


def test_a_typed_slash_is_only_text(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    bot.chooses("/start")
    turn = bot.says("/restart")
    assert turn.slots["name"] == "/restart"


def test_a_validator_may_change_refuse_and_skip(tmp_path: Path) -> None:
    bot = talk(tmp_path, [ValidateF], "validate_f")
    bot.chooses("/start")
    turn = bot.says("A")
    assert trace(turn) == [
        "user content",
        "slot name=A",
        "user_featurization",
        "action f",
        "bot utter_explained",
        "slot name=None",
        "slot requested_slot=name",
        "bot utter_ask_name",
        "action action_listen",
    ]
    assert said(bot.says("ada")) == ["utter_ask_f_age"]
    assert bot.turns[-1].slots["name"] == "Ada"


def test_dynamic_required_slots_end_the_form_early(tmp_path: Path) -> None:
    bot = talk(tmp_path, [ValidateF], "validate_f")
    bot.chooses("/start")
    turn = bot.says("ageless")
    assert "slot requested_slot=None" in trace(turn)
    assert said(turn) == ["utter_done"]


def test_an_error_of_a_validator_fails_the_turn_and_the_old_state_goes_on(tmp_path: Path) -> None:
    bot = talk(tmp_path, [ValidateF], "validate_f")
    bot.chooses("/start")
    with pytest.raises(TurnFailed):
        bot.says("crash")
    assert said(bot.says("ada")) == ["utter_ask_f_age"]


def test_the_validator_sees_the_candidates_as_the_last_events(tmp_path: Path) -> None:
    sdk = Sdk([ValidateF])
    bot = talk(tmp_path, sdk, "validate_f")
    bot.chooses("/start")
    bot.says("ada", typed_by="self")
    tracker = sdk.calls[-1]["tracker"]
    kept = [(event["event"], event.get("name"), event.get("value")) for event in tracker["events"][-3:]]
    assert kept == [("slot", "requested_slot", "name"), ("action", "f", None), ("slot", "name", "ada")]
    assert tracker["active_loop"]["name"] == "f"
    assert tracker["latest_message"]["text"] == "ada"
    assert tracker["latest_message"]["metadata"] == {"typed_by": "self"}
    assert tracker["events"][0]["metadata"]["utter_action"] == "utter_ask_name"
    assert sdk.calls[-1]["domain"]["forms"] == {"f": {"required_slots": ["name", "age"]}}


class AskAge(Action):  # type: ignore[misc]
    def name(self) -> str:
        return "action_ask_f_age"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        buttons = [{"title": "Old, {word}", "payload": '/content{"choice": "old"}'}]
        dispatcher.utter_message(response="utter_ask_f_age", buttons=buttons, word="very", json_message={"n": 1})
        return []


def test_a_question_may_come_from_an_action(tmp_path: Path) -> None:
    bot = talk(tmp_path, [AskAge], "action_ask_f_age")
    bot.chooses("/start")
    message = bot.says("Ada").messages[0]
    assert message.response == "utter_ask_f_age"
    assert message.buttons[0].title_values == {"word": "very"}
    assert message.custom == {"n": 1}
    assert bot.turns[-1].events[-2]["metadata"]["question"] == "age"


class Refuses(Action):  # type: ignore[misc]
    def name(self) -> str:
        return "action_refuses"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise ActionExecutionRejection("action_refuses")


def test_a_custom_action_that_rejects_leads_to_the_fallback(tmp_path: Path) -> None:
    data = "rules: [{rule: r, steps: [{intent: greet}, {action: action_refuses}]}]"
    bot = Talk(load(tmp_path, DOMAIN % "action_refuses", data, words=WORDS, actions=[Refuses]))
    turn = bot.says("hi")
    assert "action_execution_rejected action_refuses" in trace(turn)
    assert said(turn) == ["utter_default"]
