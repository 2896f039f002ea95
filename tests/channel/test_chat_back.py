"""What came back from the practice, as the channel tells it: to its own person, once they have sent something."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from chat_world import World, choices_of, choose, say
from starlette.testclient import TestClient

from bot.channel import Answer, NothingToTakeBack, PracticeNote, SharedWords

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


class Desk:
    """A practice that read everything, knows one thing per person, and may be away."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str, str]] = []
        self.away = False

    async def answer(self, visit: str, role: str) -> Answer:
        if self.away:
            raise ConnectionError
        note = PracticeNote(f"To the {role} of {visit}", "en", "ltr", "An", AT)
        return Answer("An", AT, (note,), (SharedWords("s1", "Walk with my dog", "en", "ltr", "submitted", True),))

    async def take_back(self, visit: str, role: str, shared: str) -> None:
        if shared != "s1":
            raise NothingToTakeBack()
        self.taken.append((visit, role, shared))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def world(tmp_path: Path, desk: Desk) -> World:
    return World(tmp_path, practice=desk)


def finished(world: World) -> TestClient:
    patient = world.patient()
    say(patient, "yes")
    cards = say(patient, "Walk with my dog").json()
    readback = choose(patient, choices_of(cards)["home_life"]).json()
    choose(patient, choices_of(readback)["affirm"])
    return patient


def test_the_own_copy_tells_who_read_it_and_the_note_to_this_person(world: World) -> None:
    patient = finished(world)
    answer = patient.get("/api/chat/summary?format=json").json()["answer"]
    assert answer["read_by"] == "An"
    assert [note["text"] for note in answer["notes"]] == ["To the patient of v1"]
    text = patient.get("/api/chat/summary?format=txt").text
    assert "Read on 22 November 2026 by An." in text
    assert "To the patient of v1" in text


def test_nothing_came_back_before_anything_is_sent(world: World) -> None:
    patient = world.patient()
    say(patient, "yes")
    assert patient.get("/api/chat/summary?format=json").json()["answer"] is None


def test_a_practice_that_is_away_stops_neither_copy_nor_conversation(world: World, desk: Desk) -> None:
    patient = finished(world)
    desk.away = True
    copy = patient.get("/api/chat/summary?format=json")
    assert (copy.status_code, copy.json()["answer"]) == (200, None)


def test_one_person_takes_back_what_is_theirs(world: World, desk: Desk) -> None:
    token = finished(world).cookies["voorop_chat"]
    asyncio.run(world.service.take_back(token, "s1"))
    assert desk.taken == [("v1", "patient", "s1")]
    with pytest.raises(NothingToTakeBack):
        asyncio.run(world.service.take_back(token, "s2"))
