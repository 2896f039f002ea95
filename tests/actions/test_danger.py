"""Danger: the person sees the numbers whatever happens, and the practice is told as soon as it can be."""

import asyncio
from typing import Any

import httpx2
import pytest

from actions.registry import Actions
from actions.surroundings import Surroundings, surroundings

SAID = {
    "text": "ik wil niet meer leven",
    "intent": {"name": "report_crisis"},
    "entities": [{"entity": "danger", "value": "suicide_self_harm"}],
    "metadata": {"message_id": "m7", "typed_by": "self", "language": "nl"},
}


class CarePlanApi:
    """Takes what is written to it, or refuses while it is away."""

    def __init__(self) -> None:
        self.away = False
        self.written: list[tuple[str, str, bytes]] = []

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        if self.away:
            return httpx2.Response(503)
        self.written.append((request.method, request.headers["Idempotency-Key"], request.content))
        return httpx2.Response(200, json={})


@pytest.fixture
def api() -> CarePlanApi:
    return CarePlanApi()


@pytest.fixture
def around(api: CarePlanApi) -> Surroundings:
    return surroundings(httpx2.AsyncClient(base_url="http://care-plan", transport=httpx2.MockTransport(api.answer)))


def run(around: Surroundings, action: str, message: dict[str, Any], **slots: Any) -> dict[str, Any]:
    known = {"visit": "v1", "role": "patient", "language": "nl", "conversation": "c1", **slots}
    tracker = {"sender_id": "c1", "slots": known, "latest_message": message, "events": [], "active_loop": {}}
    call = {"next_action": action, "sender_id": "c1", "tracker": tracker, "domain": {"forms": {}, "slots": {}}}
    return asyncio.run(Actions(around).run(call))


def slots_of(answer: dict[str, Any]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in answer["events"] if event["event"] == "slot"}


def responses_of(answer: dict[str, Any]) -> list[str]:
    return [response["response"] for response in answer["responses"]]


def test_danger_gives_numbers_tells_the_practice_the_literal_words_and_says_so(
    api: CarePlanApi, around: Surroundings
) -> None:
    answer = run(around, "action_safety", SAID)
    assert responses_of(answer) == ["utter_safety", "utter_safety_nobody_watching", "utter_safety_told"]
    numbers = [contact["number"] for contact in answer["responses"][1]["custom"]["contacts"]]
    assert (numbers[0], "1813" in numbers) == ("112", True)
    ((method, key, body),) = api.written
    assert (method, key) == ("POST", "c1:m7:flag")
    assert "ik wil niet meer leven" in body.decode()
    assert slots_of(answer)["interview"]["safety"] == "safety"


def test_a_care_plan_that_is_away_keeps_nobody_from_the_numbers_and_the_flag_is_sent_later(
    api: CarePlanApi, around: Surroundings
) -> None:
    api.away = True
    answer = run(around, "action_safety", SAID)
    assert responses_of(answer) == ["utter_safety", "utter_safety_nobody_watching"]
    waiting = slots_of(answer)["interview"]
    assert [flag["words"] for flag in waiting["unsent_flags"]] == ["ik wil niet meer leven"]

    api.away = False
    going_on = {"text": "Back", "intent": {"name": "affirm"}, "entities": [], "metadata": {"message_id": "m8"}}
    slots = {"interview": waiting, "requested_slot": "safety", "safety": "affirm"}
    answered = validate(around, going_on, "safety", "affirm", slots)
    assert [key for _, key, _ in api.written] == ["c1:m7:flag"]
    assert not slots_of(answered)["interview"]["unsent_flags"]


@pytest.mark.parametrize(
    ("text", "extra", "flagged"),
    [
        ("Ik wil niet meer leven.", {}, False),  # said before, word for word
        ("niet meer leven wil ik", {}, False),
        ("I'm calling 112 now", {"calls_for_help": True}, False),
        ("ik heb alle pillen genomen", {}, True),
        ("ik wil niet meer leven, ik heb een mes", {}, True),
    ],
)
def test_while_the_numbers_stand_only_what_is_new_raises_another_flag(
    api: CarePlanApi, around: Surroundings, text: str, extra: dict[str, Any], flagged: bool
) -> None:
    first = slots_of(run(around, "action_safety", SAID))
    again = {**SAID, **extra, "text": text, "metadata": {"message_id": "m8", "language": "nl"}}
    if extra:
        again["entities"] = [{"entity": "danger", "value": "medical_emergency"}]
    answer = run(around, "action_safety", again, interview=first["interview"], danger=first["danger"])
    assert [key for _, key, _ in api.written] == (["c1:m7:flag", "c1:m8:flag"] if flagged else ["c1:m7:flag"])
    assert responses_of(answer) == ["utter_safety", "utter_safety_nobody_watching", "utter_safety_told"]
    assert slots_of(answer)["danger"] == "suicide_self_harm"


def test_the_same_words_in_a_new_moment_of_danger_are_flagged_again(api: CarePlanApi, around: Surroundings) -> None:
    interview = slots_of(run(around, "action_safety", SAID))["interview"]
    later = {**SAID, "metadata": {"message_id": "m12", "language": "nl"}}
    run(around, "action_safety", later, interview={**interview, "safety": ""})
    assert [key for _, key, _ in api.written] == ["c1:m7:flag", "c1:m12:flag"]


def validate(
    around: Surroundings, message: dict[str, Any], question: str, value: str, slots: dict[str, Any]
) -> dict[str, Any]:
    """The form's validator after `value` was extracted for `question`."""
    events = [
        {"event": "slot", "name": "requested_slot", "value": question},
        {"event": "action", "name": "interview_form"},
        {"event": "slot", "name": question, "value": value},
    ]
    known = {"visit": "v1", "role": "patient", "language": "nl", "conversation": "c1", **slots}
    tracker = {"sender_id": "c1", "slots": known, "latest_message": message, "events": events, "active_loop": {}}
    domain = {"forms": {"interview_form": {"required_slots": [question, "life_goal"]}}, "slots": {}}
    call = {"next_action": "validate_interview_form", "sender_id": "c1", "tracker": tracker, "domain": domain}
    return asyncio.run(Actions(around).run(call))
