"""Yes and no, and what people say along with them or instead."""

import pytest

from actions.elicitation.goal_words import goal_statement
from actions.elicitation.interview import Interview
from actions.elicitation.listening import CONDITION, REASON, REFUSES, WANTS
from actions.elicitation.moving import asked_anew
from actions.elicitation.next_question import next_question
from tests.elicitation.talking import LISTENER, Person, at_goal, at_summary, with_goal


@pytest.mark.parametrize("move", ["unsure", "deny"])
def test_who_knows_no_better_words_at_readback_keeps_those_that_stand(move: str) -> None:
    person = at_goal().say("walk with Mieke").say("company").no().say("I do not know how", move=move)
    statement = goal_statement(person.interview, 1)
    assert statement is not None
    assert (person.question, statement.words) == ("goal_importance", "walk with Mieke")


def test_a_yes_that_names_the_next_goal_is_its_statement() -> None:
    person = with_goal().say("yes, to learn to swim", move="affirm")
    assert person.interview.statements(2)[0].words == "yes, to learn to swim"
    assert with_goal().say("hm yes", move="affirm").question == "life_goal"


@pytest.mark.parametrize(
    ("text", "signs", "submitted"),
    [
        ("yes", (), True),
        ("yes, but not everything", (REFUSES,), False),
        ("no", (REFUSES,), True),
        ("no, I do not want that", (REFUSES,), True),
    ],
)
def test_only_a_yes_without_a_no_in_it_shares(text: str, signs: tuple[str, ...], submitted: bool) -> None:
    person = at_summary().yes()
    assert person.question == "share"
    person.say(text, move="affirm" if text.startswith("yes") else "deny", signs=signs)
    assert person.interview.submitted is submitted


def test_no_to_whether_the_help_is_enough_is_an_answer() -> None:
    person = Person(Interview(role="caregiver")).yes().say("daughter").say("washing").say("rest").say("sleep")
    assert person.question == "caregiver_load"
    person.say("not really", move="deny")
    told = person.interview.last("caregiver_load")
    assert told is not None
    assert (told.kind, told.words) == ("words", "not really")


def test_the_no_after_a_goal_can_be_taken_back() -> None:
    person = with_goal().no()
    note = person.interview.last("more_goals")
    assert note is not None
    anew = asked_anew(person.interview, note.id.partition("#")[0])
    assert anew is not None
    assert next_question(anew) == "more_goals"
    assert asked_anew(person.interview, "some question about the conversation") is None


@pytest.mark.parametrize(
    ("signs", "goal"),
    [
        ((CONDITION,), "walk with Mieke"),
        ((CONDITION, WANTS), "when it is warmer"),
        ((CONDITION, REFUSES), "when it is warmer"),
    ],
)
def test_a_condition_typed_at_readback_tells_when(signs: tuple[str, ...], goal: str) -> None:
    person = at_goal().say("walk with Mieke").skip().say("when it is warmer", signs=signs)
    statement = goal_statement(person.interview, 1)
    assert statement is not None
    assert (person.question, statement.words) == ("goal_importance", goal)
    told = person.interview.statements(1)[-1]
    assert (told.words, [(part.part, part.words) for part in told.parts]) == (
        "when it is warmer",
        [("when", "when it is warmer")] if goal == "walk with Mieke" else [],
    )


@pytest.mark.parametrize(
    ("signs", "goal"), [((REASON,), "walk with Mieke"), ((REASON, WANTS), "because I meet people there")]
)
def test_a_reason_typed_at_readback_tells_why(signs: tuple[str, ...], goal: str) -> None:
    person = at_goal().say("walk with Mieke").skip().say("because I meet people there", signs=signs)
    statement = goal_statement(person.interview, 1)
    assert statement is not None
    assert (person.question, statement.words) == ("goal_importance", goal)
    assert person.interview.statements(1)[-1].words == "because I meet people there"


@pytest.mark.parametrize(
    ("text", "lang", "reason"),
    [
        ("omdat ik daar nog eens lach", "nl", True),
        ("parce que j'y vois mes amis", "fr", True),
        ("because I meet people there", "en", True),
        ("لأني ألتقي هناك بأصحابي", "ar", True),
        ("kaarten, omdat ik daar lach", "nl", False),
    ],
)
def test_what_begins_with_because_is_a_reason(text: str, lang: str, reason: bool) -> None:
    assert (REASON in LISTENER.hear(text, lang).signs) is reason
