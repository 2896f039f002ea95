"""Searching: every parameter that the capability statement promises finds what it should, page by page."""

from contextlib import suppress
from datetime import timedelta

import pytest
from fhir_house import FHIR, House, own_house
from fhir_scenes import contribution, goal
from hypothesis import given, settings
from hypothesis import strategies as st

from api.fhir.matching import Wanted
from api.fhir.parameters import Parameter
from careplan.errors import Invalid

FOUND = [
    ("Goal", {"lifecycle-status": "accepted"}, 2),
    ("Goal", {"lifecycle-status": "accepted,rejected"}, 3),
    ("Goal", {"lifecycle-status": "active"}, 0),
    ("Goal", {"category": "family_friends"}, 1),
    ("Goal", {"category": "http://hl7.org/fhir/sid/icf|d7"}, 1),
    ("Goal", {"category": "https://elsewhere.example|d7"}, 0),
    ("Goal", {"start-date": "2026-11-22"}, 5),
    ("Goal", {"start-date": "gt2026-11-22"}, 0),
    ("Goal", {"target-date": "2027"}, 1),
    ("Goal", {"target-date": "lt2027-05"}, 0),
    ("Goal", {"_lastUpdated": "ge2026-11-22T08:05:00Z"}, 3),
    ("Goal", {"subject:Patient": "{patient}"}, 5),
    ("Goal", {"patient": "Patient/{patient}"}, 5),
    ("Goal", {"patient": "http://127.0.0.1:8000/fhir/Patient/{patient}"}, 5),
    ("Goal", {"patient": "0"}, 0),
    ("Goal", {"patient": "{patient}", "category": "getting_around"}, 1),
    ("Goal", {"_id": "{goal}"}, 1),
    ("Goal", {"identifier": "https://voorop.example/fhir/goal-id|{goal}"}, 1),
    ("Goal", {"identifier": "https://elsewhere.example|{goal}"}, 0),
    ("Goal", {"unknown": "value"}, 5),
    ("CarePlan", {"patient": "{patient}", "status": "active", "intent": "plan"}, 1),
    ("CarePlan", {"goal": "Goal/{goal}"}, 1),
    ("CareTeam", {"patient": "{patient}"}, 1),
    ("Provenance", {"target": "Goal/{goal}"}, 3),
    ("Provenance", {"target": "Goal/{goal}/_history/2"}, 1),
    ("Provenance", {"patient": "{patient}"}, 9),
    ("Provenance", {"agent": "Device/assistant"}, 5),
    ("Provenance", {"recorded": "2026-11-22T08:10"}, 1),
    ("QuestionnaireResponse", {"source": "Patient/{patient}"}, 1),
    ("QuestionnaireResponse", {"patient": "{patient}", "status": "completed"}, 2),
    ("Observation", {"focus": "{goal}"}, 4),
    ("Observation", {"code": "http://loinc.org|107331-1"}, 1),
    ("RelatedPerson", {"patient": "{patient}"}, 1),
    ("Task", {"patient": "{patient}", "status": "in-progress"}, 1),
    ("Task", {"code": "approve", "focus": "Goal/{goal}"}, 1),
    ("Patient", {"identifier": "P-77"}, 1),
    ("Patient", {"identifier": "P-7"}, 0),
    ("Patient", {"_id": "{patient}"}, 1),
    ("CodeSystem", {"url": "https://voorop.example/fhir/CodeSystem/area-of-life"}, 1),
]


@pytest.fixture(scope="module")
def shared_house(built, tmp_path_factory):
    with own_house(built, tmp_path_factory.mktemp("shared")) as house:
        yield house, house.client()


@pytest.mark.parametrize(("kind", "asked", "number"), FOUND)
def test_a_search_finds(shared_house, kind: str, asked: dict[str, str], number: int) -> None:
    house, client = shared_house
    names = {"patient": house.patient, "goal": house.goal()}
    params = {name: value.format(**names) for name, value in asked.items()}
    by_get = client.get(f"{FHIR}/{kind}", params=params).json()
    by_post = client.post(f"{FHIR}/{kind}/_search", data=params).json()
    assert by_get == by_post
    assert (by_get["total"], len(by_get.get("entry", []))) == (number, number)
    assert all(entry["search"] == {"mode": "match"} for entry in by_get.get("entry", []))
    assert "unknown" not in by_get["link"][0]["url"]


def test_pages_hold_everything_once(house: House) -> None:
    for number in range(6):
        visit = house.care_plan.create_visit(house.actor(), house.clock() + timedelta(days=number)).id
        house.care_plan.invite(house.actor(), visit, "patient", "nl")
        house.say(contribution(*(goal(f"{number}", f"g{place}", "nl") for place in range(number))), visit=visit)
    whole = [one["id"] for one in house.found("Goal", _count=100)]
    assert len(set(whole)) == len(whole) == 5 + 15
    for count in (1, 3, 4, 20):
        client, pages, url = house.client(), [], f"{FHIR}/Goal?_count={count}"
        while url:
            page = client.get(url).json()
            pages.append([entry["resource"]["id"] for entry in page.get("entry", [])])
            url = next((link["url"] for link in page["link"] if link["relation"] == "next"), "")
        assert [one for page in pages for one in page] == whole
        assert all(len(page) == count for page in pages[:-1])


def test_a_search_that_must_look_far_goes_on_by_pages(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.fhir.searching.SCAN", 2)
    for _ in range(5):
        house.care_plan.create_visit(house.actor(), house.clock())
    client, found, pages, url = house.client(), 0, 0, f"{FHIR}/Goal"
    while url:
        page = client.get(url).json()
        assert "total" not in page
        found, pages = found + len(page.get("entry", [])), pages + 1
        url = next((link["url"] for link in page["link"] if link["relation"] == "next"), "")
    assert (found, pages) == (5, 3)


def test_a_count_of_nothing_tells_how_many_there_are(house: House) -> None:
    page = house.read("Goal", _count=0)
    assert (page["total"], page.get("entry"), len(page["link"])) == (5, None, 1)


DATES = st.dates().map(str)


@settings(max_examples=50)
@given(found=DATES, value=DATES)
def test_dates_are_compared_as_dates(found: str, value: str) -> None:
    def fits(prefix: str) -> bool:
        parameter = Parameter("date", lambda _: [found])
        return Wanted.read("date", parameter, f"{prefix}{value}", None, "").fits({})

    assert fits("") == fits("eq") == (found == value)
    assert fits("ne") == (found != value)
    assert fits("gt") == fits("sa") == (found > value)
    assert fits("lt") == fits("eb") == (found < value)
    assert (fits("ge"), fits("le")) == (found >= value, found <= value)


@settings(max_examples=50)
@given(st.text(max_size=40))
def test_any_text_is_read_as_a_date_or_refused(text: str) -> None:
    parameter = Parameter("date", lambda _: ["2026-11-22"])
    with suppress(Invalid):
        assert Wanted.read("date", parameter, text, None, "").fits({}) in (True, False)
