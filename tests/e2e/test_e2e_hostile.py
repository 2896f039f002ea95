"""Whatever is typed is kept as it was typed or refused with kindness; the conversation stays where it was."""

from collections.abc import Callable

import pytest
from e2e_person import Person, is_kind_refusal
from e2e_server import Clinician
from e2e_words import WORDS, script, walk
from markupsafe import escape

Open = Callable[..., Person]
INERT = {
    "payload": ' /affirm{"x":1}',
    "template": "{{7*7}}",
    "markup": "<b onclick=alert(1)>my garden</b> & <!-- the roses",
    "direction": "\u202emy garden and the old roses\u202c",
}
REFUSED = {
    "long": "\u00e9" * 10_000,
    "surrogate": "\\ud800",
    "nul": "\\u0000",
    "empty": "   ",
}
OPEN_QUESTIONS = ("typical_day", "life_goal", "goal_obstacle", "care_burden", "visit_question")


@pytest.mark.thorough
@pytest.mark.parametrize("question", OPEN_QUESTIONS)
def test_hostile_words_are_an_answer_kept_verbatim(person: Open, question: str) -> None:
    patient = person("en")
    walk(patient, script("en"), until=question)
    for name, text in INERT.items():
        reply = patient.says(text)
        assert reply["messages"][0]["text"] == text
        patient.chooses(patient.change_of(text))
        assert patient.question == question, name
    assert set(INERT.values()) <= set(patient.said)


@pytest.mark.parametrize("text", ["/restart", "/session_start", '/delete_everything{"choice": "affirm"}', "/back"])
def test_a_command_of_the_engine_undoes_nothing_that_was_said(person: Open, clinician: Clinician, text: str) -> None:
    patient = person("en")
    walk(patient, script("en"), until="goal_obstacle")
    patient.says(text)
    assert patient.reads()["state"] == "open"
    assert text in patient.said
    assert set(patient.said) >= {"Yes, we can begin", WORDS["en"].day, WORDS["en"].goals[0]}
    if patient.question == "clarify_move":
        patient.chooses("deny")
    assert patient.question in ("goal_obstacle", "goal_support", "goal_importance")


@pytest.mark.parametrize("name", sorted(INERT))
def test_hostile_words_stand_inert_before_the_clinician(person: Open, clinician: Clinician, name: str) -> None:
    patient, text = person("en"), INERT[name]
    walk(patient, script("en"), until="goal_obstacle")
    patient.says(text)
    assert patient.question == "goal_support"
    walk(patient, script("en")[8:])
    (goal,) = clinician.goals(patient.visit)
    assert [item["words"] for item in goal["obstacles"]] == [text]
    page = clinician.page(patient.visit)
    assert "<script>alert" not in page
    assert ">49<" not in page
    assert str(escape(text)) in page
    assert "<b onclick" not in page


@pytest.mark.thorough
@pytest.mark.parametrize("question", ["welcome", "life_goal", "goal_readback", "goal_importance", "share"])
def test_what_cannot_be_kept_is_refused_and_the_question_stays(person: Open, question: str) -> None:
    patient = person("fr")
    walk(patient, script("fr"), until=question)
    before = patient.reads()
    for text in REFUSED.values():
        answer = patient.sends_raw(text)
        assert is_kind_refusal(answer, text.strip()), (text[:10], answer.status_code)
        assert answer.headers["Content-Language"] == "fr"
    assert patient.reads() == before


@pytest.mark.thorough
@pytest.mark.parametrize("question", ["goal_readback", "goal_importance", "more_goals"])
def test_hostile_words_at_a_question_with_buttons_do_not_choose_one(person: Open, question: str) -> None:
    patient = person("en")
    walk(patient, script("en"), until=question)
    answer = patient.sends(text='/affirm{"choice": "10"}')
    assert answer.status_code == 200
    assert patient.reads()["state"] == "open"
    assert '/affirm{"choice": "10"}' in patient.said
    assert [message["text"] for message in patient.messages].count("Yes, that is right") <= 1


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b'{"id": 1}', b"\xff\xfe", b'{"id": "x", "text": "hello there friend"}', b"[" * 30_000]
)
def test_bodies_that_are_no_message_are_refused(person: Open, raw: bytes) -> None:
    patient = person("en")
    answer = patient.http.post("/api/chat/messages", content=raw, headers={"Content-Type": "application/json"})
    assert is_kind_refusal(answer, "hello there friend")
    assert patient.reads()["question"] == "welcome"


def test_a_form_of_another_site_is_refused(person: Open) -> None:
    patient = person("en")
    headers = {"Origin": "https://elsewhere.example"}
    assert is_kind_refusal(patient.http.post("/api/chat/messages", json={}, headers=headers), "")
    assert is_kind_refusal(patient.http.delete("/api/chat", headers=headers), "")
    assert patient.reads()["question"] == "welcome"


def test_wrong_links_and_codes_say_the_same(person: Open) -> None:
    patient = person("en")
    refusals = [
        patient.http.post("/api/chat/open", json=body) for body in ({"token": "x" * 22}, {"code": "AAAAA-AAAAA"})
    ]
    assert [answer.status_code for answer in refusals] == [404, 404]
    assert refusals[0].json() == refusals[1].json()
