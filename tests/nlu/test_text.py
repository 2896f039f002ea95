"""Normalisation brings different writing of the same words together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.text import clean, fold, sentences, skeleton, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Répétez, s'il vous plaît", "repetez, s’il vous plait"),
        ("İSTANBUL", "istanbul"),
        ("ISPARTA", "ısparta"),
        ("أَعِدِ السُّؤالَ", "اعد السوال"),
        ("مدرسة", "مدرسه"),
        ("نعـــــم", "نعم"),
        ("على", "علي"),
        ("neeeeee", "nee"),
        ("٨", "8"),
        ("cœur", "coeur"),
        ("Größe", "GROSSE"),
        ("ja\u200b hoor", "ja hoor"),
    ],
)
def test_writings_that_mean_the_same_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("nee", "ne"), ("لا", "الا"), ("non", "nom")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(alphabet=st.characters()))
def test_cleaned_text_is_always_valid_utf8_without_nul(text: str) -> None:
    assert b"\0" not in clean(text).encode("utf-8")
    assert b"\0" not in fold(text).encode("utf-8")


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)).split() == clean(text).split()


def test_sentences_and_words_are_counted_without_punctuation() -> None:
    assert sentences("Wat? Ik snap het niet... :-) ") == ["Wat", "Ik snap het niet"]
    assert sentences("ماذا؟ لا أفهم") == ["ماذا", "لا أفهم"]
    assert words("ja , dat - klopt !") == 3


def test_what_is_written_in_short_leaves_punctuation_out() -> None:
    assert skeleton("Nee, hoor!! 🙏") == skeleton("nee hoor") == "nee hoor"
