"""A person stays the owner of what they said: change it, remove it, keep it to oneself, delete it all."""

from collections.abc import Callable

import pytest
from e2e_person import Person
from e2e_server import Clinician, Server
from e2e_words import LANGUAGES, WORDS, script, walk

Open = Callable[..., Person]
SAID = WORDS["nl"]
OTHER = "Mijn knie is stijf na het opstaan."


def row_of(person: Person, words: str) -> str:
    """Which answer holds these words, as the newest question lists it."""
    return str(next(row["answer"] for row in person.reads()["messages"][-1]["items"] if row["words"] == words))


@pytest.mark.thorough
def test_an_earlier_answer_is_changed_and_the_conversation_goes_on_where_it_was(
    person: Open, clinician: Clinician
) -> None:
    patient = person("nl")
    walk(patient, script("nl"), until="care_burden")
    patient.chooses(patient.change_of(SAID.obstacle))
    assert patient.question == "goal_obstacle"
    patient.says(OTHER)
    assert patient.question == "care_burden"
    walk(patient, script("nl")[-5:])
    (goal,) = clinician.goals(patient.visit)
    assert [item["words"] for item in goal["obstacles"]] == [OTHER]
    assert SAID.obstacle not in clinician.everything(patient.visit)


@pytest.mark.thorough
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_changed_goal_is_read_back_again_and_counts_in_its_new_words(
    person: Open, clinician: Clinician, lang: str
) -> None:
    patient, said = person(lang), WORDS[lang]
    walk(patient, script(lang), until="goal_importance")
    patient.chooses(patient.change_of(said.goals[0]))
    assert patient.question == "life_goal"
    patient.says(said.goals[1])
    assert patient.question == "goal_readback"
    assert said.goals[1] in patient.messages[-1]["text"]
    patient.chooses("affirm")
    walk(patient, script(lang)[6:])
    assert [goal["words"] for goal in clinician.goals(patient.visit)] == [said.goals[1]]
    assert said.goals[0] not in clinician.everything(patient.visit)


@pytest.mark.thorough
def test_an_answer_is_changed_at_the_summary(person: Open, clinician: Clinician) -> None:
    patient = person("nl")
    walk(patient, script("nl"), until="summary")
    patient.chooses(f"change:{row_of(patient, SAID.burden)}")
    assert patient.question == "care_burden"
    patient.says("Te veel papieren.")
    assert patient.question == "summary"
    walk(patient, script("nl")[-2:])
    assert [item["words"] for item in clinician.visit(patient.visit)["burdens"]] == ["Te veel papieren."]


@pytest.mark.thorough
def test_a_removed_answer_is_not_passed_on(person: Open, clinician: Clinician) -> None:
    patient = person("nl")
    walk(patient, script("nl"), until="summary")
    patient.chooses(f"remove:{row_of(patient, SAID.support)}")
    assert patient.question == "summary"
    assert SAID.support not in [row["words"] for row in patient.rows]
    walk(patient, script("nl")[-2:])
    (goal,) = clinician.goals(patient.visit)
    assert goal["supports"] == []
    assert SAID.support not in clinician.everything(patient.visit)


@pytest.mark.thorough
def test_a_removed_goal_takes_what_belongs_to_it_along(person: Open, clinician: Clinician) -> None:
    patient = person("nl")
    walk(patient, script("nl", goals=2), until="summary")
    patient.chooses(f"remove:{row_of(patient, SAID.goals[1])}")
    walk(patient, script("nl")[-2:])
    assert [(goal["words"], goal["first"]) for goal in clinician.goals(patient.visit)] == [(SAID.goals[0], True)]


@pytest.mark.thorough
@pytest.mark.parametrize("kept", ["obstacle", "burden", "question"])
def test_what_is_kept_back_does_not_reach_the_clinician(person: Open, clinician: Clinician, kept: str) -> None:
    patient, words = person("nl"), getattr(SAID, kept)
    walk(patient, script("nl"), until="share")
    patient.chooses(f"toggle:{row_of(patient, words)}")
    assert patient.question == "share"
    assert [row["words"] for row in patient.rows if not row["shared"]] == [words]
    patient.chooses("affirm")
    assert patient.state == "finished"
    assert words not in clinician.everything(patient.visit)
    assert words not in clinician.page(patient.visit)
    assert SAID.goals[0] in clinician.everything(patient.visit)


@pytest.mark.thorough
def test_a_goal_that_is_kept_back_does_not_reach_the_clinician(person: Open, clinician: Clinician) -> None:
    patient = person("nl")
    walk(patient, script("nl", goals=2), until="share")
    patient.chooses(f"toggle:{row_of(patient, SAID.goals[0])}")
    patient.chooses("affirm")
    assert SAID.goals[0] not in clinician.everything(patient.visit)
    assert SAID.goals[0] not in clinician.page(patient.visit)
    assert [goal["words"] for goal in clinician.goals(patient.visit)] == [SAID.goals[1]]


@pytest.mark.thorough
def test_who_shares_nothing_shares_nothing(person: Open, clinician: Clinician) -> None:
    patient = person("nl")
    walk(patient, script("nl"), until="share")
    patient.chooses("deny")
    assert patient.state == "finished"
    shown = clinician.everything(patient.visit) + clinician.page(patient.visit)
    for words in (SAID.goals[0], SAID.obstacle, SAID.support, SAID.burden, SAID.helps, SAID.question):
        assert words not in shown


def test_deleting_leaves_nothing_anywhere(server: Server, person: Open, clinician: Clinician) -> None:
    patient = person("nl")
    walk(patient, script("nl"))
    assert SAID.goals[0] in clinician.everything(patient.visit)
    assert patient.http.delete("/api/chat").status_code == 204
    assert patient.http.get("/api/chat").status_code in (401, 404)
    assert clinician.goals(patient.visit) == []
    shown = clinician.everything(patient.visit) + clinician.page(patient.visit)
    for words in patient.said:
        assert words not in shown
    again = server.client().post("/api/chat/open", json={"token": server.invitation_to(patient.visit, "patient").token})
    assert SAID.goals[0] not in again.text


@pytest.mark.thorough
def test_deleting_in_words_asks_first_and_then_leaves_nothing(person: Open, clinician: Clinician) -> None:
    patient = person("nl")
    walk(patient, script("nl"), until="goal_support")
    patient.says("verwijder alles")
    assert patient.question == "clarify_move"
    patient.chooses("deny")
    assert patient.question == "goal_support"
    patient.says("verwijder alles")
    patient.chooses("affirm")
    left = patient.http.get("/api/chat")
    assert left.status_code in (401, 404) or left.json()["state"] == "closed"
    assert SAID.goals[0] not in left.text
    assert SAID.goals[0] not in clinician.everything(patient.visit)


@pytest.mark.thorough
def test_words_after_the_closing_reach_the_clinician_too(person: Open, clinician: Clinician) -> None:
    patient = person("nl")
    walk(patient, script("nl"))
    patient.says("Mijn zoon komt mee naar de afspraak.")
    assert "Mijn zoon komt mee naar de afspraak." in clinician.everything(patient.visit)


@pytest.mark.thorough
def test_the_own_copy_holds_ones_own_words_in_each_form(person: Open) -> None:
    patient = person("ar")
    walk(patient, script("ar"))
    for form in ("html", "txt", "json"):
        copy = patient.http.get("/api/chat/summary", params={"format": form})
        assert copy.status_code == 200
        assert WORDS["ar"].goals[0] in copy.text, form


def test_another_language_changes_the_programs_words_and_never_the_persons(person: Open) -> None:
    patient = person("nl")
    walk(patient, script("nl"), until="goal_obstacle")
    before, dutch = patient.said, [message["text"] for message in patient.messages if message["from"] == "bot"]
    assert patient.http.put("/api/chat/language", json={"language": "ar"}).status_code == 200
    told = patient.reads()
    assert told["language"] == "ar"
    assert [words for words in patient.said if words in before and words[0].isupper()]
    assert SAID.goals[0] in patient.said
    arabic = [message["text"] for message in told["messages"] if message["from"] == "bot"]
    assert arabic[0] != dutch[0]
    assert (told["messages"][-1]["lang"], told["messages"][-1]["dir"]) == ("ar", "rtl")
