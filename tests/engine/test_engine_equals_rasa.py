"""Our engine and real Rasa 3.6.21 give the same events for the same messages.

Needs Rasa in a Python of its own: TEST_RASA is the path of its `rasa` command. The comparison
leaves out intended differences: the question asked again after a fallback, and which variation is said.
"""

import asyncio
import json
import os
import random
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.engine.assistant import Assistant
from bot.engine.types import Entity, ParseData, UserMessage
from tests.engine import test_engine_properties as small
from tests.engine.bots import Sdk, load

RASA = os.environ.get("TEST_RASA")
pytestmark = [pytest.mark.rasa, pytest.mark.skipif(not RASA, reason="TEST_RASA is not set")]

DOMAIN = """
intents: [start, other, content, explain, greet, stop, story, story2, chain, refuse, thanks]
entities: [choice, mood]
slots:
  mood: {type: categorical, values: [good, bad], initial_value: good, mappings: [{type: from_entity, entity: mood}]}
  done: {type: bool, mappings: [{type: from_intent, intent: chain, value: true}]}
  free: {type: text, mappings: [{type: from_text, conditions: [{active_loop: null}]}]}
  trigger:
    type: text
    influence_conversation: false
    mappings: [{type: from_trigger_intent, intent: start, value: started}]
  one:
    type: any
    mappings:
      - {type: from_entity, entity: choice}
      - type: from_text
        not_intent: [explain, greet, stop, thanks]
        conditions: [{active_loop: f, requested_slot: one}]
  two:
    type: text
    mappings:
      - {type: from_entity, entity: choice}
      - {type: from_text, intent: content, conditions: [{active_loop: f, requested_slot: two}]}
  gone:
    type: list
    mappings:
      - {type: from_entity, entity: mood, conditions: [{active_loop: g}]}
      - {type: from_text, conditions: [{active_loop: g, requested_slot: gone}]}
forms:
  f: {required_slots: [one, two], ignored_intents: [refuse]}
  g: {required_slots: [gone]}
responses:
  utter_ask_one: [{text: "One"}]
  utter_ask_f_two: [{text: "Two {one}"}]
  utter_ask_two: [{text: "Two {one}"}]
  utter_ask_gone: [{text: "Gone"}]
  utter_explained: [{text: "Because."}]
  utter_hello: [{text: "Hello"}]
  utter_done: [{text: "Done"}]
  utter_story: [{text: "Once"}]
  utter_thanks: [{text: "Thanks"}]
  utter_good: [{text: "Good"}]
  utter_back: [{text: "Back"}]
"""
DATA = """
rules:
  - {rule: start, steps: [{intent: start}, {action: f}, {active_loop: f}]}
  - {rule: other, steps: [{intent: other}, {action: g}, {active_loop: g}]}
  - rule: end
    condition: [{active_loop: f}]
    steps: [{action: f}, {active_loop: null}, {slot_was_set: [{requested_slot: null}]}, {action: utter_done}]
  - rule: endg
    wait_for_user_input: false
    condition: [{active_loop: g}]
    steps: [{action: g}, {active_loop: null}, {action: utter_good}]
  - {rule: aftergood, steps: [{action: utter_good}, {action: utter_done}]}
  - rule: explain
    condition: [{active_loop: f}]
    steps: [{intent: explain}, {action: utter_explained}, {action: f}, {active_loop: f}]
  - {rule: greet, steps: [{intent: greet}, {action: utter_hello}]}
  - rule: greet bad
    condition: [{slot_was_set: [{mood: bad}]}]
    steps: [{intent: greet}, {action: utter_thanks}, {action: utter_hello}]
  - rule: chain
    condition: [{slot_was_set: [{done: true}]}]
    steps: [{intent: chain}, {action: utter_good}, {action: utter_done}]
  - rule: stop
    condition: [{active_loop: f}]
    steps: [{intent: stop}, {action: action_deactivate_loop}, {active_loop: null}, {action: utter_hello}]
stories:
  - story: s
    steps:
      - intent: story
      - action: utter_story
      - or: [{intent: story}, {intent: story2}]
      - action: utter_hello
      - checkpoint: c
  - {story: s2, steps: [{checkpoint: c}, {intent: thanks}, {action: utter_thanks}]}
  - {story: s3, steps: [{checkpoint: c}, {intent: story2}, {action: utter_explained}, {action: utter_thanks}]}
  - story: unhappy
    steps:
      - intent: start
      - action: f
      - active_loop: f
      - intent: thanks
      - action: utter_thanks
      - action: f
      - active_loop: null
      - action: utter_done
"""
CONFIG = """
policies:
  - {name: MemoizationPolicy, max_history: 5}
  - {name: RulePolicy}
"""
SMALL_INTENTS = "start start content content content explain greet stop story back restart out_of_scope"
INTENTS = "start other content content explain greet stop story story2 chain refuse back thanks"
PIPELINE = "recipe: default.v1\nlanguage: en\npipeline:\n  - name: KeywordIntentClassifier\n"
NLU = """  - intent: {0}
    examples: |
      - {0} here
      - {0} there
"""


class Given:
    """An interpreter that is told the answer in the text itself."""

    async def parse(self, text: str, *, language: str | None, question: str | None) -> ParseData:
        message = json.loads(text)
        entities = tuple(Entity(item["entity"], item["value"]) for item in message["entities"])
        return ParseData(message["intent"], 1.0, entities)


def conversations(intents: str, seed: int) -> list[list[dict[str, Any]]]:
    """40 conversations of 14 messages; each text holds its own meaning."""
    chance = random.Random(seed)  # noqa: S311
    return [[_message(chance, intents.split()) for _ in range(14)] for _ in range(40)]


def _message(chance: random.Random, intents: list[str]) -> dict[str, Any]:
    entities = []
    if chance.random() < 0.25:
        entities.append({"entity": "choice", "value": chance.choice(["x", "y", None])})
    if chance.random() < 0.2:
        entities.append({"entity": "mood", "value": chance.choice(["good", "bad", "odd"])})
    message = {"intent": chance.choice(intents), "entities": entities}
    return message | {"text": json.dumps(message)}


async def on_ours(assistant: Assistant, messages: list[dict[str, Any]]) -> list[list[str]]:
    state: dict[str, Any] | None = None
    found = []
    for message in messages:
        turn = await assistant.handle("c", state, UserMessage(message["text"]))
        state = turn.state
        found.append(shortened(turn.events))
    return found


def shortened(events: Any) -> list[str]:
    """What must be the same. The question that only we ask again after a fallback is left out."""
    found: list[str] = []
    for event in events:
        match event["event"]:
            case "bot":
                if found[-1:] != ["rewind"] or not event["metadata"].get("question"):
                    found.append(f"bot {event['metadata'].get('utter_action')}")
            case "slot":
                found.append(f"slot {event['name']}={event['value']!r}")
            case "action":
                found.append(" ".join(str(event[key]) for key in ("name", "policy", "confidence", "hide_rule_turn")))
            case "active_loop" | "action_execution_rejected" as kind:
                found.append(f"{kind} {event['name']}")
            case kind:
                found.append(kind)
    return found


@pytest.fixture
def action_server() -> Iterator[str]:
    sdk = Sdk([small.ValidateF])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = json.dumps(asyncio.run(sdk.run(call))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/webhook"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("domain", "data", "config", "intents"),
    [
        pytest.param(small.DOMAIN, small.DATA, small.CONFIG, SMALL_INTENTS, id="a form with a validator"),
        pytest.param(DOMAIN, DATA, CONFIG, INTENTS, id="two forms, stories and checkpoints"),
    ],
)
def test_rasa_gives_the_same_events(
    tmp_path: Path, action_server: str, domain: str, data: str, config: str, intents: str
) -> None:
    assistant = load(tmp_path, domain, data, PIPELINE + config.lstrip(), Given(), Sdk([small.ValidateF]))
    names = sorted(set(intents.split()) - {"back", "restart", "out_of_scope"})
    (tmp_path / "data" / "nlu.yml").write_text("nlu:\n" + "".join(NLU.format(name) for name in names))
    script = conversations(intents, seed=1)
    (tmp_path / "script.json").write_text(json.dumps(script))
    here = Path(__file__).with_name("on_rasa.py")
    files = [tmp_path, tmp_path / "script.json", action_server, tmp_path / "events.json"]
    command = [str(Path(RASA or "").with_name("python")), str(here), *map(str, files)]
    played = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
    assert played.returncode == 0, played.stderr[-2000:]
    theirs = json.loads((tmp_path / "events.json").read_text())
    for messages, turns in zip(script, theirs, strict=True):
        assert asyncio.run(on_ours(assistant, messages)) == [shortened(events) for events in turns]
