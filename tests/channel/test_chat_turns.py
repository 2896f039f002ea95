"""A turn over HTTP: answered once, after the commit, in order, and only for whoever holds the conversation."""

import asyncio
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from chat_world import World, choices_of, choose, say

from bot.channel import ChatError, Incoming


def test_the_welcome_stands_there_when_a_link_is_opened(world: World) -> None:
    opened = world.browser().post("/api/chat/open", json={"token": "patient-v1"})
    body = opened.json()
    assert opened.status_code == 201
    assert (body["role"], body["language"], body["state"], body["question"]) == ("patient", "en", "open", "welcome")
    assert [language["code"] for language in body["languages"]][:1] == ["nl"]
    assert body["progress"] == {"done": 0, "of": 5}
    (welcome,) = body["messages"]
    assert (welcome["seq"], welcome["from"], welcome["key"], welcome["kind"]) == (1, "bot", "welcome", "question")
    assert (welcome["text"], welcome["lang"], welcome["dir"]) == ("Shall we begin?", "en", "ltr")
    assert [choice["label"] for choice in welcome["choices"]] == ["Yes", "Not now"]


def test_a_conversation_goes_from_welcome_to_closing(world: World) -> None:
    patient = world.patient()
    begun = choose(patient, choices_of(patient.get("/api/chat").json())["affirm"]).json()
    assert [(each["from"], each["text"]) for each in begun["messages"]] == [
        ("person", "Yes"),
        ("bot", "What would you like to do?"),
    ]
    cards = say(patient, "Walk with my dog").json()
    readback = choose(patient, choices_of(cards)["home_life"]).json()
    assert readback["messages"][-1]["parts"][1] == {
        "text": "Walk with my dog",
        "voice": True,
        "lang": "en",
        "dir": "ltr",
    }
    closing = choose(patient, choices_of(readback)["affirm"]).json()
    assert (closing["state"], closing["question"], closing["progress"]) == ("finished", "closing", {"done": 4, "of": 5})
    assert closing["messages"][-1]["items"][0]["words"] == "Walk with my dog"
    assert world.assistant.heard[2].metadata["typed_by"] == "self"


def test_opening_again_goes_on_where_it_stopped(world: World) -> None:
    say(world.patient(), "yes please")
    body = world.browser().post("/api/chat/open", json={"code": "PATIENT-V1"}).json()
    assert body["question"] == "life_goal"
    assert [each["text"] for each in body["messages"]][1] == "yes please"
    assert sum(message.intent == "open_conversation" for message in world.assistant.heard) == 1


def test_a_restart_continues_at_the_same_question_with_nothing_lost(world: World) -> None:
    patient = world.patient()
    say(patient, "yes please")
    before = patient.get("/api/chat").json()
    again = world.restart()
    browser = again.browser()
    browser.cookies = patient.cookies
    assert browser.get("/api/chat").json() == before


def test_sending_a_message_twice_gives_one_answer_and_the_same_body(world: World) -> None:
    patient = world.patient()
    sent = str(uuid.uuid4())
    first = say(patient, "yes", message_id=sent)
    second = say(patient, "yes", message_id=sent)
    upper = say(patient, "yes", message_id=sent.upper())
    assert first.status_code == second.status_code == 200
    assert first.content == second.content == upper.content
    assert [message.text for message in world.assistant.heard] == ["", "yes"]


def test_a_replayed_choice_gives_the_same_body_after_its_question_is_gone(world: World) -> None:
    patient = world.patient()
    sent, yes = str(uuid.uuid4()), choices_of(patient.get("/api/chat").json())["affirm"]
    assert choose(patient, yes, message_id=sent).content == choose(patient, yes, message_id=sent).content


def test_the_same_id_with_other_content_is_refused(world: World) -> None:
    patient = world.patient()
    sent = str(uuid.uuid4())
    say(patient, "yes", message_id=sent)
    refused = say(patient, "something else", message_id=sent)
    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == "message_id_used"
    assert "something else" not in refused.text


def test_two_people_of_one_visit_have_conversations_of_their_own(world: World) -> None:
    patient, caregiver = world.patient(), world.browser()
    caregiver.post("/api/chat/open", json={"token": "caregiver-v1"})
    sent = str(uuid.uuid4())
    say(patient, "my words", message_id=sent)
    assert say(caregiver, "other words", message_id=sent).status_code == 200
    assert "my words" not in caregiver.get("/api/chat").text


def test_two_messages_at_once_are_answered_one_after_the_other(world: World) -> None:
    async def both() -> set[str | None]:
        opened = await world.service.open(token="patient-v1")
        sends = [world.service.send(opened.session_token, Incoming(str(uuid.uuid4()), text)) for text in ("a", "b")]
        one, two = await asyncio.gather(*sends)
        view = await world.service.read(opened.session_token)
        assert [each.seq for each in view.messages] == [1, 2, 3, 4, 5]
        return {one.question, two.question}

    assert asyncio.run(both()) == {"life_goal", "matters_most"}


def test_the_same_message_sent_twice_at_once_is_answered_once(world: World) -> None:
    async def both() -> None:
        opened = await world.service.open(token="patient-v1")
        message = Incoming(str(uuid.uuid4()), "a")
        one, two = await asyncio.gather(*(world.service.send(opened.session_token, message) for _ in range(2)))
        assert one == two
        assert [message.text for message in world.assistant.heard] == ["", "a"]

    asyncio.run(both())


def test_of_two_processes_on_one_file_that_answer_at_once_one_is_refused(sqlite_world: World) -> None:
    world = sqlite_world
    other = World(world.folder)

    async def both() -> list[str]:
        opened = await world.service.open(token="patient-v1")
        world.assistant.meet = other.assistant.meet = asyncio.Barrier(2)
        services = (world.service, other.service)
        sends = [each.send(opened.session_token, Incoming(str(uuid.uuid4()), "a")) for each in services]
        found = await asyncio.gather(*sends, return_exceptions=True)
        view = await world.service.read(opened.session_token)
        said = [each for each in view.messages if each.sender == "person"]
        assert len(said) == 1
        return sorted(each.code for each in found if isinstance(each, ChatError))

    assert asyncio.run(both()) == ["busy"]
    other.engine.dispose()


def test_a_turn_that_fails_leaves_everything_as_it_was_and_can_be_sent_again(world: World) -> None:
    patient = world.patient()
    before = patient.get("/api/chat").json()
    sent = str(uuid.uuid4())
    world.assistant.fail = True
    refused = say(patient, "my words", message_id=sent)
    assert refused.status_code == 503
    assert refused.json()["error"]["code"] == "not_saved"
    assert patient.get("/api/chat").json() == before
    world.assistant.fail = False
    assert say(patient, "my words", message_id=sent).json()["question"] == "life_goal"


def test_a_welcome_that_fails_can_be_opened_again(world: World) -> None:
    browser = world.browser()
    world.assistant.fail = True
    assert browser.post("/api/chat/open", json={"token": "patient-v1"}).status_code == 503
    world.assistant.fail = False
    assert browser.post("/api/chat/open", json={"token": "patient-v1"}).status_code == 201


def test_a_full_disk_is_told_and_nothing_is_called_saved(sqlite_world: World) -> None:
    world = sqlite_world
    patient = world.patient()
    before = patient.get("/api/chat").json()
    with world.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    world.engine.dispose()

    def limit(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]

    sa.event.listen(world.engine, "connect", limit)
    answers = [say(patient, "x" * 4000).status_code for _ in range(8)]
    sa.event.remove(world.engine, "connect", limit)
    world.engine.dispose()
    assert 503 in answers
    kept = [each for each in patient.get("/api/chat").json()["messages"] if each["from"] == "person"]
    assert len(kept) == answers.count(200)
    assert len(patient.get("/api/chat").json()["messages"]) >= len(before["messages"])


@pytest.mark.parametrize("typed_by", ["helper", "staff"])
def test_it_is_kept_who_typed(world: World, typed_by: str) -> None:
    patient = world.patient()
    body = {"id": str(uuid.uuid4()), "text": "she says yes", "typed_by": typed_by}
    said = patient.post("/api/chat/messages", json=body).json()["messages"][0]
    assert said["from"] == "helper"
    assert world.assistant.heard[-1].metadata["typed_by"] == typed_by


def test_a_stored_conversation_holds_no_readable_words(sqlite_world: World, tmp_path: Path) -> None:
    say(sqlite_world.patient(), "CANARY-4711")
    sqlite_world.engine.dispose()
    assert not [file for file in tmp_path.iterdir() if b"CANARY-4711" in file.read_bytes()]
