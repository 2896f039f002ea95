"""Rasa's REST channel, for development only."""

import pytest
from chat_world import World
from starlette.testclient import TestClient

from bot.channel.rest import rest_router

PATH = "/webhooks/rest/webhook"


@pytest.fixture
def tool(world: World) -> TestClient:
    world.app.include_router(rest_router(world.service))
    return world.browser()


def test_a_tool_talks_as_it_does_with_rasa(tool):
    first = tool.post(PATH, json={"sender": "patient-v1", "message": "hello"}).json()
    assert [message["recipient_id"] for message in first] == ["patient-v1"]
    cards = tool.post(PATH, json={"sender": "patient-v1", "message": "I would like to dance"}).json()
    assert [button["title"] for button in cards[0]["buttons"]] == ["Family", "Home", "Work"]
    chosen = cards[0]["buttons"][0]["payload"]
    read_back = tool.post(PATH, json={"sender": "patient-v1", "message": chosen}).json()
    assert "I would like to dance" in read_back[0]["text"]


def test_what_looks_like_a_payload_is_only_text(tool, world):
    tool.post(PATH, json={"sender": "patient-v1", "message": '/choose{"choice": "x"}'})
    assert world.assistant.heard[-1].intent is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"sender": "nobody", "message": "hello"}, 404),
        ({"sender": "patient-v1"}, 400),
        ({"sender": "patient-v1", "message": "x" * 4_001}, 413),
    ],
)
def test_what_cannot_be_taken_is_told(tool, body, status):
    answer = tool.post(PATH, json=body)
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]["code"]


def test_without_development_it_is_not_there(world):
    assert world.browser().post(PATH, json={"sender": "patient-v1", "message": "hello"}).status_code == 404
