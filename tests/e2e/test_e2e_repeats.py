"""A message counts once however often it arrives, and a choice only where and while it was offered."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from e2e_person import Person, is_kind_refusal
from e2e_words import WORDS, script, walk

Open = Callable[..., Person]
SAID = WORDS["fr"]


def test_the_same_message_twice_is_one_message_with_one_reply(person: Open) -> None:
    patient, id = person("fr"), str(uuid.uuid4())
    walk(patient, script("fr"), until="typical_day")
    first, second = (patient.sends(id=id, text=SAID.day) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    patient.reads()
    assert patient.said.count(SAID.day) == 1
    assert patient.question == "matters_most"


def test_the_same_choice_twice_is_one_choice(person: Open) -> None:
    patient, id = person("fr"), str(uuid.uuid4())
    choice = patient.choice("affirm")
    first, second = (patient.sends(id=id, choice=choice) for _ in range(2))
    assert first.content == second.content
    assert patient.reads()["question"] == "typical_day"


def test_the_last_message_twice_is_passed_on_once(person: Open) -> None:
    patient, id = person("fr"), str(uuid.uuid4())
    walk(patient, script("fr"), until="share")
    choice = patient.choice("affirm")
    first, second = (patient.sends(id=id, choice=choice) for _ in range(2))
    assert first.content == second.content
    assert patient.reads()["state"] == "finished"


def test_two_at_the_same_moment_are_one(person: Open) -> None:
    patient, id = person("fr"), str(uuid.uuid4())
    walk(patient, script("fr"), until="typical_day")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: patient.sends(id=id, text=SAID.day), range(4)))
    kept = [answer for answer in answers if answer.status_code == 200]
    assert kept
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len({answer.content for answer in kept}) == 1
    patient.reads()
    assert patient.said.count(SAID.day) == 1


def test_an_id_with_other_words_is_refused(person: Open) -> None:
    patient, id = person("fr"), str(uuid.uuid4())
    walk(patient, script("fr"), until="typical_day")
    patient.sends(id=id, text=SAID.day)
    before = patient.reads()
    other = patient.sends(id=id, text="Iets heel anders.")
    assert other.status_code == 409
    assert is_kind_refusal(other, "Iets heel anders.")
    assert patient.reads() == before


@pytest.mark.thorough
def test_an_id_with_a_choice_in_place_of_words_is_refused(person: Open) -> None:
    patient, id = person("fr"), str(uuid.uuid4())
    walk(patient, script("fr"), until="goal_obstacle")
    patient.sends(id=id, text=SAID.obstacle)
    assert patient.sends(id=id, choice=patient.choice("nothing")).status_code == 409
    assert patient.reads()["question"] == "goal_support"


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["stale", "invented", "another's"])
def test_a_choice_that_is_not_offered_here_and_now_is_refused(person: Open, kind: str) -> None:
    patient, neighbour = person("fr"), person("fr")
    old = patient.choice("affirm")
    walk(patient, script("fr"), until="goal_obstacle")
    walk(neighbour, script("fr"), until="goal_obstacle")
    choice = {"stale": old, "invented": "a" * 22, "another's": neighbour.choice("nothing")}[kind]
    before = patient.reads()
    answer = patient.sends(choice=choice)
    assert answer.status_code == 409
    assert is_kind_refusal(answer, choice)
    assert patient.reads() == before
