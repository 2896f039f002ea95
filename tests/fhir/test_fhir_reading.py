"""What programs read at /fhir: interactions, headers, errors, and who may."""

from datetime import timedelta

import pytest
from fhir_house import FHIR, ORIGIN, PASSWORD, House
from fhir_models import check_model
from fhir_scenes import ARABIC_PATIENT, FALLING, HOSTILE, PARK, SECRET, contribution, goal

from api.fhir.facade import KINDS
from careplan.people import Duty


def outcome(answer):
    """Status, issue code and our own code of a refusal, which is always a valid OperationOutcome."""
    body = answer.json()
    assert check_model(body) == []
    return answer.status_code, body["issue"][0]["code"], body["issue"][0]["details"]["coding"][0]["code"]


def test_every_resource_is_valid_and_can_be_read_by_its_id(house: House) -> None:
    for kind in KINDS:
        found = house.found(kind)
        assert found, kind
        for resource in found:
            assert check_model(resource) == []
            assert house.read(f"{kind}/{resource['id']}") == resource
            assert house.read(f"{kind}/{resource['id']}/_history/{resource['meta']['versionId']}") == resource


def test_every_reference_leads_to_a_resource(house: House) -> None:
    def references(part):
        if isinstance(part, list):
            return [found for one in part for found in references(one)]
        if not isinstance(part, dict):
            return []
        own = [part["reference"]] if isinstance(part.get("reference"), str) else []
        return own + [found for one in part.values() for found in references(one)]

    everything = [resource for kind in KINDS for resource in house.found(kind)]
    named = set(references(everything))
    assert len(named) > 20
    client = house.client()
    assert {path: client.get(f"{FHIR}/{path}").status_code for path in named} == dict.fromkeys(named, 200)


def test_a_goal_keeps_the_words_and_says_whose_they_are(house: House) -> None:
    read = house.read(f"Goal/{house.goal()}")
    assert (read["description"]["text"], read["language"]) == (PARK, "ar")
    assert read["expressedBy"] == {"reference": f"Patient/{house.patient}"}
    assert [note["text"] for note in read["note"]][-1] == "Naar het park met de kleinkinderen"
    assert read["meta"]["profile"][0].endswith("/be-goal")
    codes = [coding["code"] for coding in read["category"][0]["coding"]]
    assert codes == ["family_friends", "d7", "social-functioning"]
    assert read["target"] == [
        {"dueDuration": {"value": 3, "unit": "month", "system": "http://unitsofmeasure.org", "code": "mo"}}
    ]


def test_a_caregivers_goal_carries_their_voice_and_waits_for_the_patient(house: House) -> None:
    read = house.read(f"Goal/{house.goal('g1', 'caregiver')}")
    related = f"RelatedPerson/{house.visit}-caregiver"
    assert (read["description"]["text"], read["expressedBy"]) == (FALLING, {"reference": related})
    assert read["meta"]["security"][0]["code"] == "PACQAST"
    acceptance = [
        {part["url"]: part.get("valueCode") or part.get("valueReference") for part in extension["extension"]}
        for extension in read["extension"]
    ]
    assert [(one["individual"]["reference"], one["status"]) for one in acceptance] == [
        (related, "agree"),
        (f"Patient/{house.patient}", "pending"),
    ]
    own = house.read(f"Goal/{house.goal('g2', 'caregiver')}")["category"]
    assert own[-1]["coding"][0]["code"] == "caregiver-needs"


@pytest.mark.parametrize(
    ("decision", "more", "lifecycle"),
    [
        ("accept", {}, "accepted"),
        ("change", {"wording": "anders"}, "accepted"),
        ("to_discuss", {}, "proposed"),
        ("decline", {"reason": "Al besproken"}, "rejected"),
    ],
)
def test_the_status_follows_the_review(house: House, decision: str, more: dict[str, str], lifecycle: str) -> None:
    house.decide(house.goal("g3"), decision, **more)
    read = house.read(f"Goal/{house.goal('g3')}")
    assert read["lifecycleStatus"] == lifecycle
    assert read["description"]["text"] == HOSTILE
    rejected = [one for one in read["extension"] if one["url"].endswith("goal-reasonRejected")]
    assert bool(rejected) == (decision == "decline")


def test_the_exact_importance_is_an_observation(house: House) -> None:
    found = {one["focus"][0]["reference"]: one for one in house.found("Observation", code="importance")}
    assert found[f"Goal/{house.goal()}"]["valueInteger"] == 9
    assert found[f"Goal/{house.goal('g3')}"]["valueInteger"] == 0
    assert len(found) == 4


def test_the_interview_holds_every_shared_answer_to_the_letter(house: House) -> None:
    read = house.read(f"QuestionnaireResponse/{house.visit}-patient")
    said = [(item["linkId"], one["valueString"]) for item in read["item"] for one in item["answer"]]
    shared = [(one["question"], one["words"]) for one in ARABIC_PATIENT["answers"] if one["shared"]]
    assert sorted(said) == sorted(shared)
    assert read["author"] == {"reference": "Device/assistant"}
    assert read["source"] == {"reference": f"Patient/{house.patient}"}


def test_provenance_names_who_said_it_who_typed_it_and_who_reviewed_it(house: House) -> None:
    target = f"Goal/{house.goal()}"
    made = {one["target"][0]["reference"]: one for one in house.found("Provenance", target=target)}
    roles = {version: [agent["type"]["coding"][0]["code"] for agent in one["agent"]] for version, one in made.items()}
    assert roles == {
        f"{target}/_history/1": ["informant", "enterer", "assembler"],
        f"{target}/_history/2": ["verifier"],
        f"{target}/_history/2.1": ["author"],
    }
    assert made[f"{target}/_history/1"]["activity"]["coding"][0]["code"] == "CREATE"
    assert made[f"{target}/_history/2"]["entity"][0]["what"] == {"reference": f"{target}/_history/1"}


def test_scaling_scores_tasks_and_the_team_are_there(house: House) -> None:
    levels = [one for one in house.read(f"Goal/{house.goal()}")["extension"] if "attainment" in one["url"]]
    assert len(levels) == 4  # a level that has no text is left out
    scores = house.found("Observation", focus=f"Goal/{house.goal()}", category="survey")
    assert [one["valueCodeableConcept"]["text"] for one in scores if "valueCodeableConcept" in one] == [
        "Less than expected",
        "As expected",
        "Better than expected",
    ]
    task = house.read(f"Task/{'a' * 32}")
    assert (task["status"], task["description"], task["owner"]["display"]) == (
        "in-progress",
        "Trap oefenen",
        "Kine <b>Karel</b>",
    )
    assert len(house.read(f"CareTeam/{house.visit}")["participant"]) == 2
    assert house.read(f"CarePlan/{house.visit}")["activity"] == [{"reference": {"reference": f"Task/{'a' * 32}"}}]


def test_what_is_not_shared_or_not_sent_is_nowhere(house: House) -> None:
    clock = house.clock
    visit = house.care_plan.create_visit(house.actor(), clock() + timedelta(hours=2)).id
    house.care_plan.invite(house.actor(), visit, "patient", "nl")
    house.say(contribution(goal(SECRET, "g1", "nl"), state="started"), visit=visit)
    everything = str([house.read(kind, _count=100) for kind in KINDS])
    assert SECRET not in everything
    assert house.client().get(f"{FHIR}/Goal/{house.goal('g4')}").status_code == 404


def test_history_keeps_every_version_and_what_is_taken_back_is_gone(house: House) -> None:
    path = f"Goal/{house.goal('g3')}"
    house.say(ARABIC_PATIENT | {"goals": [one | {"words": "nieuw"} for one in ARABIC_PATIENT["goals"][2:3]]})
    history = house.read(f"{path}/_history")
    assert check_model(history) == []
    assert [entry["resource"]["description"]["text"] for entry in history["entry"]] == ["nieuw", HOSTILE]
    house.say(ARABIC_PATIENT | {"goals": []})
    client = house.client()
    answers = [client.get(f"{FHIR}/{path}{more}") for more in ("", "/_history", "/_history/1")]
    assert [outcome(answer) for answer in answers] == [(410, "deleted", "gone")] * 3
    assert path.split("/")[1] not in str(house.read("Goal"))


def test_who_stops_sharing_an_item_takes_it_out_of_earlier_versions_too(house: House) -> None:
    changed = [dict(one) for one in ARABIC_PATIENT["goals"]]
    changed[0]["obstacles"] = []
    house.say(ARABIC_PATIENT | {"goals": changed})
    assert "وجع الركبة" not in str(house.read(f"Goal/{house.goal()}/_history"))


def test_etags_spare_a_second_reading(house: House) -> None:
    client, path = house.client(), f"{FHIR}/Goal/{house.goal()}"
    first = client.get(path)
    assert (first.headers["etag"], first.headers["content-type"]) == ('W/"2.1"', "application/fhir+json; charset=utf-8")
    assert first.headers["last-modified"] == "Sun, 22 Nov 2026 08:10:00 GMT"
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    house.decide(house.goal())
    assert client.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 200


@pytest.mark.parametrize(
    ("path", "headers", "told"),
    [
        ("Goal/" + "0" * 32, {}, (404, "not-found", "not_found")),
        ("Goal/%00", {}, (404, "not-found", "not_found")),
        ("Goal/..%2f..", {}, (404, "not-found", "not_found")),
        ("Medication", {}, (404, "not-found", "not_found")),
        ("Provenance/x-1", {}, (404, "not-found", "not_found")),
        ("Goal", {"Accept": "application/fhir+xml"}, (406, "not-supported", "format")),
        ("Goal?_format=xml", {}, (406, "not-supported", "format")),
        ("Goal", {"Accept": "application/fhir+json; fhirVersion=5.0"}, (406, "not-supported", "format")),
        ("Goal?nonsense=1", {"Prefer": "handling=strict"}, (400, "not-supported", "search_unknown")),
        ("Goal?category:text=x", {}, (400, "not-supported", "search_modifier")),
        ("Goal?start-date=tomorrow", {}, (400, "value", "search_value")),
        ("Goal?_count=many", {}, (400, "value", "search_value")),
        ("Goal?page=elsewhere", {}, (400, "value", "search_value")),
    ],
)
def test_every_refusal_is_an_operation_outcome(house: House, path: str, headers: dict[str, str], told: object) -> None:
    assert outcome(house.client(**headers).get(f"{FHIR}/{path}")) == told


def test_nothing_is_written_here(house: House) -> None:
    client = house.client()
    for method, path in (("POST", "Goal"), ("PUT", f"Goal/{house.goal()}"), ("DELETE", f"Goal/{house.goal()}")):
        assert outcome(client.request(method, f"{FHIR}/{path}", json={})) == (
            405,
            "not-supported",
            "method_not_allowed",
        )
    assert outcome(client.post(f"{FHIR}/Goal/_search", content=b"x" * 40_000)) == (413, "too-long", "too_large")


def test_only_clinicians_of_the_practice_read(house: House) -> None:
    paths = ("Goal", f"Goal/{house.goal()}", f"Goal/{house.goal()}/_history", f"Patient/{house.patient}")
    other = house.care_plan.create_practice("zuid")
    house.care_plan.create_user(other, "zuid", PASSWORD, name="Zuid", duties=(Duty.CLINICIAN,))
    clients = {
        "nobody": house.client(None),
        "wrong": house.client(None, Authorization="Bearer wrong"),
        "service": house.client(None, Authorization="Bearer the secret of the action server"),
        "administrator": house.client("administrator@noord"),
        "other": house.client("zuid"),
    }
    found = {who: [client.get(f"{FHIR}/{path}").status_code for path in paths] for who, client in clients.items()}
    refused, forbidden = [401] * 4, [403] * 4
    expected = {"nobody": refused, "wrong": refused, "service": refused, "administrator": forbidden}
    assert found == expected | {"other": [200, 404, 404, 404]}
    assert clients["other"].get(f"{FHIR}/Goal").json()["total"] == 0
    assert clients["nobody"].get(f"{FHIR}/metadata").status_code == 200


def test_a_browser_reads_with_its_cookie_and_searches_from_our_own_page_only(house: House) -> None:
    client = house.client(None)
    client.cookies.set("voorop_clinician", house.token())
    assert client.get(f"{FHIR}/Goal").json()["total"] == 5
    form = {"lifecycle-status": "rejected"}
    assert client.post(f"{FHIR}/Goal/_search", data=form).status_code == 403
    assert client.post(f"{FHIR}/Goal/_search", data=form, headers={"Origin": ORIGIN}).json()["total"] == 1


def test_every_reading_stands_in_the_audit_trail(house: House) -> None:
    house.read(f"Goal/{house.goal()}")
    house.read("Goal", patient=house.patient)
    house.read(f"QuestionnaireResponse/{house.visit}-caregiver")
    trail = [(entry.action, entry.subject) for entry in house.care_plan.audit_for(house.actor("administrator@noord"))]
    read = [entry for entry in trail if entry[0].startswith("fhir")]
    assert read == [
        ("fhir_read", f"QuestionnaireResponse/{house.visit}-caregiver"),
        ("fhir_search", house.visit),
        ("fhir_read", f"Goal/{house.goal()}"),
    ]
    assert house.care_plan.first_broken_audit_entry() is None


def test_the_capability_statement_tells_what_there_is(house: House) -> None:
    told = house.read("metadata")
    assert check_model(told) == []
    assert told["fhirVersion"] == "4.0.1"
    assert {resource["type"] for resource in told["rest"][0]["resource"]} == set(KINDS)
