"""The action server of Voorop: only who has the secret is served, nothing is repeated, and it words responses."""

import asyncio
import json
import socket
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import pytest
from ruamel.yaml import YAML

import voorop.action_server
from actions.errors import CarePlanUnavailable
from actions.registry import Actions
from actions.surroundings import care_plan_client, from_environment, surroundings
from bot.engine.action_runner import HttpActionRunner
from bot.engine.errors import ActionFailed, ActionRejected
from bot.rasa.responder import Responder
from locales import languages, translate
from voorop.action_runner import InProcessActions
from voorop.action_server import action_server
from voorop.engines import load_domain

DOMAIN = YAML(typ="safe").load(Path(__file__).parents[2] / "bot" / "domain.yml")
SECRET = "5" * 64
NOBODY = "http://127.0.0.1:9"  # nothing listens there
CANARY = "words that only this person types"


@cache
def words_of_the_assistant() -> Responder:
    """Read once: that takes longer than any of these tests."""
    return Responder(load_domain())


class Broken:
    """Actions of which one rejects and every other one breaks, with a person's words in the error."""

    async def run(self, call: dict[str, Any]) -> dict[str, Any]:
        if call["next_action"] == "action_rejecting":
            raise ActionRejected("action_rejecting")
        if call["next_action"] == "action_failing":
            raise ActionFailed("it failed")
        raise ValueError(CANARY)


@cache
def real() -> InProcessActions:
    return InProcessActions(Actions(surroundings(care_plan_client(NOBODY, b"secret"))))


def asked(path: str, body: bytes, actions: Any = None, secret: str = SECRET) -> httpx2.Response:
    app = action_server(actions or real(), words_of_the_assistant(), ("another", SECRET))

    async def post() -> httpx2.Response:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://actions") as client:
            return await client.post(path, content=body, headers={"Authorization": f"Bearer {secret}"})

    return asyncio.run(post())


def call(action: str, **slots: Any) -> bytes:
    latest = {"text": CANARY, "intent": {"name": "content"}, "entities": [], "metadata": {}}
    tracker = {"sender_id": "c1", "slots": slots, "latest_message": latest, "events": [], "active_loop": {}}
    return json.dumps({"next_action": action, "sender_id": "c1", "tracker": tracker, "domain": DOMAIN}).encode()


def words(response: str, slots: dict[str, Any], **arguments: Any) -> dict[str, Any]:
    body = {"response": response, "arguments": arguments, "tracker": {"slots": slots, "events": []}}
    answer = asked("/nlg", json.dumps(body).encode())
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def test_an_action_answers_by_rasas_protocol() -> None:
    answer = asked("/webhook", call("action_open_conversation", role="patient"))
    assert answer.status_code == 200
    assert {event["name"]: event["value"] for event in answer.json()["events"]}["interview"]["role"] == "patient"


@pytest.mark.parametrize("path", ["/webhook", "/nlg"])
@pytest.mark.parametrize("secret", ["", "5" * 63, "Ω" * 8])
def test_nobody_is_served_without_the_secret(path: str, secret: str) -> None:
    app = action_server(real(), words_of_the_assistant(), (SECRET,))

    async def post() -> httpx2.Response:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://actions") as client:
            headers = {"Authorization": f"Bearer {secret}".encode()} if secret else {}
            return await client.post(path, content=call("action_open_conversation"), headers=headers)

    refused = asyncio.run(post())
    assert (refused.status_code, refused.json()) == (401, {"error": "unauthorized"})


@pytest.mark.parametrize(
    ("action", "status"), [("action_rejecting", 400), ("action_failing", 500), ("action_breaking", 500)]
)
def test_an_error_never_repeats_what_was_said(
    action: str, status: int, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = asked("/webhook", call(action), Broken())
    assert answer.status_code == status
    assert CANARY not in answer.text + caplog.text + "".join(capsys.readouterr())


def test_a_rejection_names_the_action_as_rasa_expects_it() -> None:
    assert asked("/webhook", call("action_rejecting"), Broken()).json()["action_name"] == "action_rejecting"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"words"', b"\xff", b"[" * 100_000])
@pytest.mark.parametrize("path", ["/webhook", "/nlg"])
def test_what_is_no_call_is_refused_and_not_repeated(path: str, body: bytes) -> None:
    refused = asked(path, body)
    assert refused.status_code in (422, 500)
    assert set(refused.json()) == {"error"}


def test_more_than_a_tracker_can_be_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voorop.action_server, "LARGEST_CALL", 1000)
    assert asked("/webhook", b" " * 1001).status_code == 413


def test_the_built_in_engine_is_served_too() -> None:
    app = action_server(real(), words_of_the_assistant(), (SECRET,))

    async def run() -> dict[str, Any]:
        runner = HttpActionRunner("http://actions/webhook", SECRET, transport=httpx2.ASGITransport(app=app))
        try:
            return await runner.run(json.loads(call("action_open_conversation", role="caregiver")))
        finally:
            await runner.close()

    assert asyncio.run(run())["events"]


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """The proxy that the environment names, for everything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{listening.getsockname()[1]}")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield listening


def test_what_is_said_goes_past_the_proxy_of_the_environment(proxy: socket.socket) -> None:
    async def run() -> None:
        runner = HttpActionRunner(f"{NOBODY}/webhook", SECRET, timeout=1)
        with pytest.raises(ActionFailed, match="ConnectError"):
            await runner.run({"next_action": "action_a"})
        await runner.close()
        async with care_plan_client(NOBODY, b"secret") as client:
            with pytest.raises(httpx2.ConnectError):
                await client.put("/visits/v1")

    asyncio.run(run())
    with pytest.raises(BlockingIOError):
        proxy.accept()


@pytest.mark.parametrize("url", ["http://plan.example", "plan.example"])
def test_rasas_own_action_server_sends_nothing_where_others_could_read_along(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOOROP_API_URL", url)
    monkeypatch.setenv("VOOROP_SECRET_FILE", str(tmp_path / "secret"))
    with pytest.raises(CarePlanUnavailable, match="https"):
        from_environment()


@pytest.mark.parametrize("lang", [known.code for known in languages()])
def test_words_come_in_the_language_of_the_conversation(lang: str) -> None:
    told = words("utter_ask_welcome", {"language": lang})
    assert told["text"] == translate(lang, told["source"])
    assert [button["title"] for button in told["buttons"]] == [
        translate(lang, button["source_title"]) for button in told["buttons"]
    ]
    assert told["buttons"]


def test_a_persons_words_are_put_in_as_they_are() -> None:
    told = words("utter_heard_noted", {"language": "en"}, heard_words="{language} <b> {{x}}")
    assert told["text"].endswith("\n{language} <b> {{x}}")
    assert told["values"] == {"heard_words": "{language} <b> {{x}}"}


def test_the_condition_of_a_variation_counts() -> None:
    asked_about = [words("utter_explained", {"requested_slot": slot})["text"] for slot in ("welcome", "typical_day")]
    assert len(set(asked_about)) == 2


def test_an_unknown_response_is_an_error() -> None:
    body = {"response": "utter_nothing_of_the_kind", "arguments": {}, "tracker": {"slots": {}, "events": []}}
    assert asked("/nlg", json.dumps(body).encode()).status_code == 404
