"""A language is sure only when there is enough to go by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.language import Detected, LanguageDetector, lang_offer

DETECTOR = LanguageDetector(("nl", "fr", "en", "ar"))


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("ik zou graag weer elke dag met mijn hond gaan wandelen", "nl"),
        ("IK WIL GRAAG BETER SLAPEN EN MEER BUITEN KOMEN", "nl"),
        ("je voudrais marcher tous les jours avec mon chien", "fr"),
        ("I would like to walk with my dog every day again", "en"),
        ("أريد أن أمشي مع كلبي كل يوم", "ar"),
        ("لا أعرف", "ar"),
    ],
)
def test_a_sentence_is_recognised(text: str, lang: str) -> None:
    assert DETECTOR.detect(text) == Detected(lang, True)


@pytest.mark.parametrize(
    "text",
    [
        *("ja", "ok", "no", "yes", "stop", "15 min", "evet", "نعم", "mijn kinderen", "les enfants", "", "8"),
        *("😀😀😀", "https://example.org/een/lange/link/naar/iets", "12 34 56 78 90 12 34 56 78 90", "\ud800", "\0"),
    ],
)
def test_short_answers_numbers_and_signs_are_never_sure(text: str) -> None:
    assert not DETECTOR.detect(text).sure


def test_writing_in_a_script_that_no_enabled_language_uses_has_no_language() -> None:
    assert DETECTOR.detect("я хотел бы гулять каждый день") == Detected(None, False)


def test_arabic_script_is_not_sure_by_itself_when_two_languages_use_it() -> None:
    assert not LanguageDetector(("ar", "fa", "nl")).detect("نعم شكرا").sure


def test_with_a_single_language_in_latin_script_nothing_in_it_is_sure() -> None:
    detected = LanguageDetector(("nl", "ar")).detect("je voudrais marcher tous les jours avec mon chien")
    assert detected == Detected("nl", False)


@given(st.text(alphabet=st.characters()))
def test_any_text_is_detected_the_same_way_twice(text: str) -> None:
    assert DETECTOR.detect(text) == DETECTOR.detect(text)


def test_a_language_is_offered_only_when_sure_and_different() -> None:
    assert lang_offer(Detected("fr", True), "nl") == "fr"
    assert lang_offer(Detected("fr", True), "fr") is None
    assert lang_offer(Detected("fr", False), "nl") is None
    assert lang_offer(Detected("fr", True), None) is None
