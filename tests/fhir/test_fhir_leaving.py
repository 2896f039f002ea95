"""What is approved leaves once, whatever the receiver does; and nobody here has to wait for it."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from fhir_house import House, own_house
from fhir_receiver import Receiver, receiving
from fhir_scenes import ARABIC_PATIENT, HOSTILE

from api import outbox
from api.fhir import sending
from api.fhir.sending import Exporter, Pace
from records.database import write
from tests.installed import Prepared
from web.clinician.exports import present_exports

FAST = Pace(look=0.02, first_wait=0, longest_wait=0, give_up=20)
IMPATIENT = Pace(look=0.02, first_wait=0, longest_wait=0, give_up=0.7)


@pytest.fixture
def house(built: Prepared, tmp_path: Path) -> Iterator[House]:
    with own_house(built, tmp_path, exports=True) as house:
        yield house


def exporter(house: House, url: str, pace: Pace = FAST, token_file: Path | None = None) -> Exporter:
    return Exporter(house.care_plan.books, sending.Receiver(url, token_file), pace)


def tries(house: House, url: str, most: int = 50, pace: Pace = FAST, token_file: Path | None = None) -> int:
    """Try what is due until nothing is, or `most` times; how often that was."""

    async def run() -> int:
        async with httpx2.AsyncClient() as client:
            sender = exporter(house, url, pace, token_file)
            for number in range(most):
                if not await sender.send_one(client):
                    return number
            return most

    return asyncio.run(run())


def states(house: House) -> list[tuple[str, int, str | None]]:
    found = house.care_plan.exports_for(house.actor(), house.visit)
    return [(export.state, export.attempts, export.problem) for export in found]


def test_only_what_is_approved_leaves(house: House, receiver: Receiver) -> None:
    house.decide(house.goal("g3"), "to_discuss")
    house.decide(house.goal("g2"), "to_discuss")
    assert tries(house, receiver.url) == 0
    house.decide(house.goal("g3"))
    assert tries(house, receiver.url) == 1
    assert states(house) == [("sent", 1, None)]
    assert "Terug leren fietsen" not in str([one for key, one in receiver.kept.items() if not key.startswith("Quest")])
    house.decide(house.goal("g3"), "to_discuss")
    assert tries(house, receiver.url) == 1
    goal = next(one for key, one in receiver.kept.items() if key.startswith("Goal"))
    assert (goal["lifecycleStatus"], goal["description"]["text"]) == ("proposed", HOSTILE)


def test_without_a_receiver_nothing_is_put_out(built: Prepared, tmp_path: Path) -> None:
    with own_house(built, tmp_path) as house:
        house.decide(house.goal("g3"))
        assert states(house) == []


@pytest.mark.parametrize("mood", ["hang", "drip", "lost", "page", 408, 429, 500, 503])
def test_what_may_pass_is_tried_again_and_arrives_once(house: House, receiver: Receiver, mood: object) -> None:
    house.decide(house.goal("g3"))
    receiver.moods = [mood, mood]
    tried = tries(house, receiver.url, pace=IMPATIENT if mood in ("hang", "drip") else FAST)
    assert tried >= 3  # on a slow machine one more
    assert states(house) == [("sent", tried, None)]
    assert (len(receiver.kept), receiver.updates) == (7, 0)


@pytest.mark.parametrize("status", [301, 400, 403, 410, 422])
def test_what_is_refused_for_good_waits_for_somebody_to_look(house: House, receiver: Receiver, status: int) -> None:
    house.decide(house.goal("g3"))
    receiver.moods = [status]
    assert tries(house, receiver.url) == 1
    assert states(house) == [("refused", 1, f"http_{status}")]
    house.care_plan.export_again(house.actor(), house.visit)
    assert tries(house, receiver.url) == 1
    assert states(house) == [("sent", 2, None)]


def test_what_was_overtaken_is_not_sent_again(house: House, receiver: Receiver) -> None:
    house.decide(house.goal("g3"))
    receiver.moods = [422]
    tries(house, receiver.url)
    house.decide(house.goal("g3"), "change", wording="Rustig thuis")
    tries(house, receiver.url)
    house.care_plan.export_again(house.actor(), house.visit)
    assert tries(house, receiver.url) == 0


def test_words_that_were_taken_back_before_they_left_do_not_leave(house: House, receiver: Receiver) -> None:
    house.decide(house.goal("g3"), "change", wording="Rustig thuis")
    house.say(ARABIC_PATIENT | {"goals": []})
    assert tries(house, receiver.url) == 2
    assert receiver.requests == 0


def test_a_receiver_that_asks_for_time_gets_it(house: House, receiver: Receiver) -> None:
    house.decide(house.goal("g3"))
    receiver.moods, receiver.headers = [429], {"retry-after": "120"}
    assert tries(house, receiver.url) == 1
    house.clock.move(seconds=119)
    assert tries(house, receiver.url) == 0
    house.clock.move(seconds=2)
    assert tries(house, receiver.url) == 1
    assert states(house) == [("sent", 2, None)]


def test_the_wait_grows_and_is_never_the_same_for_all() -> None:
    pace = Pace(first_wait=2, longest_wait=3600)
    for attempt in range(1, 60):
        longest = min(3600, 2**attempt)
        assert all(longest / 2 <= pace.wait(attempt).total_seconds() <= longest for _ in range(20))
    assert len({pace.wait(5) for _ in range(20)}) > 10


def test_a_row_is_leased_to_one_worker_and_free_again_when_that_one_is_gone(house: House) -> None:
    house.decide(house.goal("g3"))
    house.decide(house.goal("g3"))
    house.decide(house.goal("g1", "caregiver"), "to_discuss")
    context = house.care_plan.books.context

    def lease():
        with write(house.engine) as connection:
            return outbox.lease(context, connection, timedelta(minutes=1))

    first = lease()
    assert first is not None
    assert lease() is None  # the later version waits for the earlier one
    house.clock.move(minutes=2)
    second = lease()
    assert second is not None
    assert (second.id, second.attempt) == (first.id, 2)
    with write(house.engine) as connection:
        outbox.settle(context, connection, first, outbox.State.REFUSED, problem="late")
    assert states(house)[0][0] == "waiting"  # who came too late changes nothing


def test_the_token_is_read_at_every_try_and_told_nowhere(
    house: House, receiver: Receiver, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    token = tmp_path / "token"
    house.decide(house.goal("g3"))
    assert tries(house, receiver.url, most=1, token_file=token) == 1
    assert states(house) == [("waiting", 1, "token_file")]
    token.write_text("secret-one\n")
    receiver.moods = [401]
    with caplog.at_level(logging.DEBUG):
        tries(house, receiver.url, most=1, token_file=token)
        token.write_text("secret-two\n")
        tries(house, receiver.url, token_file=token)
    assert receiver.tokens == {"Bearer secret-one", "Bearer secret-two"}
    assert [word for word in ("secret-one", "Bearer", HOSTILE, "script") if word in caplog.text] == []


def test_chaos_changes_nothing_for_those_who_work_and_everything_arrives_once(house: House) -> None:
    receiver = Receiver(moods=[500, "hang", "lost", 429, "page", "lost", 503, "drip"])
    goals = [house.goal("g1"), house.goal("g2"), house.goal("g3"), house.goal("g1", "caregiver")]

    async def run() -> None:
        with receiving(receiver):
            pass  # it had a port, and is away for a while
        async with asyncio.TaskGroup() as group:
            workers = [group.create_task(exporter(house, receiver.url, IMPATIENT).run()) for _ in range(2)]
            for goal in goals:
                await asyncio.to_thread(house.decide, goal)
            house.say(ARABIC_PATIENT)
            await asyncio.sleep(0.1)
            assert {state for state, *_ in states(house)} == {"waiting"}
            with receiving(receiver):
                for goal in goals:
                    await asyncio.to_thread(house.decide, goal, "change", wording="anders")
                    await asyncio.sleep(0.1)
                async with asyncio.timeout(60):
                    while {state for state, *_ in states(house)} != {"sent"}:
                        await asyncio.to_thread(house.clock.move, seconds=2)
                        await asyncio.sleep(0.1)
            for worker in workers:
                worker.cancel()

    asyncio.run(run())
    kinds = [key.partition("?")[0] for key in receiver.kept]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "Patient": 1,
        "RelatedPerson": 1,
        "QuestionnaireResponse": 2,
        "Goal": 4,
        "Observation": 4,
        "CarePlan": 1,
        "Provenance": kinds.count("Provenance"),
    }
    goals_there = [one for key, one in receiver.kept.items() if key.startswith("Goal")]
    assert all("anders" in str(goal["note"]) for goal in goals_there)


def test_the_page_says_how_it_stands(house: House, receiver: Receiver) -> None:
    assert present_exports(house.care_plan.exports_for(house.actor(), house.visit)) is None
    house.decide(house.goal("g3"))
    house.decide(house.goal("g2"))
    receiver.moods = [422, 503]
    tries(house, receiver.url, most=2, pace=Pace(first_wait=60))
    note = present_exports(house.care_plan.exports_for(house.actor(), house.visit))
    assert note is not None
    assert (note.sent, note.waiting, note.refused) == (0, 1, 1)
    assert note.problem == "It has not arrived yet. We keep trying."
