"""Importance, said in any way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.elicitation.talking import LISTENER


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8", 8),
        ("zo'n 9", 9),
        ("een acht denk ik", 8),
        ("acht op tien", 8),
        ("9/10", 9),
        ("٨", 8),
        ("تقريبا ٩ من ١٠", 9),
        ("ثمانية", 8),
        ("un huit je dirais", 8),
        ("dix sur dix", 10),
        ("an eight I think", 8),
        ("Zero", 0),
        ("één", 1),
        ("10!", 10),
        ("８", 8),
        ("heel belangrijk", None),
        ("100", None),
        ("", None),
    ],
)
def test_a_number_is_found_however_it_is_said(text: str, value: int | None) -> None:
    assert LISTENER.hear(text, "").number == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hands open, so ten", 10),
        ("Il montre ses deux mains ouvertes, donc dix.", 10),
        ("ik heb drie kinderen, dus een acht zou ik zeggen", 8),
        ("عندي ولدين يعني تسعة", 9),
        ("it was a 3 last year, now an 8 I think", 8),
        ("7, no, 8", 8),
        ("9 out of 10, and I have 2 sons", 9),
        ("an eight, because my two sons wait for me", 8),
        ("7,5", 7),
        ("seven, maybe eight", 7),
        ("zeven of acht", 7),
        ("sept, peut-être huit", 7),
        ("maybe an eight", 8),
        ("so many years", None),
        ("somewhere between 7 and 8", 7),
        ("بين سبعة وتمانية", 7),
    ],
)
def test_of_several_numbers_the_one_that_is_meant_counts(text: str, value: int) -> None:
    assert LISTENER.hear(text, "").number == value


NUMBERS = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien".split(),
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix".split(),
    "en": "zero one two three four five six seven eight nine ten".split(),
    "ar": "صفر واحد اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split(),
}
SO = {"nl": "dus", "fr": "donc", "en": "so", "ar": "يعني"}
OF_TEN = {"nl": "op tien", "fr": "sur dix", "en": "out of ten", "ar": "من عشرة"}
LANGUAGES = st.sampled_from(sorted(NUMBERS))
ZERO_TO_TEN = st.integers(0, 10)


@given(LANGUAGES, ZERO_TO_TEN, ZERO_TO_TEN)
def test_a_conclusion_wins_over_whatever_was_counted_before(lang: str, counted: int, meant: int) -> None:
    said = f"{NUMBERS[lang][counted]} 🙂, {SO[lang]} {NUMBERS[lang][meant]}"
    assert LISTENER.hear(said, lang).number == meant


@given(LANGUAGES, ZERO_TO_TEN, st.booleans())
def test_out_of_ten_is_never_taken_for_ten(lang: str, meant: int, digits: bool) -> None:
    number = str(meant) if digits else NUMBERS[lang][meant]
    assert LISTENER.hear(f"{number} {OF_TEN[lang]}", lang).number == meant
    assert LISTENER.hear(f"{meant}/10", lang).number == meant


@given(st.text(max_size=200))
def test_any_text_gives_a_number_from_0_to_10_or_none(text: str) -> None:
    assert LISTENER.hear(text, "").number in (None, *range(11))


@pytest.mark.parametrize("text", ["Nothing.", "niets", "rien du tout", "والو", "لاشيء", "no one!"])
def test_nothing_is_heard_when_it_is_the_whole_answer(text: str) -> None:
    assert LISTENER.hear(text, "en").nothing


@pytest.mark.parametrize("text", ["", "nothing but peace", "rien que la paix", "niets doen met mijn zus"])
def test_nothing_that_is_the_beginning_of_something_is_not_nothing(text: str) -> None:
    assert not LISTENER.hear(text, "en").nothing
