"""The intended differences of docs/reference/rasa-differences.md: each is still there, on a small bot and bare Rasa."""

import asyncio
import json
import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from rasa_world import RASA

from bot.channel import Renderer
from bot.engine.assistant import Assistant
from bot.engine.errors import TurnFailed
from bot.engine.types import ParseData, Turn, UserMessage
from bot.rasa.responder import Responder
from tests.engine.bots import write_bot

pytestmark = [pytest.mark.rasa, pytest.mark.skipif(not RASA, reason="TEST_RASA is not set")]

PROJECT = Path(__file__).parents[2]
DOCUMENT = PROJECT / "docs" / "reference" / "rasa-differences.md"
CONFIG = """recipe: default.v1
language: en
pipeline:
  - name: KeywordIntentClassifier
policies:
  - name: RulePolicy
"""
DOMAIN = """
intents: [start, content, choose, greet, act, twice, varied, odd, nlu_fallback]
entities: [choice]
slots:
  one:
    type: text
    influence_conversation: false
    mappings: [{type: from_text, conditions: [{active_loop: f, requested_slot: one}]}]
  two:
    type: text
    influence_conversation: false
    mappings: [{type: from_text, intent: content, conditions: [{active_loop: f, requested_slot: two}]}]
forms:
  f: {required_slots: [one, two]}
responses:
  utter_ask_one: [{text: "One"}]
  utter_ask_two: [{text: "Two"}]
  utter_hello: [{text: "Hello"}]
  utter_sent: [{text: "Sent"}]
  utter_unclear: [{text: "Unclear"}]
  utter_default: [{text: "Pardon"}]
  utter_varied: [{text: "A"}, {text: "B"}, {text: "C"}]
actions: [action_write, action_twice]
"""
RULES = """
rules:
  - {rule: start, steps: [{intent: start}, {action: f}, {active_loop: f}]}
  - {rule: greet, steps: [{intent: greet}, {action: utter_hello}]}
  - {rule: act, steps: [{intent: act}, {action: action_write}, {action: utter_sent}]}
  - {rule: twice, steps: [{intent: twice}, {action: action_twice}]}
  - {rule: varied, steps: [{intent: varied}, {action: utter_varied}]}
  - {rule: unclear, steps: [{intent: nlu_fallback}, {action: utter_unclear}]}
"""
NLU = "nlu:\n" + "".join(
    f"  - intent: {name}\n    examples: |\n      - {name} here\n      - {name} there\n"
    for name in ("start", "content", "greet")
)
MORE = {"response": "utter_varied", "buttons": [{"title": "More", "payload": "/greet"}]}
TWICE = {"responses": [MORE, MORE], "events": []}
QUIETLY = Renderer(lambda language, msgid: msgid.lower())  # the language of the small bot
AGAIN = 40  # times: that Rasa's chance never says a variation twice in a row is then 1 to 8 million


def does(intent: str | None, text: str = "x", structured: bool = False) -> dict[str, Any]:
    return {"text": text, "intent": intent, "structured": structured}


TALKS = {
    "fallback": [does("start"), does("content", "first"), does("odd")],
    "button": [does("start"), does("choose", "Yes", structured=True)],
    "failing": [does("act")],
    "twice": [does("twice")],
    "varied": [does("varied")] * AGAIN,
    "spaces": [does("start"), does("content", "  first  ")],
    "payload": [does(None, "/greet")],
    "unknown": [does("nowhere")],
    "history": [does("greet")] * 12 + [does("act")],
}


class Given:
    """An interpreter that is told the answer before it is asked."""

    def __init__(self) -> None:
        self.intent = "content"

    async def parse(self, text: str, *, language: str | None, question: str | None) -> ParseData:
        return ParseData(self.intent, 1.0)


class Actions:
    """`action_twice` says the same twice, with a button. The other one fails, and counts the events it was shown."""

    def __init__(self) -> None:
        self.seen: list[int] = []

    async def run(self, call: dict[str, Any]) -> dict[str, Any]:
        if call["next_action"] == "action_twice":
            return TWICE
        self.seen.append(len(call["tracker"]["events"]))
        raise ValueError("it fails")


class Ours:
    """The small bot on the built-in engine."""

    def __init__(self, folder: Path) -> None:
        self.given, self.actions = Given(), Actions()
        write_bot(folder, DOMAIN, RULES, CONFIG)
        self.assistant = Assistant.load(folder / "bot", [folder / "data"], interpreter=self.given, actions=self.actions)

    def talk(self, messages: list[dict[str, Any]]) -> list[Turn]:
        async def play() -> list[Turn]:
            turns: list[Turn] = []
            for message in messages:
                self.given.intent = message["intent"] or "content"
                said = UserMessage(message["text"], message["intent"] if message["structured"] else None)
                turns.append(await self.assistant.handle("c", turns[-1].state if turns else None, said))
            return turns

        return asyncio.run(play())


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Ours:
    return Ours(tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="module")
def seen() -> list[int]:
    """How many events Rasa showed to its actions."""
    return []


@pytest.fixture(scope="module")
def server(seen: list[int], ours: Ours) -> Iterator[str]:
    """The address of a server with the same actions at /webhook and our words at /nlg."""
    responder = Responder(ours.assistant.domain, QUIETLY)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/nlg":
                self._answer(200, responder.answer(call))
            elif call["next_action"] == "action_twice":
                self._answer(200, TWICE)
            else:
                seen.append(len(call["tracker"]["events"]))
                self._answer(500, {})

        def _answer(self, status: int, answer: dict[str, Any]) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory, server: str) -> dict[str, list[list[dict[str, Any]]]]:
    """The events of every turn of every talk on bare Rasa."""
    folder = tmp_path_factory.mktemp("theirs")
    write_bot(folder, DOMAIN, RULES, CONFIG)
    (folder / "data" / "nlu.yml").write_text(NLU)
    worded = TALKS | {"twice": [message | {"words": f"{server}/nlg"} for message in TALKS["twice"]]}
    (folder / "talks.json").write_text(json.dumps(list(worded.values())))
    script = PROJECT / "tests" / "engine" / "on_rasa.py"
    files = [folder, folder / "talks.json", f"{server}/webhook", folder / "events.json"]
    command = [str(Path(RASA).with_name("python")), str(script), *map(str, files)]
    played = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
    assert played.returncode == 0, played.stderr[-2000:]
    return dict(zip(TALKS, json.loads((folder / "events.json").read_text()), strict=True))


def said(events: Any) -> list[Any]:
    return [event["text"] for event in events if event["event"] == "bot"]


def slots(events: Any) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def intents(events: Any) -> list[str]:
    return [event["parse_data"]["intent"]["name"] for event in events if event["event"] == "user"]


def test_difference_fails_closed(ours: Ours, theirs: Any) -> None:
    with pytest.raises(TurnFailed):
        ours.talk(TALKS["failing"])
    (events,) = theirs["failing"]
    assert "action_write" in [event.get("name") for event in events]
    assert said(events) == ["Sent"]


def test_difference_asks_again_after_a_fallback(ours: Ours, theirs: Any) -> None:
    assert said(ours.talk(TALKS["fallback"])[-1].events) == ["Pardon", "Two"]
    assert said(theirs["fallback"][-1]) == ["Pardon"]


def test_difference_a_button_is_not_words(ours: Ours, theirs: Any) -> None:
    assert ours.talk(TALKS["button"])[-1].slots["one"] is None
    assert slots(theirs["button"][-1])["one"] == "Yes"


def test_difference_typed_text_is_no_payload(ours: Ours, theirs: Any) -> None:
    assert intents(ours.talk(TALKS["payload"])[-1].events) == ["content"]
    assert intents(theirs["payload"][-1]) == ["greet"]


def test_difference_variations_come_in_turn(ours: Ours, theirs: Any) -> None:
    mine = [said(turn.events)[0] for turn in ours.talk(TALKS["varied"])]
    assert mine == (["A", "B", "C"] * AGAIN)[:AGAIN]
    other = [said(events)[0] for events in theirs["varied"]]
    assert any(one == two for one, two in zip(other, other[1:], strict=False))


def test_difference_words_keep_their_spaces(ours: Ours, theirs: Any) -> None:
    assert slots(ours.talk(TALKS["spaces"])[-1].events)["one"] == "  first  "
    assert slots(theirs["spaces"][-1])["one"] == "first"


def test_difference_an_unknown_intent_is_not_understood(ours: Ours, theirs: Any) -> None:
    (turn,) = ours.talk(TALKS["unknown"])
    assert (intents(turn.events), said(turn.events)) == (["nlu_fallback"], ["Unclear"])
    assert intents(theirs["unknown"][-1]) == ["nowhere"]


def test_difference_actions_see_less(ours: Ours, theirs: Any, seen: list[int]) -> None:
    ours.actions.seen.clear()
    with pytest.raises(TurnFailed):
        ours.talk(TALKS["history"])
    assert theirs
    assert ours.actions.seen[-1] < max(seen)
    assert max(seen) > 4 * len(TALKS["history"])


def test_difference_two_in_one_action(ours: Ours, theirs: Any) -> None:
    """Rasa asks for all words of an action with one and the same tracker."""
    assert said(ours.talk(TALKS["twice"])[-1].events) == ["A", "B"]
    assert said(theirs["twice"][-1]) == ["a", "a"]


def test_difference_buttons_of_an_action_keep_their_words(ours: Ours, theirs: Any) -> None:
    (button,) = ours.talk(TALKS["twice"])[-1].messages[0].buttons
    assert QUIETLY.text(button.title, button.title_values, "en") == "more"
    shown = [event["data"]["buttons"] for event in theirs["twice"][-1] if event["event"] == "bot"]
    assert [[each["title"] for each in buttons] for buttons in shown] == [["More"], ["More"]]


def test_every_difference_that_is_written_down_has_its_test() -> None:
    written = re.findall(r"`test_difference_(\w+)`", DOCUMENT.read_text("utf-8"))
    tested = [name.removeprefix("test_difference_") for name in globals() if name.startswith("test_difference_")]
    elsewhere = re.findall(r"def test_difference_(\w+)", (Path(__file__).with_name("test_rasa_process.py")).read_text())
    assert sorted(written) == sorted([*tested, *elsewhere])
