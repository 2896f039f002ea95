"""Two wishes in one sentence: the one that was chosen is read back, the other one comes back later."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.elicitation.assessor import RuleAssessor
from actions.elicitation.folding import words
from actions.elicitation.goal_words import goal_statement
from actions.elicitation.next_question import turned_to
from actions.elicitation.placed import placed, quoted
from actions.elicitation.splitting import left_for_later
from actions.elicitation.wishes import LAST
from tests.elicitation.talking import Person, at_goal

ASSESSOR = RuleAssessor.load(Path(__file__).parents[2] / "data" / "assessment")
TWO_WISHES = "walk the dog and both sew"


def goal_words(person: Person, goal: int = 1) -> str:
    statement = goal_statement(person.interview, goal)
    return statement.words if statement else ""


def after_first_goal(person: Person) -> Person:
    """On to the question whether there is more."""
    return person.skip().yes().choose("8").say("the stairs").say("my daughter")


@pytest.mark.parametrize(
    ("lang", "text", "pieces"),
    [
        ("en", "I want to swim with my son on Mondays, and learn the guitar", 2),
        ("nl", "Ik wil terug kunnen fietsen. En ik wil ook zelf mijn huis poetsen.", 2),
        ("fr", "nager le lundi avec ma fille et récupérer mon permis", 2),
        ("ar", "أريد أن أسبح مع ابنتي يوم السبت وأريد أيضا أن أتعلم الهولندية", 2),
        ("en", "walk in the park and feed the ducks with my grandson", 1),
    ],
)
def test_each_wish_of_a_sentence_is_a_stretch_of_it(lang: str, text: str, pieces: int) -> None:
    found = ASSESSOR.wishes(text, lang)
    assert len(found) == pieces
    assert all(piece in text for piece in found)


@given(st.text() | st.lists(st.sampled_from("walk and cook , . my dog also ik wil وأريد".split())).map(" ".join))
def test_whatever_was_written_each_wish_stands_in_it_word_for_word(text: str) -> None:
    assert all(piece and piece in text for piece in ASSESSOR.wishes(text, "en"))
    assert [token.word for token in placed(text)] == words(text)
    assert quoted(text, placed(text)) in text


@pytest.mark.parametrize(
    ("said", "place", "which"),
    [
        ("the swimming", None, 0),
        ("Dutch!", None, 1),
        ("the last one", LAST, 1),
        ("the first", 1, 0),
        ("hm", None, None),
    ],
)
def test_one_of_two_wishes_is_named_by_its_words_or_counted(said: str, place: int | None, which: int | None) -> None:
    assert ASSESSOR.meant(("I want to swim with my son", "I want to learn Dutch"), said, place) == which


COOK_OR_SWIM = ("Ik wil koken voor mijn kleinkinderen", "gaan zwemmen met Mia")
SWIM_OR_DRIVE = ("nager le lundi avec ma fille", "passer mon permis")
ARABIC = ("أريد أن أزور أختي في المغرب", "أتعلم الهولندية مع جارتي")
THREE = ("zwemmen met Mia", "koken voor mijn zoon", "een boek lezen")


@pytest.mark.parametrize(
    ("wishes", "said", "place", "which"),
    [
        (COOK_OR_SWIM, "eerst zwemmen, dan koken", 1, 1),
        (COOK_OR_SWIM, "eerst zwemmen dan koken voor mijn kleinkinderen", 1, 1),
        (COOK_OR_SWIM, "eerst koken en dan zwemmen met Mia", 1, 0),
        (COOK_OR_SWIM, "doe dan maar het zwemmen", None, 1),
        (COOK_OR_SWIM, "ik wil eerst gaan koken", 1, 0),
        (COOK_OR_SWIM, "zwemmen en koken", None, 1),
        (SWIM_OR_DRIVE, "d'abord le permis, ensuite nager", None, 1),
        (SWIM_OR_DRIVE, "le permis", None, 1),
        (SWIM_OR_DRIVE, "le premier", 1, 0),
        (SWIM_OR_DRIVE, "le deuxième", 2, 1),
        (ARABIC, "أولا الهولندية ثم أختي", 1, 1),
        (("أريد أن ألعب مع ابنتي يوم السبت", "أتعلم السباحة"), "أسبح", None, 1),
        (("أريد أن أمشي يوم السبت", "أن أطبخ لابنتي"), "السباحة أو الطبخ", None, 1),
        (("I would like to swim", "learn Dutch"), "I would like the second", 2, 1),
    ],
)
def test_the_wish_that_is_named_first_is_meant_and_small_words_name_none(
    wishes: tuple[str, ...], said: str, place: int | None, which: int
) -> None:
    assert ASSESSOR.meant(wishes, said, place) == which


@pytest.mark.parametrize(
    ("wishes", "said", "which"),
    [
        (COOK_OR_SWIM, "niet het koken, het andere", 1),
        (COOK_OR_SWIM, "het koken niet", 1),
        (COOK_OR_SWIM, "niet zwemmen maar koken", 0),
        (COOK_OR_SWIM, "koken kan later, eerst zwemmen", 1),
        (SWIM_OR_DRIVE, "pas le permis", 0),
        (("I want to swim", "learn Dutch"), "not the swimming, the other one", 1),
        (ARABIC, "مش الهولندية", 0),
        (("I do not want to fall", "I want to cook"), "not falling", 0),
        (THREE, "niet zwemmen", None),
        (THREE, "niet zwemmen, lezen", 2),
        (COOK_OR_SWIM, "ik weet het niet", None),
    ],
)
def test_a_wish_behind_a_not_is_turned_down_and_of_two_the_other_is_meant(
    wishes: tuple[str, ...], said: str, which: int | None
) -> None:
    assert ASSESSOR.meant(wishes, said, None) == which


@pytest.mark.parametrize("said", ["alle drie", "allebei", "both of them", "tous les deux", "les deux", "كلها"])
def test_all_of_them_begins_with_the_first(said: str) -> None:
    named = [ASSESSOR.meant(wishes, said, None) for wishes in (COOK_OR_SWIM, SWIM_OR_DRIVE, ARABIC, THREE)]
    assert named == [0, 0, 0, 0]


def test_not_at_all_is_not_all() -> None:
    assert ASSESSOR.meant(SWIM_OR_DRIVE, "je ne sais pas du tout", None) is None


@pytest.mark.parametrize("pointing", ["the first hm", "the dog, hm"])
def test_the_chosen_wish_is_read_back_as_it_was_written(pointing: str) -> None:
    person = at_goal().say(TWO_WISHES).say(pointing)
    assert goal_words(person) == "walk the dog"
    assert [said.words for said in person.interview.statements(1)] == [TWO_WISHES, pointing]


def test_a_wish_that_is_said_anew_in_full_is_taken_at_those_words() -> None:
    person = at_goal().say(TWO_WISHES).say("sew a coat for Lena")
    assert goal_words(person) == "sew a coat for Lena"
    left = left_for_later(person.interview)
    assert left is not None
    assert left.words == "walk the dog"


def test_the_other_wish_comes_back_in_its_own_words_and_is_not_asked_for_again() -> None:
    person = after_first_goal(at_goal().say(TWO_WISHES).say("the second hm"))
    assert (person.question, turned_to(person.interview, "more_goals")) == ("more_goals", "left")
    person.yes()
    assert person.question == "goal_readback"
    assert (goal_words(person, 1), goal_words(person, 2)) == ("sew", "walk the dog")
    after = person.yes().choose("5").say("rain").say("nobody")
    assert (after.question, turned_to(after.interview, "more_goals")) == ("more_goals", "")


def test_whoever_does_not_want_to_speak_of_the_other_wish_is_not_asked_again() -> None:
    person = after_first_goal(at_goal().say(TWO_WISHES).say("the second hm")).no()
    assert person.question == "goal_support"
    assert person.interview.goals() == (1,)


def test_something_else_may_be_said_instead_of_the_other_wish() -> None:
    person = after_first_goal(at_goal().say(TWO_WISHES).say("the second hm")).say("cook with Ann")
    assert goal_words(person, 2) == "cook with Ann"
    assert left_for_later(person.interview) is None


def test_both_begins_with_the_first_and_keeps_the_other_for_later() -> None:
    person = at_goal().say(TWO_WISHES).say("hm, all of it")
    assert goal_words(person) == "walk the dog"
    left = left_for_later(person.interview)
    assert left is not None
    assert left.words == "sew"


def test_an_answer_that_points_to_none_leaves_the_sentence_whole() -> None:
    assert goal_words(at_goal().say(TWO_WISHES).say("hm, I cannot say")) == TWO_WISHES


def test_an_answer_that_turns_one_down_is_not_read_back_itself() -> None:
    person = at_goal().say(TWO_WISHES).say("not the dog, the other one with Ann")
    assert goal_words(person) == "sew"


def test_what_is_left_of_things_to_keep_is_still_one_to_keep() -> None:
    person = at_goal().no().say("my dog and both being free").say("the first hm")
    person = after_first_goal(person).yes()
    assert (goal_words(person, 2), person.question) == ("being free", "goal_readback")


def test_when_the_sentence_is_changed_the_wish_that_was_chosen_from_it_goes_with_it() -> None:
    person = at_goal().say(TWO_WISHES).say("the first hm").skip().no().say("cook with Ann")
    assert goal_words(person) == "cook with Ann"
    assert left_for_later(person.interview) is None
