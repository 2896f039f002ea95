"""Whatever people say: only TurnFailed, bounded state, the same talk twice, and states that survive JSON."""

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rasa_sdk import FormValidationAction

from bot.engine.assistant import Assistant
from bot.engine.errors import TurnFailed
from bot.engine.payloads import parse_payload
from bot.engine.placeholders import placeholders, stray_brace, used_values
from bot.engine.types import UserMessage
from tests.engine.bots import Sdk, Words, load

DOMAIN = """
intents: [start, content, explain, greet, stop, story]
entities: [choice, mood]
slots:
  mood: {type: categorical, values: [good, bad], mappings: [{type: from_entity, entity: mood}]}
  one:
    type: any
    mappings:
      - {type: from_entity, entity: choice, conditions: [{active_loop: f}]}
      - {type: from_text, not_intent: [explain, greet, stop], conditions: [{active_loop: f, requested_slot: one}]}
  two:
    type: text
    mappings: [{type: from_text, not_intent: explain, conditions: [{active_loop: f, requested_slot: two}]}]
  three: {type: any, mappings: [{type: custom}]}
forms: {f: {required_slots: [one, two]}}
responses:
  utter_ask_one: [{text: One}, {text: "One, please?"}]
  utter_ask_two: [{text: "Two? {one}"}]
  utter_explained: [{text: Because.}]
  utter_hello: [{text: Hello}, {text: Hi, condition: [{type: slot, name: mood, value: good}]}]
  utter_done: [{text: Done}]
  utter_story: [{text: Once}]
  utter_default: [{text: Sorry}]
actions: [validate_f]
"""
DATA = """
rules:
  - {rule: start, steps: [{intent: start}, {action: f}, {active_loop: f}]}
  - rule: end
    condition: [{active_loop: f}]
    steps: [{action: f}, {active_loop: null}, {action: utter_done}]
  - rule: explain
    condition: [{active_loop: f}]
    steps: [{intent: explain}, {action: utter_explained}, {action: f}, {active_loop: f}]
  - {rule: greet, steps: [{intent: greet}, {action: utter_hello}]}
  - rule: stop
    condition: [{active_loop: f}]
    steps: [{intent: stop}, {action: action_deactivate_loop}, {active_loop: null}, {action: utter_hello}]
stories:
  - {story: s, steps: [{intent: story}, {action: utter_story}, {intent: story}, {action: utter_hello}]}
"""
CONFIG = """
policies:
  - {name: AugmentedMemoizationPolicy, max_history: 4}
  - {name: RulePolicy}
"""


class ValidateF(FormValidationAction):  # type: ignore[misc]
    def name(self) -> str:
        return "validate_f"

    def validate_two(self, value: Any, dispatcher: Any, tracker: Any, domain: Any) -> dict[str, Any]:
        if value == "crash":
            raise RuntimeError
        return {"two": value if len(value) > 2 else None}


WORDS = Words({"start": "start", "why": "explain", "hi": "greet", "stop": "stop", "tale": "story"})
PAYLOADS = ["/start", "/explain", "/greet", "/stop", "/back", "/restart", "/story", "/unknown", "/out_of_scope"]
PAYLOADS += ['/content{"choice": "x"}', '/greet{"mood": ["bad", "good"]}', '/content{"choice": null, "odd": 1}']
TEXTS = st.sampled_from([*WORDS.known, "crash", "/restart", "", "{one}"]) | st.text(max_size=10)
MESSAGES = st.builds(UserMessage, TEXTS) | st.sampled_from(PAYLOADS).map(
    lambda payload: UserMessage(payload, *parse_payload(payload))
)


def bot() -> Assistant:
    with tempfile.TemporaryDirectory() as folder:
        return load(Path(folder), DOMAIN, DATA, CONFIG, WORDS, Sdk([ValidateF]))


BOT = bot()


async def _talk(messages: list[UserMessage], assistant: Assistant, *, through_json: bool) -> list[Any]:
    state: dict[str, Any] | None = None
    seen: list[Any] = []
    for message in messages:
        try:
            turn = await assistant.handle("c", state, message)
        except TurnFailed:
            seen.append("failed")
            continue
        state = json.loads(json.dumps(turn.state)) if through_json else turn.state
        assert json.loads(json.dumps(turn.state)) == turn.state
        events = [{key: value for key, value in event.items() if key != "timestamp"} for event in turn.events]
        seen.append((events, turn.messages, turn.slots))
    return seen


def talk(messages: list[UserMessage], *, through_json: bool = False) -> list[Any]:
    return asyncio.run(_talk(messages, BOT, through_json=through_json))


@settings(max_examples=40)
@given(st.lists(MESSAGES, max_size=15))
def test_the_same_messages_give_the_same_talk_and_nothing_but_turn_failed(messages: list[UserMessage]) -> None:
    assert talk(messages) == talk(messages, through_json=True)


@settings(max_examples=4)
@given(st.lists(MESSAGES, min_size=5, max_size=12))
def test_the_state_stays_bounded_over_300_turns(messages: list[UserMessage]) -> None:
    async def sizes() -> list[int]:
        state: dict[str, Any] | None = None
        found = []
        for turn in range(300):
            try:
                state = (await BOT.handle("c", state, messages[turn % len(messages)])).state
            except TurnFailed:
                continue
            found.append(len(json.dumps(state)))
        return found

    found = asyncio.run(sizes())
    # One pass over the messages fills the window; after it the size must not go on growing.
    assert not found or max(found[150:], default=0) <= 1.2 * max(found[:150]) + 200
    assert max(found, default=0) < 60_000


@given(st.text())
def test_placeholders_of_any_text_are_found_without_failing(text: str) -> None:
    names = placeholders(text)
    assert used_values(text, dict.fromkeys(names, 1)) == dict.fromkeys(names, 1)
    if not names and not stray_brace(text):
        assert text.replace("{{", "").replace("}}", "").count("{") == 0


def test_doubled_braces_hold_no_placeholder() -> None:
    assert placeholders("{{a}} {b} {c d} {b}") == ("b", "c d")
    assert not stray_brace("{{a}} {b}")
    assert stray_brace("a } b")
