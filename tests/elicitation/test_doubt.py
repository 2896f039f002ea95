"""Words that may have been a move are kept; it is asked once whether they were."""

from dataclasses import replace

import pytest

from actions.elicitation.doubt import in_doubt, meant_as_move, settled
from actions.elicitation.recording import Said, record
from tests.elicitation.talking import Person, WordAssessor, at_goal

DOUBTFUL = "walk with Mieke, later"


def in_doubt_of(move: str) -> Person:
    """Somebody whose words about what they would like may have been a move."""
    return doubted(at_goal(), DOUBTFUL, move)


def doubted(person: Person, words: str, move: str) -> Person:
    assert person.question is not None
    said = Said(id=f"m{next(person.ids)}", text=words, lang="en", doubt=move)
    person.interview = in_doubt(record(person.interview, person.question, said, WordAssessor()), said)
    return person


def confirmed(person: Person) -> Person:
    said = Said(id=f"m{next(person.ids)}", move="affirm")
    person.interview = meant_as_move(person.interview, said)
    return person


def kept(person: Person) -> list[str]:
    return [answer.words for answer in person.interview.standing() if answer.words]


def test_words_in_doubt_are_kept_and_asked_about_at_the_next_step() -> None:
    person = in_doubt_of("pause")
    assert (person.question, person.interview.asked_for) == ("clarify_move", "pause")
    assert DOUBTFUL in kept(person)
    assert person.no().question == "probe_meaning"
    assert DOUBTFUL in kept(person)


@pytest.mark.parametrize(
    ("move", "question"),
    [
        ("pause", "paused"),
        ("goodbye", "paused"),
        ("finish", "summary"),
        ("back", "matters_most"),
        ("skip", "care_burden"),
        ("ask_human", "life_goal"),
    ],
)
def test_a_move_that_is_confirmed_is_done_and_its_words_are_no_answer(move: str, question: str) -> None:
    person = confirmed(in_doubt_of(move))
    assert person.question == question
    assert DOUBTFUL not in kept(person)


def test_at_the_same_place_of_the_conversation_nobody_is_asked_twice() -> None:
    person = confirmed(in_doubt_of("ask_human"))
    assert doubted(person, DOUBTFUL, "pause").question == "probe_meaning"
    assert doubted(person, "it rests me, later", "pause").question == "clarify_move"


def test_words_that_are_neither_yes_nor_no_are_the_next_answer() -> None:
    person = in_doubt_of("pause").say("it gives me air")
    assert person.question == "goal_readback"
    assert kept(person)[-1] == "it gives me air"


def test_another_move_settles_the_doubt() -> None:
    person = in_doubt_of("pause")
    person.interview = replace(settled(person.interview), paused=True)
    assert person.question == "paused"
    assert person.yes().question == "probe_meaning"
