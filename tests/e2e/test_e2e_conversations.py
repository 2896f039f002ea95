"""Whole conversations over the chat API, and what the clinician's API then shows."""

from collections.abc import Callable

import pytest
from e2e_person import Person
from e2e_server import Clinician, Server
from e2e_words import DIRECTIONS, LANGUAGES, WORDS, script, walk
from markupsafe import escape

BOTH_DIRECTIONS = ("nl", "ar")  # where the language itself is not what is tested
Open = Callable[..., Person]


def words_of(items: list[dict[str, str]]) -> list[str]:
    return [item["words"] for item in items]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_goal_reaches_the_clinician_in_the_exact_words(person: Open, clinician: Clinician, lang: str) -> None:
    patient, said = person(lang), WORDS[lang]
    walk(patient, script(lang))
    assert (patient.question, patient.state) == ("closing", "finished")
    (goal,) = clinician.goals(patient.visit)
    assert goal["words"] == said.goals[0]
    assert (goal["lang"], goal["dir"], goal["role"], goal["typed_by"]) == (lang, DIRECTIONS[lang], "patient", "self")
    assert (goal["level"], goal["importance"], goal["first"], goal["shared"]) == ("functional", 8, True, True)
    assert goal["domain"] is not None
    assert words_of(goal["statements"]) == [said.goals[0], said.why]
    assert words_of(goal["own_part"]) == [said.own_part]
    assert [(item["words"], bool(item["of"])) for item in goal["expects"]] == [(said.expects, True)]
    assert words_of(goal["obstacles"]) == [said.obstacle]
    assert words_of(goal["supports"]) == [said.support]
    visit = clinician.visit(patient.visit)
    assert words_of(visit["questions"]) == [said.question]
    assert words_of(visit["burdens"]) == [said.burden]
    assert words_of(visit["helps"]) == [said.helps]
    assert visit["one_thing"] == {"patient": goal["id"], "caregiver": None}
    assert visit["flags"] == []
    (spoken,) = [one for one in visit["people"] if one["role"] == "patient"]
    assert (spoken["language"], spoken["typed_by"], spoken["state"]) == (lang, "self", "submitted")
    for item in (*visit["questions"], *visit["burdens"], *visit["helps"], *goal["statements"]):
        assert (item["lang"], item["role"]) == (lang, "patient")


@pytest.mark.thorough
@pytest.mark.parametrize("lang", BOTH_DIRECTIONS)
def test_of_two_goals_the_chosen_one_is_first(person: Open, clinician: Clinician, lang: str) -> None:
    patient, said = person(lang), WORDS[lang]
    walk(patient, script(lang, goals=2))
    assert patient.state == "finished"
    goals = {goal["words"]: goal for goal in clinician.goals(patient.visit)}
    assert set(goals) == set(said.goals)
    one, other = (goals[words] for words in said.goals)
    assert (one["first"], other["first"]) == (False, True)
    assert (one["importance"], other["importance"]) == (8, 5)
    assert (words_of(one["obstacles"]), words_of(other["obstacles"])) == ([said.obstacle], [])
    assert (words_of(one["supports"]), words_of(other["supports"])) == ([said.support], [])
    assert clinician.visit(patient.visit)["one_thing"]["patient"] == other["id"]


@pytest.mark.parametrize("lang", BOTH_DIRECTIONS)
def test_the_clinicians_page_shows_every_word_in_its_language(person: Open, clinician: Clinician, lang: str) -> None:
    patient, said = person(lang), WORDS[lang]
    walk(patient, script(lang))
    page = clinician.page(patient.visit)
    for words in (said.goals[0], said.obstacle, said.support, said.burden, said.helps, said.question):
        assert f'lang="{lang}" dir="{DIRECTIONS[lang]}">{escape(words)}</bdi>' in page


@pytest.mark.thorough
@pytest.mark.parametrize("lang", BOTH_DIRECTIONS)
def test_a_vague_statement_is_asked_further_and_both_are_kept(person: Open, clinician: Clinician, lang: str) -> None:
    patient, (vague, further) = person(lang), WORDS[lang].vague
    walk(patient, script(lang), until="life_goal")
    patient.says(vague)
    assert patient.question.startswith("probe_")
    while patient.question.startswith("probe_"):
        patient.says(further)
    assert patient.question == "goal_readback"
    patient.chooses("affirm")
    walk(patient, script(lang)[6:])
    (goal,) = clinician.goals(patient.visit)
    assert words_of(goal["statements"])[:2] == [vague, further]
    assert goal["words"] in (vague, further)


@pytest.mark.thorough
@pytest.mark.parametrize("lang", BOTH_DIRECTIONS)
def test_a_caregivers_words_stand_apart_from_the_patients(
    server: Server, person: Open, clinician: Clinician, lang: str
) -> None:
    caregiver, said = person(lang, "caregiver"), WORDS[lang]
    walk(caregiver, script(lang, role="caregiver"))
    assert caregiver.state == "finished"
    patient = Person(server, server.invitation_to(caregiver.visit, "patient"))
    walk(patient, script(lang))
    assert {goal["words"] for goal in clinician.goals(patient.visit, "caregiver")} == {said.for_them, said.own}
    assert [goal["words"] for goal in clinician.goals(patient.visit, "patient")] == [said.goals[0]]
    assert [goal["words"] for goal in clinician.goals(patient.visit, "caregiver") if goal["first"]] == [said.own]
    visit = clinician.visit(patient.visit)
    assert {(item["words"], item["role"]) for item in visit["burdens"]} == {
        (said.burden, "patient"),
        (said.load, "caregiver"),
    }
    assert {item["role"] for item in visit["questions"]} == {"patient", "caregiver"}
    assert visit["one_thing"]["caregiver"] != visit["one_thing"]["patient"] is not None
    assert said.caring_day not in patient.everything()
    assert said.goals[0] not in caregiver.everything()


def test_nothing_is_shown_before_the_person_shares_it(person: Open, clinician: Clinician) -> None:
    patient = person("nl")
    walk(patient, script("nl"), until="share")
    shown = clinician.everything(patient.visit)
    for words in patient.said:
        assert words not in shown


@pytest.mark.parametrize("lang", BOTH_DIRECTIONS)
def test_skipping_everything_reaches_a_kind_end(person: Open, clinician: Clinician, lang: str) -> None:
    patient = person(lang)
    asked = []
    while patient.question != "summary":
        asked.append(patient.question)
        assert len(asked) < 15
        patient.moves("skip")
    patient.chooses("affirm")
    patient.chooses("affirm")
    assert (patient.question, patient.state) == ("closing", "finished")
    assert "life_goal" in asked
    assert clinician.goals(patient.visit) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_has_no_goals_is_asked_in_other_ways_and_then_left_in_peace(
    person: Open, clinician: Clinician, lang: str
) -> None:
    patient, said = person(lang), WORDS[lang]
    walk(patient, script(lang), until="life_goal")
    asked = []
    for words in said.no_goals:
        assert patient.question == "life_goal"
        asked.append(patient.messages[-1]["text"])
        patient.says(words)
    assert len(set(asked)) == len(asked)
    assert patient.question == "care_burden"
    walk(patient, script(lang)[-5:])
    assert patient.state == "finished"
    assert clinician.goals(patient.visit) == []
    assert words_of(clinician.visit(patient.visit)["burdens"]) == [said.burden]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_after_danger_the_words_are_a_flag_and_two_steps_lead_back(
    person: Open, clinician: Clinician, lang: str
) -> None:
    patient, said = person(lang), WORDS[lang]
    walk(patient, script(lang), until="life_goal")
    reply = patient.says(said.danger)
    assert patient.question == "safety"
    contacts = [contact for message in reply["messages"] for item in message["items"] for contact in item.items()]
    assert any(message["kind"] == "safety" for message in reply["messages"])
    assert any(str(value).replace(" ", "").isdecimal() for _, value in contacts)
    (flag,) = clinician.visit(patient.visit)["flags"]
    assert (flag["category"], flag["words"], flag["lang"], flag["role"]) == (
        "suicide_self_harm",
        said.danger,
        lang,
        "patient",
    )
    patient.chooses("affirm")
    assert patient.question == "safety_continue"
    patient.chooses("affirm")
    assert patient.question == "life_goal"
    walk(patient, script(lang)[3:])
    assert patient.state == "finished"
    assert [goal["words"] for goal in clinician.goals(patient.visit)] == [said.goals[0]]
    assert [flag["words"] for flag in clinician.visit(patient.visit)["flags"]] == [said.danger]
