"""Choices: made by the server, good for the question that offered them, and for nobody else."""

import uuid

import pytest
from chat_world import World, choices_of, choose, say


def at_cards(world: World, visit: str = "v1"):  # type: ignore[no-untyped-def]
    patient = world.patient(visit)
    say(patient, "yes")
    return patient, choices_of(say(patient, "walk").json())


def test_a_choice_reaches_the_assistant_as_what_it_means(world: World) -> None:
    patient, cards = at_cards(world)
    said = choose(patient, cards["family_friends"]).json()["messages"][0]
    heard = world.assistant.heard[-1]
    assert (said["text"], heard.text, heard.intent) == ("Family", "Family", "choose")
    assert heard.metadata["choice"] is True
    assert [(each.entity, each.value) for each in heard.entities] == [("choice", "family_friends")]
    assert said["parts"][0]["voice"] is False


def test_a_choice_of_an_earlier_question_is_refused(world: World) -> None:
    patient, cards = at_cards(world)
    choose(patient, cards["home_life"])
    before = patient.get("/api/chat").json()
    stale = choose(patient, cards["home_life"])
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "choice_not_open")
    assert patient.get("/api/chat").json() == before


@pytest.mark.parametrize("invented", ["x", "affirm", '/affirm{"x":1}', "1' OR '1'='1", "a" * 120])
def test_an_invented_choice_is_refused(world: World, invented: str) -> None:
    patient, _ = at_cards(world)
    assert choose(patient, invented).status_code == 409
    assert patient.get("/api/chat").json()["question"] == "matters_most"


def test_a_choice_of_another_visit_is_refused(world: World) -> None:
    _, foreign = at_cards(world, "v1")
    patient, _ = at_cards(world, "v2")
    assert choose(patient, foreign["home_life"]).status_code == 409


def test_only_choices_that_are_open_are_shown(world: World) -> None:
    patient, cards = at_cards(world)
    choose(patient, cards["home_life"])
    shown = patient.get("/api/chat").json()["messages"]
    asked = {each["key"]: [choice["value"] for choice in each["choices"]] for each in shown if each["from"] == "bot"}
    assert asked["matters_most"] == []
    assert asked["goal_readback"] == ["affirm", "deny"]


def test_several_cards_are_one_answer(world: World) -> None:
    patient, cards = at_cards(world)
    body = {"id": str(uuid.uuid4()), "choices": [cards["family_friends"], cards["work_learning"]]}
    said = patient.post("/api/chat/messages", json=body).json()["messages"][0]
    assert said["text"] == "Family and Work"
    values = [entity.value for entity in world.assistant.heard[-1].entities]
    assert values == ["family_friends", "work_learning"]


def test_words_beside_cards_are_read_as_words(world: World) -> None:
    patient, cards = at_cards(world)
    body = {"id": str(uuid.uuid4()), "choices": [cards["home_life"]], "text": "and my garden"}
    said = patient.post("/api/chat/messages", json=body).json()["messages"][0]
    heard = world.assistant.heard[-1]
    assert (heard.text, heard.intent) == ("and my garden", None)
    assert [entity.value for entity in heard.entities] == ["home_life"]
    assert [(part["text"], part["voice"]) for part in said["parts"]][::2] == [("Home", False), ("and my garden", True)]


def test_choices_of_different_kinds_do_not_go_together(world: World) -> None:
    patient = world.patient()
    offered = choices_of(patient.get("/api/chat").json())
    body = {"id": str(uuid.uuid4()), "choices": [offered["affirm"], offered["pause"]]}
    assert patient.post("/api/chat/messages", json=body).status_code == 409


def test_the_same_card_twice_is_refused(world: World) -> None:
    patient, cards = at_cards(world)
    body = {"id": str(uuid.uuid4()), "choices": [cards["home_life"], cards["home_life"]]}
    assert patient.post("/api/chat/messages", json=body).status_code == 400


def test_an_earlier_answer_can_be_changed_for_as_long_as_the_conversation_is_open(world: World) -> None:
    patient = world.patient()
    sent = str(uuid.uuid4())
    link = say(patient, "yes", message_id=sent).json()["messages"][0]["choices"][0]
    assert (link["label"], link["value"]) == ("Change", f"change:{sent}")
    say(patient, "walk")
    changed = choose(patient, link["id"])
    assert changed.status_code == 200
    heard = world.assistant.heard[-1]
    assert (heard.intent, heard.entities[0].entity, heard.entities[0].value) == ("change_answer", "answer", sent)
    assert changed.json()["messages"][0]["choices"] == []
    assert choose(patient, link["id"]).status_code == 200


def test_nobody_else_can_change_an_answer(world: World) -> None:
    link = say(world.patient("v1"), "yes").json()["messages"][0]["choices"][0]["id"]
    assert choose(world.patient("v2"), link).status_code == 409


@pytest.mark.parametrize("move", ["back", "skip", "example", "pause", "explain", "repeat"])
def test_the_moves_of_the_page_are_moves_at_any_question(world: World, move: str) -> None:
    patient = world.patient()
    answered = patient.post("/api/chat/messages", json={"id": str(uuid.uuid4()), "move": move})
    said = answered.json()["messages"][0]
    assert (answered.status_code, world.assistant.heard[-1].intent, said["parts"][0]["voice"]) == (200, move, False)
    assert bool(said["choices"]) == (move == "skip")


@pytest.mark.parametrize("more", [{"move": "restart"}, {"move": "skip", "text": "x"}, {"move": "report_crisis"}])
def test_no_other_move_can_be_made(world: World, more: dict[str, str]) -> None:
    patient = world.patient()
    assert patient.post("/api/chat/messages", json={"id": str(uuid.uuid4()), **more}).status_code == 400
