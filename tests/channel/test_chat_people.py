"""Who may talk: invitations, cookies, sessions; the person's language, own copy and right to have all forgotten."""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from chat_world import World, choices_of, choose, say, translate
from starlette.testclient import TestClient

from bot.channel import ChatCookies, Part, Renderer
from bot.channel.limits import OpenThrottle
from bot.store import ShownMessage


def finished(world: World) -> TestClient:
    patient = world.patient()
    say(patient, "yes")
    cards = say(patient, "Walk with my dog").json()
    readback = choose(patient, choices_of(cards)["home_life"]).json()
    choose(patient, choices_of(readback)["affirm"])
    return patient


@pytest.mark.parametrize("call", ["get", "post", "put", "delete", "summary"])
def test_nobody_gets_in_without_a_session(world: World, call: str) -> None:
    world.patient()
    stranger = world.browser()
    stranger.cookies.set("voorop_chat", "guessed")
    answers = {
        "get": lambda: stranger.get("/api/chat"),
        "post": lambda: say(stranger, "hello"),
        "put": lambda: stranger.put("/api/chat/language", json={"language": "nl"}),
        "delete": lambda: stranger.delete("/api/chat"),
        "summary": lambda: stranger.get("/api/chat/summary"),
    }
    assert answers[call]().status_code == 401


def test_a_wrong_and_an_expired_invitation_get_the_same_answer(world: World) -> None:
    wrong = world.browser().post("/api/chat/open", json={"token": "nobody-v1"})
    world.practice.expires = datetime.now(UTC) - timedelta(seconds=1)
    expired = world.browser().post("/api/chat/open", json={"token": "patient-v1"})
    assert wrong.status_code == expired.status_code == 404
    assert wrong.content == expired.content
    assert not wrong.cookies


@pytest.mark.parametrize(
    "body", [{}, {"token": "a", "code": "b"}, {"token": "x" * 500}, {"code": "a\x00"}, {"token": 7}]
)
def test_an_invitation_that_cannot_be_one_is_refused(world: World, body: dict[str, object]) -> None:
    assert world.browser().post("/api/chat/open", json=body).status_code == 400


def test_a_session_ends_with_its_invitation(tmp_path: Path) -> None:
    moment = datetime.now(UTC)
    world = World(tmp_path, now=lambda: moment)
    patient = world.patient()
    assert patient.get("/api/chat").status_code == 200
    moment += timedelta(days=2)
    assert patient.get("/api/chat").status_code == 401
    world.engine.dispose()


def test_guessing_codes_is_slowed_down_and_locks_no_link_out(tmp_path: Path) -> None:
    seconds = 0.0
    throttle = OpenThrottle(per_remote=3, overall=5, window=60, clock=lambda: seconds)
    world = World(tmp_path, throttle=throttle)
    guesses = [world.browser().post("/api/chat/open", json={"code": f"NOBODY-{n}"}) for n in range(4)]
    assert [each.status_code for each in guesses] == [404, 404, 404, 429]
    assert int(guesses[3].headers["retry-after"]) == 60
    for n in range(5):
        throttle.missed(f"10.0.0.{n}", code=True)
    throttle.check("10.0.0.99", code=False)
    seconds = 61.0
    assert world.browser().post("/api/chat/open", json={"code": "PATIENT-V1"}).status_code == 201
    world.engine.dispose()


def test_the_cookie_is_bound_to_the_host_except_on_plain_loopback() -> None:
    outside = [ChatCookies(url) for url in ("https://voorop.example", "http://voorop.example", "https://127.0.0.1")]
    inside = [ChatCookies(url) for url in ("http://127.0.0.1:8000", "http://localhost:1", "http://[::1]:8000")]
    assert {(each.name, each.secure) for each in outside} == {("__Host-voorop_chat", True)}
    assert {(each.name, each.secure) for each in inside} == {("voorop_chat", False)}


def test_the_cookie_cannot_be_read_by_scripts(world: World) -> None:
    cookie = world.browser().post("/api/chat/open", json={"token": "patient-v1"}).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


def test_switching_language_shows_everything_in_it_but_the_persons_own_words(world: World) -> None:
    patient = world.patient()
    say(patient, "yes please")
    cards = choices_of(say(patient, "Walk with my dog").json())
    choose(patient, cards["family_friends"])
    body = patient.put("/api/chat/language", json={"language": "nl"}).json()
    assert body["language"] == "nl"
    assert [message["text"] for message in body["messages"]] == [
        "Zullen we beginnen?",
        "yes please",
        "Wat zou u graag doen?",
        "Walk with my dog",
        "What matters most to you now?",
        "Familie",
        "U zei:\nWalk with my dog\nKlopt dat?",
    ]
    own = body["messages"][3]
    assert (own["lang"], own["dir"], own["choices"][0]["label"]) == ("en", "ltr", "Aanpassen")
    assert choose(patient, choices_of(body)["affirm"]).status_code == 200


def test_a_right_to_left_language_says_so_and_quotes_keep_their_own_direction(world: World) -> None:
    patient = world.patient()
    say(patient, "yes")
    choose(patient, choices_of(say(patient, "Walk").json())["home_life"])
    body = patient.put("/api/chat/language", json={"language": "ar"}).json()
    assert {message["dir"] for message in body["messages"] if message["from"] == "bot"} == {"rtl"}
    assert [part["dir"] for part in body["messages"][-1]["parts"]] == ["rtl", "ltr", "rtl"]


@pytest.mark.parametrize("code", ["xx", "", "../../x", "NL", "en_XA"])
def test_a_language_that_is_not_enabled_is_refused(world: World, code: str) -> None:
    patient = world.patient()
    assert patient.put("/api/chat/language", json={"language": code}).status_code == 422
    assert patient.get("/api/chat").json()["language"] == "en"


def test_values_are_put_in_and_never_read_as_a_pattern() -> None:
    values = {"goal_words": "{n} {{7*7}} {goal_words.__class__}", "n": 3, "who": {"msgid": "Family"}, "goal_lang": "ar"}
    parts = Renderer(lambda lang, msgid: msgid).parts("{n}/{{x}} {goal_words} {who} {gone}", values, "en")
    assert parts == (
        Part("3/{x} ", False, "en", "ltr"),
        Part("{n} {{7*7}} {goal_words.__class__}", True, "ar", "ltr"),
        Part(" Family …", False, "en", "ltr"),
    )


def test_numbers_to_call_come_with_the_safety_message() -> None:
    custom = {"contacts": [{"name": "Help line", "number": "112", "hours": ""}]}
    content = {"text": "Please call.", "values": {}, "custom": custom}
    shown = ShownMessage(1, "bot", "safety_told", "safety", content, datetime.now(UTC))
    message = Renderer(translate).message(shown, (), "nl")
    assert message.items == ({"name": "Help line", "number": "112", "hours": ""},)


def test_a_person_can_keep_an_own_copy(world: World) -> None:
    patient = finished(world)
    data = patient.get("/api/chat/summary?format=json").json()
    assert data["items"][0]["words"] == "Walk with my dog"
    assert data["messages"][3]["text"] == "Walk with my dog"
    text = patient.get("/api/chat/summary?format=txt").text
    assert "> Walk with my dog" in text
    assert "What would you like to do?" in text
    assert patient.get("/api/chat/summary?format=../etc").status_code == 400


def test_deleting_forgets_the_conversation_and_the_care_plan(world: World) -> None:
    patient, other = finished(world), world.patient("v2")
    assert patient.delete("/api/chat").status_code == 204
    assert world.deleted == [("v1", "patient")]
    assert patient.get("/api/chat").status_code == 401
    assert other.get("/api/chat").status_code == 200
    with world.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM chat_messages").scalar_one() == 1
    assert len(world.patient("v1").get("/api/chat").json()["messages"]) == 1


def test_who_asks_the_bot_to_delete_everything_is_forgotten_too(world: World) -> None:
    patient, sent = world.patient(), str(uuid.uuid4())
    say(patient, "my words")
    told = say(patient, "delete everything", message_id=sent)
    assert (told.json()["state"], told.json()["question"]) == ("closed", "deleted")
    left = patient.get("/api/chat").json()["messages"]
    assert [message["text"] for message in left] == ["Everything you wrote is deleted."]
    assert told.content == say(patient, "delete everything", message_id=sent).content
    assert say(patient, "more").json()["error"]["code"] == "closed"
    assert patient.put("/api/chat/language", json={"language": "nl"}).json()["messages"][0]["lang"] == "nl"
    with world.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM chat_events").scalar_one() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM chat_choices").scalar_one() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM chat_replies").scalar_one() == 1
    again = world.patient()
    assert (again.get("/api/chat").json()["question"], patient.get("/api/chat").status_code) == ("welcome", 401)


def test_when_the_care_plan_cannot_forget_nothing_is_called_deleted(world: World) -> None:
    patient = world.patient()
    before = patient.get("/api/chat").json()
    world.deleted = None  # type: ignore[assignment]
    assert patient.delete("/api/chat").status_code == 503
    assert patient.get("/api/chat").json() == before
    world.deleted = []
    assert patient.delete("/api/chat").status_code == 204


def test_no_answer_is_kept_by_caches(world: World) -> None:
    patient = world.patient()
    assert patient.get("/api/chat").headers["cache-control"] == "no-store"
    assert say(patient, "yes").headers["cache-control"] == "no-store"
