"""Rasa's process as `voorop rasa` starts it: closed to everybody but us, fails whole, keeps and logs nothing."""

import asyncio
import uuid
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from rasa_side import Side
from rasa_world import RASA

from bot.channel import Incoming
from bot.channel.errors import TurnNotDone
from bot.engine.errors import TurnFailed
from bot.engine.types import Entity, UserMessage
from bot.rasa.engine import TURN_PATH
from voorop.engines import RASA_KEY

pytestmark = [pytest.mark.rasa, pytest.mark.skipif(not RASA, reason="TEST_RASA is not set")]

CANARY = "only this person types the word kanariepietje"


def opening(conversation: str) -> UserMessage:
    facts = {"visit": "v1", "role": "patient", "language": "nl", "conversation": conversation}
    entities = tuple(Entity(name, value) for name, value in facts.items())
    return UserMessage("", "open_conversation", entities, {"language": "nl"})


@pytest.mark.parametrize("bearer", ["", "Bearer x", "Bearer " + "0" * 64])
def test_a_turn_needs_the_token(side: Side, bearer: str) -> None:
    answer = httpx2.post(side.url + TURN_PATH, json={}, headers={"Authorization": bearer})
    assert (answer.status_code, answer.json()) == (401, {"error": "unauthorized"})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/webhooks/rest/webhook"),
        ("GET", "/conversations/c1/tracker"),
        ("POST", "/conversations/c1/messages"),
        ("POST", "/model/parse"),
        ("GET", "/domain"),
        ("GET", "/status"),
    ],
)
def test_rasas_own_doors_are_closed(side: Side, method: str, path: str) -> None:
    answer = httpx2.request(method, side.url + path, json={"sender": "c1", "message": "/greet"})
    assert answer.status_code == 404


def test_it_listens_on_this_machine_only(side: Side) -> None:
    port = f"{urlsplit(side.url).port:04X}"
    with open("/proc/net/tcp") as table:
        listening = [line.split()[1] for line in table if line.split()[3] == "0A"]
    assert [address for address in listening if address.endswith(f":{port}")] == [f"0100007F:{port}"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"conversation": "c1", "events": 1, "message": "x"}'])
def test_what_is_no_turn_is_refused_and_not_repeated(side: Side, body: bytes) -> None:
    bearer = f"Bearer {side.keys.derive(RASA_KEY).hex()}"
    answer = httpx2.post(side.url + TURN_PATH, content=body, headers={"Authorization": bearer})
    assert answer.status_code in (400, 500)
    assert set(answer.json()) == {"error"}


def test_difference_behind_our_channel_an_action_that_fails_stops_rasa_too(side: Side) -> None:
    async def talk() -> tuple[Any, Any]:
        rasa = side.rasa()
        try:
            opened = await rasa.handle("c1", None, opening("c1"))
            yes = UserMessage("", "choose", (Entity("choice", "affirm"),), {"message_id": str(uuid.uuid4())})
            side.theirs.fails = True
            with pytest.raises(TurnFailed, match="502"):
                await rasa.handle("c1", opened.state, yes)
            side.theirs.fails = False
            return opened, await rasa.handle("c1", opened.state, yes)
        finally:
            side.theirs.fails = False
            await rasa.close()

    opened, again = asyncio.run(talk())
    assert (opened.requested_slot, again.requested_slot) == ("welcome", "typical_day")


def test_a_failed_turn_is_told_kindly_and_can_be_sent_again(side: Side) -> None:
    async def talk() -> None:
        async with side.person("nl") as (someone, _):
            before = await someone.chat.read(someone.session)
            same = Incoming(str(uuid.uuid4()), f"ja, {CANARY}")
            side.theirs.fails = True
            with pytest.raises(TurnNotDone):
                await someone.chat.send(someone.session, same)
            side.theirs.fails = False
            assert await someone.chat.read(someone.session) == before
            assert (await someone.chat.send(someone.session, same)).messages

    try:
        asyncio.run(talk())
    finally:
        side.theirs.fails = False


def test_nothing_that_was_typed_stands_in_its_log(side: Side) -> None:
    async def talk() -> None:
        async with side.person("nl") as (someone, _):
            await someone.chooses("affirm")
            await someone.does(f"{CANARY} {{x}} /restart")

    asyncio.run(talk())
    log = side.log.read_text("utf-8")
    assert "kanariepietje" not in log
    assert log
