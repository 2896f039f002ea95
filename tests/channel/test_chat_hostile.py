"""Typed text is only ever text: kept verbatim or refused kindly, and the conversation stays where it was."""

import json
import logging
import uuid

import pytest
from chat_world import World, choices_of, choose, say
from starlette.testclient import TestClient

KEPT = [
    "/restart",
    ' /affirm{"x":1}',
    '/choose{"choice": "home_life"}',
    "／restart",
    "\u200b/restart",
    "EXTERNAL: x",
    "{{7*7}}",
    "{goal_words} {0.__class__} {x!r}",
    "%(secret)s %s",
    "<script>alert(1)</script>",
    "'; DROP TABLE chat_messages; --",
    "\u202eevil\u2066 text",
    "😀👩‍👩‍👧‍👦",
    "e\u0301" * 50,
    "line one\r\nline two",
    "x" * 4_000,
]


def at_life_goal(world: World) -> TestClient:
    patient = world.patient()
    say(patient, "yes")
    return patient


@pytest.mark.parametrize("typed", KEPT, ids=range(len(KEPT)))
def test_strange_text_is_kept_as_it_was_typed(world: World, typed: str) -> None:
    patient = at_life_goal(world)
    answered = say(patient, typed)
    assert answered.status_code == 200
    heard = world.assistant.heard[-1]
    assert (heard.text, heard.intent, heard.entities) == (typed, None, ())
    assert answered.json()["messages"][0]["text"] == typed
    readback = choose(patient, choices_of(answered.json())["family_friends"]).json()["messages"][-1]
    assert readback["text"] == f"You said:\n{typed}\nIs that right?"
    assert readback["parts"][1]["text"] == typed
    assert readback["parts"][1]["voice"] is True


@pytest.mark.parametrize(
    ("typed", "status", "code"),
    [
        ("x" * 4_001, 413, "too_long"),
        ("x" * 10_000, 413, "too_long"),
        ("x" * 40_000, 413, "too_long"),
        ("a\x00b", 422, "unreadable_characters"),
        ("a\ud800b", 422, "unreadable_characters"),
        ("", 422, "empty"),
        (" \n\t ", 422, "empty"),
    ],
    ids=["4001", "10000", "40000", "nul", "lone surrogate", "empty", "blank"],
)
def test_what_cannot_be_kept_is_refused_kindly(world: World, typed: str, status: int, code: str) -> None:
    patient = at_life_goal(world)
    before = patient.get("/api/chat").json()
    body = json.dumps({"id": str(uuid.uuid4()), "text": typed})
    refused = patient.post("/api/chat/messages", content=body, headers={"content-type": "application/json"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code)
    assert len(refused.json()["error"]["message"]) > 20
    assert "xxx" not in refused.text
    assert patient.get("/api/chat").json() == before


@pytest.mark.parametrize(
    "body",
    [
        b"not json SECRET",
        b'{"text": "SECRET"',
        b"[" * 20_000,
        b'{"id": ' + b"9" * 6_000 + b', "text": "SECRET"}',
        b'{"id": "no uuid SECRET", "text": "SECRET"}',
        b'{"id": "9f0d6e1c-0000-4000-8000-000000000000", "text": ["SECRET"]}',
        b'{"id": "9f0d6e1c-0000-4000-8000-000000000000", "choices": "SECRET"}',
        b'{"id": "9f0d6e1c-0000-4000-8000-000000000000", "choice": "\\ud800"}',
        b'{"id": "9f0d6e1c-0000-4000-8000-000000000000", "text": "SECRET", "typed_by": "doctor"}',
        b'"\xff\xfe"',
        b"",
    ],
    ids=range(11),
)
def test_a_broken_body_is_refused_without_repeating_it(world: World, body: bytes) -> None:
    patient = at_life_goal(world)
    refused = patient.post("/api/chat/messages", content=body, headers={"content-type": "application/json"})
    assert refused.status_code == 400
    assert refused.json()["error"]["code"] == "bad_request"
    assert "SECRET" not in refused.text


def test_errors_speak_the_persons_language(world: World) -> None:
    patient = world.patient()
    patient.put("/api/chat/language", json={"language": "nl"})
    assert say(patient, "").headers["content-language"] == "nl"
    stranger = world.browser().get("/api/chat", headers={"accept-language": "ar;q=0.9, xx"})
    assert stranger.headers["content-language"] == "ar"
    assert stranger.json()["error"]["message"].startswith("[ar] ")


def test_nothing_typed_reaches_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    patient = at_life_goal(world)
    say(patient, "CANARY-4711")
    say(patient, "CANARY-4711" * 1000)
    say(patient, "CANARY-4711\x00")
    world.assistant.fail = True
    say(patient, "CANARY-4711")
    world.assistant.fail = False
    choose(patient, "CANARY-4711")
    world.assistant.handle = None  # type: ignore[method-assign, assignment]
    assert say(patient, "CANARY-4711").status_code == 503
    assert "unexpected TypeError" in caplog.text
    assert "CANARY" not in caplog.text
    assert "patient-v1" not in caplog.text


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "application/json", "origin": "https://elsewhere.example"},
        {"content-type": "application/json", "origin": "null"},
        {"content-type": "application/json", "sec-fetch-site": "cross-site"},
    ],
    ids=["plain", "form", "origin", "null origin", "fetch metadata"],
)
def test_the_page_of_another_site_cannot_speak_for_a_person(world: World, headers: dict[str, str]) -> None:
    patient = world.patient()
    body = json.dumps({"id": str(uuid.uuid4()), "text": "forged"})
    assert patient.post("/api/chat/messages", content=body, headers=headers).status_code in (400, 403)
    assert "forged" not in patient.get("/api/chat").text


def test_the_page_itself_may_speak(world: World) -> None:
    patient = world.patient()
    headers = {"origin": str(patient.base_url).rstrip("/"), "sec-fetch-site": "same-origin"}
    body = {"id": str(uuid.uuid4()), "text": "mine"}
    assert patient.post("/api/chat/messages", json=body, headers=headers).status_code == 200
