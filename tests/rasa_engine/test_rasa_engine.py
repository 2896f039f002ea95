"""The engine that speaks to Rasa's process: what it sends, and that it fails whole. Rasa itself: tests/rasa."""

import asyncio
from collections.abc import Callable
from functools import cache
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

import bot.rasa.engine
from bot.engine.errors import TurnFailed
from bot.engine.types import Entity, ParseData, Turn, UserMessage
from bot.rasa.engine import RasaEngine
from voorop.engines import load_domain

domain = cache(load_domain)  # reading all files takes longer than any of these tests
TOKEN = "7" * 64
TYPED = '/restart{"choice": "affirm"}'
Answer = Callable[[dict[str, Any]], Any]


class Content:
    """An interpreter to which everything is content; it notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None, str | None]] = []

    async def parse(self, text: str, *, language: str | None, question: str | None) -> ParseData:
        self.asked.append((text, language, question))
        return ParseData("content", 0.9, (), {"language": "nl"})


class Far:
    """A process in the place of Rasa's, that answers what it is told to."""

    def __init__(self, answer: Answer) -> None:
        self.calls: list[dict[str, Any]] = []
        self.interpreter = Content()
        self._answer = answer
        self._app = FastAPI()
        self._app.add_api_route("/webhooks/voorop/turn", self._take, methods=["POST"])

    async def _take(self, request: Request) -> Response:
        if request.headers["authorization"] != f"Bearer {TOKEN}":
            return JSONResponse({}, 401)
        self.calls.append(await request.json())
        answer = self._answer(self.calls[-1])
        return answer if isinstance(answer, Response) else JSONResponse(answer)

    def turn(self, message: UserMessage, state: dict[str, Any] | None = None, token: str = TOKEN) -> Turn:
        async def take() -> Turn:
            transport = httpx2.ASGITransport(app=self._app)
            engine = RasaEngine(domain(), self.interpreter, "http://rasa", token, transport=transport)
            try:
                return await engine.handle("c1", state, message)
            finally:
                await engine.close()

        return asyncio.run(take())


def listens(call: dict[str, Any]) -> dict[str, Any]:
    """Rasa's answer when a form asks the next question."""
    message = call["message"]
    metadata = {"utter_action": "utter_ask_welcome", "source": "Shall we {begin}?", "values": {"begin": "go"}}
    button = {"title": "Ja", "payload": "/affirm", "source_title": "Yes", "title_values": {}}
    return {
        "events": [
            {"event": "user", "text": message["text"], "parse_data": message["parse_data"], "metadata": {}},
            {"event": "bot", "text": "Zullen we go?", "data": {"buttons": [button]}, "metadata": metadata},
            {"event": "bot", "text": None, "data": {"custom": {}}, "metadata": {"utter_action": "utter_nothing"}},
            {"event": "action", "name": "action_listen", "metadata": {"model_id": "m"}, "policy": None},
        ],
        "slots": {"language": "nl", "requested_slot": "welcome"},
        "active_loop": "interview_form",
    }


def test_typed_words_reach_rasa_with_their_meaning_so_that_they_are_never_a_payload() -> None:
    far = Far(listens)
    far.turn(UserMessage(TYPED, metadata={"message_id": "m1"}))
    (call,) = far.calls
    assert call["message"]["text"] == TYPED
    assert call["message"]["parse_data"]["intent"]["name"] == "content"
    assert call["message"]["parse_data"]["entities"] == []
    assert call["message"]["parse_data"]["language"] == "nl"


def test_a_choice_is_not_interpreted_and_only_known_entities_go_along() -> None:
    far = Far(listens)
    far.turn(UserMessage("Ja", "choose", (Entity("choice", "affirm"), Entity("unknown", "x"))))
    parsed = far.calls[0]["message"]["parse_data"]
    assert (parsed["intent"]["name"], parsed["entities"]) == ("choose", [{"entity": "choice", "value": "affirm"}])
    assert parsed["structured"] is True
    assert far.interpreter.asked == []


def test_the_next_turn_takes_along_what_came_before_and_what_is_asked() -> None:
    far = Far(listens)
    first = far.turn(UserMessage("hallo"))
    far.turn(UserMessage("ja"), first.state)
    assert far.calls[0]["events"] == []
    assert [event["event"] for event in far.calls[1]["events"]] == ["user", "bot", "bot", "action"]
    assert far.interpreter.asked == [("hallo", None, None), ("ja", "nl", "welcome")]


def test_a_turn_is_in_the_form_of_the_built_in_engine() -> None:
    turn = Far(listens).turn(UserMessage("hallo"))
    (message,) = turn.messages
    assert (message.response, message.text, message.values) == (
        "utter_ask_welcome",
        "Shall we {begin}?",
        {"begin": "go"},
    )
    assert [(button.title, button.payload) for button in message.buttons] == [("Yes", "/affirm")]
    assert [event["event"] for event in turn.events] == ["user", "bot", "action"]
    assert "metadata" not in turn.events[-1]
    assert turn.requested_slot == "welcome"


@pytest.mark.parametrize(
    "answer",
    [
        JSONResponse({"error": "validate_interview_form: RasaException"}, 502),
        JSONResponse({"error": "ValueError"}, 500),
        JSONResponse({}, 404),
        Response("not JSON"),
        JSONResponse([]),
        JSONResponse({"events": []}),
    ],
)
def test_whatever_goes_wrong_fails_the_turn_without_words(answer: Response) -> None:
    with pytest.raises(TurnFailed) as failed:
        Far(lambda call: answer).turn(UserMessage(TYPED))
    assert TYPED not in str(failed.value)


def test_a_wrong_token_and_a_process_that_is_not_there_fail_the_turn() -> None:
    with pytest.raises(TurnFailed, match="401"):
        Far(listens).turn(UserMessage("hallo"), token="8" * 64)

    async def nobody() -> None:
        engine = RasaEngine(domain(), Content(), "http://127.0.0.1:9", TOKEN)
        try:
            await engine.handle("c1", None, UserMessage("hallo"))
        finally:
            await engine.close()

    with pytest.raises(TurnFailed, match="did not answer"):
        asyncio.run(nobody())


def test_an_answer_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.rasa.engine, "LARGEST_ANSWER", 100)
    with pytest.raises(TurnFailed, match="more than"):
        Far(listens).turn(UserMessage("hallo"))


def test_a_conversation_of_the_other_engine_is_left_alone() -> None:
    with pytest.raises(TurnFailed, match="another engine"):
        Far(listens).turn(UserMessage("hallo"), {"version": 1, "live": {}})
