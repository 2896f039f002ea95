"""What a second reader changes in an assessment, and what stays the word lists' own."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.elicitation.assessment import Assessment
from actions.elicitation.assessor import RuleAssessor
from bot.nlu.statements import StatementReader

DATA = Path(__file__).parents[2] / "data" / "assessment"
VALUES = {
    "level": ("fundamental", "functional", "symptom_disease", "none"),
    "clarity": ("concrete", "vague"),
    "domain": ("leisure_community", "self_care", "body_symptoms"),
}


class Thinks:
    """A reader that is as sure as told of the same thing, whatever it reads."""

    def __init__(self, level: str, clarity: str, domain: str, sure: float = 0.97) -> None:
        self._of = {"level": level, "clarity": clarity, "domain": domain}
        self._sure = sure

    def read(self, text: str) -> Mapping[str, Mapping[str, float]]:
        return {
            field: {
                value: self._sure if value == self._of[field] else (1 - self._sure) / (len(values) - 1)
                for value in values
            }
            for field, values in VALUES.items()
        }


class ReadsNothing:
    def read(self, text: str) -> Mapping[str, Mapping[str, float]]:
        return {}


def assessed(text: str, reader: Thinks | ReadsNothing | None) -> Assessment:
    return RuleAssessor.load(DATA, today=lambda: date(2026, 3, 2), reader=reader).assess(text, "en")


def test_what_no_list_names_is_what_the_reader_thinks() -> None:
    found = assessed("some zorbing", Thinks("functional", "vague", "leisure_community"))

    assert (found.level, found.clarity, found.domain) == ("functional", "vague", "leisure_community")


def test_what_the_lists_name_stands_against_a_doubting_reader() -> None:
    found = assessed("wash myself every morning", Thinks("none", "vague", "body_symptoms", sure=0.5))

    assert (found.level, found.clarity, found.domain) == ("functional", "concrete", "self_care")


def test_a_reader_that_is_sure_stands_against_the_lists() -> None:
    assert assessed("wash myself every morning", Thinks("none", "vague", "body_symptoms", sure=0.99)).level == "none"


@pytest.mark.parametrize("text", ["walk with Lena", "less pain", "I don't know"])
def test_a_reader_that_reads_nothing_changes_nothing(text: str) -> None:
    assert assessed(text, ReadsNothing()) == assessed(text, None)


def test_nothing_is_missing_that_the_reader_alone_may_have_found() -> None:
    assert assessed("some zorbing", Thinks("functional", "concrete", "leisure_community")).missing == ()


def test_what_is_vague_lacks_something_and_by_when_stays() -> None:
    found = assessed("zorbing in three months", Thinks("functional", "vague", "leisure_community"))

    assert (found.clarity, found.time_frame) == ("vague", "P3M")
    assert "when" not in found.missing
    assert found.missing


@pytest.mark.thorough
@given(text=st.text())
def test_any_text_gets_a_sound_assessment(both: RuleAssessor, text: str) -> None:
    found = both.assess(text, None)

    assert (found.level == "none") == (found.clarity is None) == (found.domain is None)
    assert found.missing or found.clarity != "vague"
    assert both.assess(text, None) == found


def test_a_text_without_a_letter_is_not_read(reader: StatementReader) -> None:
    assert reader.read("🙂 12 …") == {}


def test_what_comes_late_in_a_long_statement_is_read_too(both: RuleAssessor) -> None:
    told = "You know I was a baker for forty years and my wife always said that I got up much too early. "

    assert both.assess(told * 2 + "Less pain in my hip. No more pain in my knee.", "en").level != "none"
