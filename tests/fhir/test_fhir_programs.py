"""Others' programs judge ours: two validators, two clients, and an engine that takes what leaves."""

import asyncio
import json
from typing import Any

import httpx2
import pytest
from fhir_house import FHIR, House, Programs, own_house, served
from fhir_models import check_model
from fhir_scenes import ARABIC_PATIENT, FALLING, HOSTILE, PARK
from fhirpy import SyncFHIRClient

from api.fhir.facade import KINDS
from api.fhir.sending import Exporter, Pace, Receiver
from api.housekeeping import Housekeeping
from careplan.people import SERVICE
from locales import languages


@pytest.fixture
def exporting(built, tmp_path):
    with own_house(built, tmp_path, exports=True) as house:
        yield house


def send(house: House, url: str) -> list[dict[str, Any]]:
    """Send everything that is due; the Bundles that left."""
    left = []

    async def keep(request: httpx2.Request) -> None:
        left.append(json.loads(request.content))

    async def run() -> None:
        async with httpx2.AsyncClient(event_hooks={"request": [keep]}) as client:
            exporter = Exporter(house.care_plan.books, Receiver(url), Pace(give_up=60))
            while await exporter.send_one(client):
                pass

    asyncio.run(run())
    return left


def totals(programs: Programs, *kinds: str) -> dict[str, int]:
    return {kind: httpx2.get(f"{programs.url}/fhir/{kind}", timeout=60).json()["total"] for kind in kinds}


def test_two_validators_find_nothing_in_what_is_read_in_any_language(house: House, programs: Programs) -> None:
    read = [house.read("metadata"), house.read("Goal"), house.read(f"Goal/{house.goal()}/_history")]
    for known in languages():
        with house.engine.begin() as connection:
            connection.execute(house.tables.users.update().values(language=known.code))
        read += [resource for kind in KINDS for resource in house.found(kind)]
    read.append(house.client().get(f"{FHIR}/Goal/x").json())
    faults = programs.faults(read)
    assert len(faults) > 100
    assert [(resource["resourceType"], found) for resource, found in zip(read, faults, strict=True) if found] == []


def test_the_validators_do_see_what_is_wrong(house: House, programs: Programs) -> None:
    good = house.read(f"Goal/{house.goal()}")
    broken = [
        good | {"lifecycleStatus": "foo"},
        good | {"subject": {"reference": "Observation/1"}},
        good | {"surprise": 1},
        good | {"target": [{"detailString": "without a measure"}]},
    ]
    assert [bool(found) for found in programs.faults([good, *broken])] == [False, True, True, True, True]


def test_two_clients_read_and_search(house: House, programs: Programs) -> None:
    token, goal = house.token(), house.goal()
    with served(house.app) as url:
        told = programs.visit(base=f"{url}{FHIR}", token=token, goal=goal, patient=house.patient)
        client = SyncFHIRClient(f"{url}{FHIR}", authorization=f"Bearer {token}")
        read = client.reference("Goal", goal).to_resource()
        searched = client.resources("Goal").search(patient=house.patient, lifecycle_status="accepted").limit(1)
        found = [one["id"] for one in searched.fetch_all()]
    assert told == {
        "fhirVersion": "4.0.1",
        "words": PARK,
        "sameVersion": True,
        "versions": 3,
        "total": 5,
        "pages": [1, 1],
        "accepted": 2,
        "missing": [404, "OperationOutcome", "not-found"],
    }
    assert read["description"]["text"] == PARK
    assert len(found) == 2


def test_an_engine_takes_what_leaves_twice_and_keeps_it_once(exporting: House, programs: Programs) -> None:
    httpx2.post(f"{programs.url}/forget", timeout=60)
    for key, role in (("g1", "patient"), ("g3", "patient"), ("g1", "caregiver")):
        exporting.decide(exporting.goal(key, role))
    left = send(exporting, f"{programs.url}/fhir")
    assert [len(bundle["entry"]) <= 8 for bundle in left] == [True] * 3
    assert [found for bundle in left for found in check_model(bundle)] == []
    assert programs.faults(left) == [[]] * 3
    created = [entry["request"] for bundle in left for entry in bundle["entry"] if entry["request"]["method"] == "POST"]
    assert all(request["ifNoneExist"] for request in created)
    kinds = ("Patient", "RelatedPerson", "Goal", "CarePlan", "QuestionnaireResponse", "Observation", "Provenance")
    numbers = totals(programs, *kinds)
    assert numbers == dict(zip(kinds, (1, 1, 3, 1, 2, 3, 6), strict=True))
    for bundle in left:
        assert httpx2.post(f"{programs.url}/fhir", json=bundle, timeout=60).status_code == 200
    assert totals(programs, *kinds) == numbers
    plan = httpx2.get(f"{programs.url}/fhir/CarePlan", timeout=60).json()["entry"][0]["resource"]
    assert len(plan["goal"]) == 3
    answer = exporting.only("outbox", "answer", goal=exporting.goal("g3"))
    assert {one["of"].split("/")[0] for one in answer} >= {"Goal", "CarePlan", "Provenance"}
    assert all(one["location"] for one in answer)


def test_a_later_version_is_an_update_and_what_is_taken_back_loses_its_words(
    exporting: House, programs: Programs
) -> None:
    httpx2.post(f"{programs.url}/forget", timeout=60)
    goal = exporting.goal("g3")
    exporting.decide(goal)
    exporting.decide(goal, "change", wording="Rustig thuis")
    send(exporting, f"{programs.url}/fhir")
    there = httpx2.get(f"{programs.url}/fhir/Goal", timeout=60).json()
    assert there["total"] == 1
    assert there["entry"][0]["resource"]["description"]["text"] == HOSTILE
    assert there["entry"][0]["resource"]["note"][-1]["text"] == "Rustig thuis"
    exporting.say(ARABIC_PATIENT | {"goals": []})
    left = send(exporting, f"{programs.url}/fhir")
    assert programs.faults(left) == [[]] * len(left)
    now = httpx2.get(f"{programs.url}/fhir/Goal", timeout=60).json()["entry"][0]["resource"]
    assert (now["lifecycleStatus"], HOSTILE in str(now)) == ("cancelled", False)


def test_an_engine_takes_an_erasing_twice_and_keeps_no_word_of_it(exporting: House, programs: Programs) -> None:
    httpx2.post(f"{programs.url}/forget", timeout=60)
    for key, role in (("g1", "patient"), ("g3", "patient"), ("g1", "caregiver")):
        exporting.decide(exporting.goal(key, role))
    send(exporting, f"{programs.url}/fhir")
    kinds = ("Goal", "CarePlan", "QuestionnaireResponse", "Observation", "Provenance", "RelatedPerson", "Patient")
    numbers = totals(programs, *kinds)
    exporting.care_plan.delete_contribution(SERVICE, exporting.visit, "patient", key="erase")
    left = send(exporting, f"{programs.url}/fhir")
    Housekeeping(exporting.care_plan.books).purge([exporting.visit])
    left += send(exporting, f"{programs.url}/fhir")
    assert [found for bundle in left for found in check_model(bundle)] == []
    assert programs.faults(left) == [[]] * len(left)
    for bundle in left:
        assert httpx2.post(f"{programs.url}/fhir", json=bundle, timeout=60).status_code == 200
    assert totals(programs, *kinds) == numbers
    now = [httpx2.get(f"{programs.url}/fhir/{kind}", timeout=60).json() for kind in kinds]
    stands = {
        str(one["resource"].get("lifecycleStatus") or one["resource"].get("status"))
        for found in now[:4]
        for one in found["entry"]
    }
    assert stands == {"entered-in-error"}
    told = json.dumps(now, ensure_ascii=False)
    assert [words for words in (PARK, "<script", FALLING, "du temps pour moi") if words in told] == []
