"""What is erased here after it left is taken back there: by identifier, in order, once, and for all to see."""

import asyncio
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa
from fhir_house import House, own_house
from fhir_models import check_model
from fhir_receiver import Receiver, receiving
from fhir_scenes import ARABIC_PATIENT, FALLING, FRENCH_CAREGIVER, HOSTILE, PARK
from test_fhir_leaving import FAST, IMPATIENT, exporter, tries

from api import recalls
from api.fhir import recalling
from api.fhir.sending import Pace
from api.housekeeping import Housekeeping
from careplan.people import SERVICE
from records.database import read
from tests.installed import Prepared

OURS = "Naar het park met de kleinkinderen"
CLINICIANS = ("Trap oefenen", "Kent de knie", OURS)
PATIENTS = (PARK, HOSTILE, "أحفادي", "وجع الركبة", "Terug leren fietsen", *CLINICIANS)
CAREGIVERS = (FALLING, "du temps pour moi", "je suis sa fille")


@pytest.fixture
def house(built: Prepared, tmp_path: Path) -> Iterator[House]:
    with own_house(built, tmp_path, exports=True) as house:
        yield house


def send_both(house: House, receiver: Receiver) -> None:
    """Two goals of the patient and one of the caregiver are there."""
    for key, role in (("g1", "patient"), ("g3", "patient"), ("g1", "caregiver")):
        house.decide(house.goal(key, role))
    tries(house, receiver.url)
    assert in_words(receiver, PATIENTS)
    assert in_words(receiver, CAREGIVERS)


def in_words(receiver: Receiver, words: tuple[str, ...]) -> list[str]:
    """Which of these stand at the receiver."""
    there = json.dumps(list(receiver.kept.values()), ensure_ascii=False)
    return [one for one in words if json.dumps(one, ensure_ascii=False)[1:-1] in there]


def erase(house: House, role: str = "patient") -> None:
    house.care_plan.delete_contribution(SERVICE, house.visit, role, key=f"erase {next(house.numbers)}")


def purge(house: House) -> None:
    Housekeeping(house.care_plan.books).purge([house.visit])


def lines(house: House) -> list[tuple[str, int, str | None]]:
    """How the recalls stand."""
    practice = str(house.only("practices"))
    with read(house.engine) as connection:
        found = recalls.of_practice(house.care_plan.books.context, connection, practice, 100)
    return [(line.state, line.attempts, line.problem) for line in found]


def statuses(receiver: Receiver, kind: str) -> list[str]:
    there = [one for one in receiver.kept.values() if one["resourceType"] == kind]
    return sorted(str(one.get("lifecycleStatus") or one.get("status")) for one in there)


def test_who_erases_what_they_said_has_it_taken_back_and_the_other_person_stays(
    house: House, receiver: Receiver
) -> None:
    send_both(house, receiver)
    before = len(receiver.kept)
    erase(house)
    assert lines(house) == [("waiting", 0, None)]
    assert tries(house, receiver.url) == 1
    assert lines(house) == [("sent", 1, None)]
    assert len(receiver.kept) == before
    assert in_words(receiver, PATIENTS) == []
    assert in_words(receiver, CAREGIVERS) == list(CAREGIVERS)
    assert statuses(receiver, "Goal") == ["accepted", "entered-in-error", "entered-in-error"]
    assert statuses(receiver, "QuestionnaireResponse") == ["completed", "entered-in-error"]
    assert statuses(receiver, "CarePlan") == ["active"]
    plan = next(one for one in receiver.kept.values() if one["resourceType"] == "CarePlan")
    assert len(plan["goal"]) == 1
    nullified = [one for one in receiver.kept.values() if "NULLIFY" in str(one)]
    assert {len(str(one["target"][0]["identifier"]["value"])) for one in nullified} == {32}


def test_a_purge_takes_all_of_the_visit_back_but_the_receivers_own_patient(house: House, receiver: Receiver) -> None:
    send_both(house, receiver)
    purge(house)
    assert tries(house, receiver.url) == 1
    assert in_words(receiver, PATIENTS + CAREGIVERS) == []
    for kind in ("Goal", "Observation", "QuestionnaireResponse", "CarePlan"):
        assert set(statuses(receiver, kind)) == {"entered-in-error"}
    people = {one["resourceType"]: one for one in receiver.kept.values() if "active" in one or "communication" in one}
    assert people["RelatedPerson"]["active"] is False
    assert "Amina" in str(people["Patient"])
    assert "name" not in people["RelatedPerson"]


def test_what_never_left_is_not_asked_for(house: House, receiver: Receiver) -> None:
    house.decide(house.goal("g3"))
    erase(house)
    assert lines(house) == []
    house.decide(house.goal("g1", "caregiver"))
    assert tries(house, "http://127.0.0.1:9") == 50  # nobody is there
    receiver.moods = [422]
    assert tries(house, receiver.url) == 1
    purge(house)
    assert lines(house) == []
    assert tries(house, receiver.url) == 0
    assert receiver.kept == {}


def test_what_was_erased_while_it_waited_never_leaves_and_what_left_before_is_taken_back(
    house: House, receiver: Receiver
) -> None:
    house.decide(house.goal("g3"))
    tries(house, receiver.url)
    house.decide(house.goal("g1"))
    erase(house)
    receiver.bodies.clear()
    tries(house, receiver.url)
    assert len(receiver.bodies) == 1
    assert [one for one in PATIENTS if one in receiver.bodies[0]] == []
    assert house.goal("g1") == "None"
    assert in_words(receiver, PATIENTS) == []


@pytest.mark.parametrize("mood", ["lost", "hang", 503])
def test_what_may_have_arrived_is_asked_for_too(house: House, receiver: Receiver, mood: object) -> None:
    house.decide(house.goal("g3"))
    receiver.moods = [mood]
    tries(house, receiver.url, most=1, pace=IMPATIENT)
    erase(house)
    assert tries(house, receiver.url) == 1
    assert lines(house) == [("sent", 1, None)]
    assert in_words(receiver, PATIENTS) == []


def test_a_goal_that_is_under_way_while_it_is_erased_is_taken_back_after_it_arrived(
    house: House, receiver: Receiver
) -> None:
    """The receiver takes the goal, but slowly; meanwhile its author erases it, and other workers look for work."""
    house.decide(house.goal("g3"))
    receiver.moods = ["drip"]

    async def run() -> None:
        async with httpx2.AsyncClient() as client:
            going = asyncio.create_task(exporter(house, receiver.url).send_one(client))
            while not receiver.kept:
                await asyncio.sleep(0.01)
            await asyncio.to_thread(erase, house)
            assert not await exporter(house, receiver.url).send_one(client)
            await going
            house.clock.move(minutes=1)
            assert await exporter(house, receiver.url).send_one(client)

    asyncio.run(run())
    assert lines(house) == [("sent", 1, None)]
    assert in_words(receiver, PATIENTS) == []


def test_a_bundle_that_was_made_before_the_erasing_does_not_leave_after_it(
    house: House, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caregiver's Bundle holds the plan with the patient's words, and the patient erases them just then."""
    send_both(house, receiver)
    house.decide(house.goal("g1", "caregiver"), "change", wording="anders")
    sender = exporter(house, receiver.url)
    headers = sender._headers

    def erase_now() -> dict[str, str]:
        erase(house)
        monkeypatch.undo()
        return headers()

    monkeypatch.setattr(sender, "_headers", erase_now)

    async def run() -> int:
        async with httpx2.AsyncClient() as client:
            receiver.bodies.clear()
            assert await sender.send_one(client)
            assert receiver.bodies == []
            while await sender.send_one(client):
                pass
        return len(receiver.bodies)

    assert asyncio.run(run()) == 3  # what is taken back, eight records and the rest, then the caregiver's
    assert in_words(receiver, PATIENTS) == []
    assert "anders" in str(receiver.kept)


@pytest.mark.parametrize("mood", ["drip", "lost", "page", 429])
def test_a_recall_is_tried_until_it_arrives(house: House, receiver: Receiver, mood: object) -> None:
    send_both(house, receiver)
    purge(house)
    receiver.moods = [mood, mood]
    tried = tries(house, receiver.url, pace=IMPATIENT if mood == "drip" else FAST)
    assert tried >= 3  # on a slow machine one more
    assert lines(house) == [("sent", tried, None)]
    assert in_words(receiver, PATIENTS + CAREGIVERS) == []


def test_a_receiver_that_was_away_is_told_once_when_it_is_back(house: House) -> None:
    receiver = Receiver()
    with receiving(receiver):
        send_both(house, receiver)
    purge(house)
    assert tries(house, receiver.url, most=3, pace=FAST) == 3
    assert lines(house) == [("waiting", 3, "unreachable")]
    before = receiver.requests
    with receiving(receiver):
        assert tries(house, receiver.url) == 1
        assert tries(house, receiver.url) == 0
    assert receiver.requests - before == len(receiver.bodies) - before > 1  # at most eight records at a time
    assert in_words(receiver, PATIENTS + CAREGIVERS) == []


def test_chaos_leaves_no_word_of_what_was_erased(house: House) -> None:
    """Two workers, a receiver that is away and then misbehaves, and erasing in the midst of it."""
    receiver = Receiver(moods=["lost", 500, "hang", "lost", 429, "page", "drip", 503])
    goals = [house.goal("g1"), house.goal("g3"), house.goal("g1", "caregiver")]

    async def run() -> None:
        with receiving(receiver):
            pass  # it had a port, and is away for a while
        async with asyncio.TaskGroup() as group:
            workers = [group.create_task(exporter(house, receiver.url, IMPATIENT).run()) for _ in range(2)]
            for goal in goals:
                await asyncio.to_thread(house.decide, goal)
            with receiving(receiver):
                while receiver.requests < 3:
                    await asyncio.sleep(0.02)
                await asyncio.to_thread(erase, house)
            with receiving(receiver):
                async with asyncio.timeout(60):
                    while {one[0] for one in lines(house)} != {"sent"} or house.only("outbox", state="waiting"):
                        await asyncio.to_thread(house.clock.move, seconds=20)
                        await asyncio.sleep(0.1)
            for worker in workers:
                worker.cancel()

    asyncio.run(run())
    assert in_words(receiver, PATIENTS) == []
    assert in_words(receiver, CAREGIVERS) == list(CAREGIVERS)


def test_a_receiver_that_refuses_is_asked_again_when_somebody_says_so(house: House, receiver: Receiver) -> None:
    send_both(house, receiver)
    purge(house)
    receiver.moods = [403]
    assert tries(house, receiver.url) == 1
    assert lines(house) == [("refused", 1, "http_403")]
    assert in_words(receiver, CAREGIVERS)
    with house.engine.begin() as connection:
        assert recalls.again(house.care_plan.books.context, connection, str(house.only("practices"))) == 1
    assert tries(house, receiver.url) == 1
    assert lines(house) == [("sent", 2, None)]
    assert in_words(receiver, PATIENTS + CAREGIVERS) == []


def test_who_begins_anew_after_erasing_is_heard_again_there(house: House, receiver: Receiver) -> None:
    send_both(house, receiver)
    erase(house)
    house.say(ARABIC_PATIENT)
    house.decide(house.goal("g2"))
    receiver.moods = [503]
    tries(house, receiver.url)  # the recall goes first, though it failed first
    there = json.dumps(list(receiver.kept.values()), ensure_ascii=False)
    assert "Terug leren fietsen" in there
    assert OURS not in there
    assert statuses(receiver, "QuestionnaireResponse") == ["completed", "completed"]
    assert statuses(receiver, "Goal") == ["accepted", "accepted", "entered-in-error", "entered-in-error"]
    house.clock.move(days=400)
    purge(house)
    tries(house, receiver.url)
    assert in_words(receiver, PATIENTS + CAREGIVERS) == []


def test_a_goal_taken_back_takes_all_with_it_that_held_its_words(house: House, receiver: Receiver) -> None:
    send_both(house, receiver)
    house.decide(house.goal("g1"), "to_discuss")
    house.decide(house.goal("g3"), "to_discuss")
    tries(house, receiver.url)
    house.say(ARABIC_PATIENT | {"goals": [], "answers": ARABIC_PATIENT["answers"][:3]})
    tries(house, receiver.url)
    assert in_words(receiver, (PARK, HOSTILE, *CLINICIANS)) == []
    assert in_words(receiver, ("أحفادي", FALLING)) == ["أحفادي", FALLING]  # these are still shared
    assert statuses(receiver, "Goal") == ["accepted", "cancelled", "cancelled"]
    house.say(ARABIC_PATIENT)
    tries(house, receiver.url)
    assert in_words(receiver, (PARK, HOSTILE)) == [PARK, HOSTILE]
    created = [one for key, one in receiver.kept.items() if key.endswith(f"{house.goal('g1')}-1")]
    assert [one["activity"]["coding"][0]["code"] for one in created] == ["CREATE"]


def test_a_goal_that_may_have_arrived_before_it_was_taken_back_is_told_of(house: House, receiver: Receiver) -> None:
    house.decide(house.goal("g3"), "change", wording="Rustig thuis")
    receiver.moods = ["lost"]
    tries(house, receiver.url, most=1)
    assert in_words(receiver, (HOSTILE,))
    house.say(ARABIC_PATIENT | {"goals": [], "answers": []})
    tries(house, receiver.url)
    assert in_words(receiver, (*PATIENTS, "Rustig thuis")) == []


def test_an_answer_that_is_no_longer_shared_goes_there_too(house: House, receiver: Receiver) -> None:
    send_both(house, receiver)
    kept = [answer for answer in ARABIC_PATIENT["answers"] if answer["question"] != "typical_day"]
    house.say(ARABIC_PATIENT | {"answers": kept})
    tries(house, receiver.url)
    assert in_words(receiver, ("أستيقظ باكرا وأشرب الشاي مع ابنتي", "أحفادي")) == ["أحفادي"]
    assert lines(house) == [("sent", 1, None)]
    house.say(ARABIC_PATIENT)
    assert tries(house, receiver.url) == 0  # something more is no reason to take anything back


def test_no_word_stands_in_a_recall_in_its_body_or_in_the_log(
    house: House, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    send_both(house, receiver)
    receiver.bodies.clear()
    receiver.moods = [500]
    with caplog.at_level(logging.DEBUG):
        purge(house)
        with house.engine.connect() as connection:
            row = str(connection.execute(sa.select(house.tables.recalls)).all())
        tries(house, receiver.url)
    told = "".join(receiver.bodies) + row + caplog.text
    assert [word for word in (*PATIENTS, *CAREGIVERS, "Amina", "Noord", "P-77") if word in told] == []
    assert [found for body in receiver.bodies for found in check_model(json.loads(body))] == []
    assert {entry["request"]["method"] for body in receiver.bodies for entry in json.loads(body)["entry"]} == {"PUT"}
    assert house.care_plan.first_broken_audit_entry() is None


def test_a_recall_waits_for_a_receiver_to_be_set_again(built: Prepared, tmp_path: Path, receiver: Receiver) -> None:
    with own_house(built, tmp_path, exports=True) as house:
        send_both(house, receiver)
        house.care_plan._context = type(house.care_plan._context)(
            **{**vars(house.care_plan._context), "exports": False}
        )
        erase(house)
        assert lines(house) == [("waiting", 0, None)]


def test_a_waiting_recall_holds_up_no_other_visit(house: House, receiver: Receiver) -> None:
    send_both(house, receiver)
    visit = house.visit
    erase(house)
    other = house.care_plan.create_visit(house.actor(), house.clock(), reference="P-9").id
    house.care_plan.invite(house.actor(), other, "caregiver", "fr")
    house.say(FRENCH_CAREGIVER, "caregiver", other)
    goal = str(house.only("goals", visit=other, key="g1"))
    house.decide(goal)
    receiver.moods = [503]
    assert tries(house, receiver.url, most=2, pace=Pace(first_wait=60)) == 2
    assert house.only("outbox", "state", visit=other) == "sent"
    assert house.only("recalls", "state", visit=visit) == "waiting"


def test_every_kind_that_leaves_can_be_taken_back(house: House, receiver: Receiver) -> None:
    send_both(house, receiver)
    kinds: set[Any] = {one["resourceType"] for one in receiver.kept.values()}
    assert kinds - {"Patient"} == set(recalling._EMPTIED)
