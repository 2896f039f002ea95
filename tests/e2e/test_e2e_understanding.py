"""What people type is understood as they mean it, through the whole program."""

from collections.abc import Callable

import pytest
from e2e_person import Person
from e2e_server import Clinician
from e2e_words import WORDS, script, walk
from test_e2e_command_line import lines

Open = Callable[..., Person]


@pytest.mark.thorough
@pytest.mark.parametrize("text", ["/restart", "<script>alert(1)</script>", "🙂🌻👵🏽"])
@pytest.mark.parametrize("question", ["typical_day", "goal_obstacle"])
def test_hostile_words_are_an_answer(person: Open, question: str, text: str) -> None:
    patient = person("en")
    walk(patient, script("en"), until=question)
    patient.says(text)
    assert patient.question != "clarify_move"
    patient.chooses(patient.change_of(text))
    assert patient.question == question


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "How long will this take?"),
        ("en", "Could we look at my tablets together?"),
        ("en", "What can I do myself for my hip?"),
        ("fr", "Peut-on regrouper les rendez-vous le même jour ?"),
        ("nl", "Kan de afspraak ook telefonisch?"),
    ],
)
def test_a_question_at_the_visit_question_is_the_answer(
    person: Open, clinician: Clinician, lang: str, text: str
) -> None:
    patient = person(lang)
    walk(patient, script(lang), until="visit_question")
    patient.says(text)
    assert patient.question == "summary"
    walk(patient, script(lang)[-2:])
    assert [item["words"] for item in clinician.visit(patient.visit)["questions"]] == [text]


def test_a_medical_question_is_kept_for_the_visit(person: Open, clinician: Clinician) -> None:
    patient = person("en")
    walk(patient, script("en"), until="goal_obstacle")
    patient.says("Which medicine should I take for my headache?")
    walk(patient, script("en")[7:])
    words = [item["words"] for item in clinician.visit(patient.visit)["questions"]]
    assert "Which medicine should I take for my headache?" in words


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "Ik heb geen doelen."),
        ("nl", "Er is niets dat ik zou willen bereiken."),
        ("fr", "Je n'ai pas d'objectifs."),
        ("fr", "Je n'ai aucun objectif."),
        ("fr", "Il n'y a rien que je voudrais atteindre."),
        ("en", "There is nothing I would like to achieve."),
        ("en", "Nothing really."),
        ("ar", "ليس عندي أهداف."),
        ("ar", "ما عندي أهداف"),
        ("ar", "لا، لم تعد عندي أمنيات."),
    ],
)
def test_i_have_no_goals_is_not_taken_for_a_goal(person: Open, lang: str, text: str) -> None:
    patient = person(lang)
    walk(patient, script(lang), until="life_goal")
    patient.says(text)
    assert patient.question == "life_goal"


def test_what_was_no_answer_offers_no_change(person: Open) -> None:
    patient = person("nl")
    walk(patient, script("nl"), until="life_goal")
    reply = patient.says(WORDS["nl"].danger)
    assert reply["messages"][0]["choices"] == []


def test_on_sunday_is_not_within_one_day() -> None:
    (row,) = lines("assess", {"text": "أريد أن أطبخ الغداء لأحفادي يوم الأحد في بيتي.", "lang": "ar"})
    assert row["time_frame"] is None


@pytest.mark.thorough
@pytest.mark.parametrize("command", ["parse", "assess", "check-safety", "detect-language"])
def test_a_lone_surrogate_ends_no_stream(command: str) -> None:
    assert [row["row"] for row in lines(command, {"text": "\ud800", "row": 1}, {"text": "Goed.", "row": 2})] == [1, 2]
