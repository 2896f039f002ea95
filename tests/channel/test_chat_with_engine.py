"""The channel and the built-in engine together: a small bot in Rasa's own files, over HTTP, on a real database."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_world import World, choices_of, choose, say
from starlette.testclient import TestClient

from bot.engine.assistant import Assistant
from bot.engine.errors import ActionFailed
from bot.engine.types import ParseData

CONFIG = """
recipe: default.v1
language: en
policies:
  - name: RulePolicy
"""
DOMAIN = """
version: "3.1"
intents: [open_conversation, switch_language, affirm, choose, explain, content, order]
entities: [visit, role, language, conversation, choice]
forms:
  interview_form:
    required_slots: [welcome, goal_words, matters_most]
slots:
  language:
    type: text
    influence_conversation: false
    mappings: [{type: from_entity, entity: language}]
  welcome:
    type: any
    mappings:
      - type: from_intent
        intent: affirm
        value: "yes"
        conditions: [{active_loop: interview_form, requested_slot: welcome}]
  goal_words:
    type: text
    influence_conversation: false
    mappings:
      - type: from_text
        not_intent: [explain, affirm, choose, switch_language, order]
        conditions: [{active_loop: interview_form, requested_slot: goal_words}]
  matters_most:
    type: any
    mappings:
      - type: from_entity
        entity: choice
        conditions: [{active_loop: interview_form, requested_slot: matters_most}]
responses:
  utter_hello:
    - text: "Hello."
  utter_ask_welcome:
    - text: "Shall we begin?"
      buttons: [{title: "Yes", payload: "/affirm"}]
  utter_ask_goal_words:
    - text: "What would you like to do?"
  utter_ask_matters_most:
    - text: "You said:\\n{goal_words}\\nIs that right?"
      buttons:
        - {title: "Family", payload: '/choose{{"choice": "family_friends"}}'}
        - {title: "Home", payload: '/choose{{"choice": "home_life"}}'}
  utter_explained:
    - text: "Tell it in your own words."
  utter_language_changed:
    - text: "We go on in this language."
  utter_closing:
    - text: "Thank you."
actions: [action_order]
"""
RULES = """
version: "3.1"
rules:
  - rule: Open
    steps:
      - intent: open_conversation
      - action: utter_hello
      - action: interview_form
      - active_loop: interview_form
  - rule: Explain
    condition: [{active_loop: interview_form}]
    steps:
      - intent: explain
      - action: utter_explained
      - action: interview_form
      - active_loop: interview_form
  - rule: Switch
    condition: [{active_loop: interview_form}]
    steps:
      - intent: switch_language
      - action: utter_language_changed
      - action: interview_form
      - active_loop: interview_form
  - rule: Order
    condition: [{active_loop: interview_form}]
    steps:
      - intent: order
      - action: action_order
      - action: interview_form
      - active_loop: interview_form
  - rule: Close
    condition: [{active_loop: interview_form}]
    steps:
      - action: interview_form
      - active_loop: null
      - slot_was_set: [{requested_slot: null}]
      - action: utter_closing
"""


class Words:
    """Knows two phrases; everything else is what a person says."""

    async def parse(self, text: str, *, language: str | None, question: str | None) -> ParseData:
        known = {"what do you mean": "explain", "order a pizza": "order"}
        return ParseData(known.get(text, "content"), 0.9, extra={"language": "nl" if text.startswith("Ik ") else "en"})


class BrokenActions:
    """An action server that is down."""

    async def run(self, call: dict[str, Any]) -> dict[str, Any]:
        raise ActionFailed("the action server does not answer")


@pytest.fixture
def engine_world(tmp_path: Path, empty_installation: Path) -> Iterator[World]:
    shutil.copytree(empty_installation, tmp_path, dirs_exist_ok=True)
    for name, text in (("bot/domain.yml", DOMAIN), ("bot/config.yml", CONFIG), ("data/rules.yml", RULES)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assistant = Assistant.load(tmp_path / "bot", [tmp_path / "data"], interpreter=Words(), actions=BrokenActions())
    world = World(tmp_path, migrate=False, assistant=assistant)
    yield world
    world.engine.dispose()


def begun(world: World) -> TestClient:
    patient = world.patient()
    choose(patient, choices_of(patient.get("/api/chat").json())["affirm"])
    return patient


def test_a_conversation_in_rasas_files_goes_to_its_end(engine_world: World) -> None:
    patient = engine_world.patient()
    opened = patient.get("/api/chat").json()
    assert [(each["key"], each["kind"]) for each in opened["messages"]] == [("hello", "text"), ("welcome", "question")]
    choose(patient, choices_of(opened)["affirm"])
    asked = say(patient, "Ik wil wandelen").json()
    assert asked["question"] == "matters_most"
    assert (asked["messages"][0]["lang"], asked["messages"][0]["text"]) == ("nl", "Ik wil wandelen")
    assert asked["messages"][1]["text"] == "You said:\nIk wil wandelen\nIs that right?"
    closed = choose(patient, choices_of(asked)["home_life"]).json()
    assert closed["messages"][-1]["key"] == "closing"


@pytest.mark.parametrize(
    "typed", ["/restart", ' /affirm{"x":1}', "{{7*7}} {language}", "<script>alert(1)</script>", "😀"]
)
def test_strange_text_is_an_answer_and_nothing_else(engine_world: World, typed: str) -> None:
    patient = begun(engine_world)
    asked = say(patient, typed).json()
    assert asked["question"] == "matters_most"
    assert asked["messages"][-1]["parts"][1]["text"] == typed


def test_a_typed_payload_where_a_button_is_asked_for_chooses_nothing(engine_world: World) -> None:
    patient = engine_world.patient()
    assert say(patient, "/affirm").json()["question"] == "welcome"


def test_an_explanation_asks_the_question_again_with_choices_that_work(engine_world: World) -> None:
    patient = begun(engine_world)
    say(patient, "walk")
    explained = say(patient, "what do you mean").json()
    assert [each["key"] for each in explained["messages"][1:]] == ["explained", "matters_most"]
    assert choose(patient, choices_of(explained)["family_friends"]).status_code == 200


def test_a_language_switch_renders_again_and_the_question_stays_answerable(engine_world: World) -> None:
    patient = begun(engine_world)
    say(patient, "walk")
    before = patient.get("/api/chat").json()
    body = patient.put("/api/chat/language", json={"language": "nl"}).json()
    assert len(body["messages"]) == len(before["messages"])
    assert body["messages"][-1]["text"] == "U zei:\nwalk\nKlopt dat?"
    assert choose(patient, choices_of(body)["family_friends"]).json()["messages"][0]["text"] == "Familie"


def test_an_action_server_that_is_down_loses_no_answer(engine_world: World) -> None:
    patient = begun(engine_world)
    before = patient.get("/api/chat").json()
    assert say(patient, "order a pizza", message_id=str(uuid.uuid4())).status_code == 503
    assert patient.get("/api/chat").json() == before
    assert say(patient, "walk").json()["question"] == "matters_most"
