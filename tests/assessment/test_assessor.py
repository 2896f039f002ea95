"""What the assessor promises for every text, and the rules that the word lists build on."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.elicitation.assessment import Assessment
from actions.elicitation.assessor import RuleAssessor, assess_lines
from actions.elicitation.lexicon import AssessmentDataError

DATA = Path(__file__).parents[2] / "data" / "assessment"
ASSESSOR = RuleAssessor.load(DATA, today=lambda: date(2026, 3, 2))
LEVELS = {"fundamental", "functional", "symptom_disease", "none"}
ELEMENTS = {"what", "who", "where", "how_often", "when"}
WORDS = st.sampled_from(
    "walk with Lena in two park pijn zodat ik mijn 's moeder avec d'ici l'été أمشي مع كل ، . 7".split()
)


def is_sound(found: Assessment) -> bool:
    if found.level == "none":
        return found == Assessment("none")
    return found.level in LEVELS and found.clarity in ("concrete", "vague") and set(found.missing) <= ELEMENTS


@given(text=st.text() | st.lists(WORDS).map(" ".join), lang=st.none() | st.sampled_from(["nl", "en", "fr", "ar", "xx"]))
def test_any_text_is_assessed_soundly_and_always_the_same(text: str, lang: str | None) -> None:
    found = ASSESSOR.assess(text, lang)

    assert is_sound(found)
    assert ASSESSOR.assess(text, lang) == found
    assert Assessment.from_json(found.to_json()) == found


@pytest.mark.parametrize(
    "piece", ["walk in the park ", "walk, cook in the park ", "een ", "🙂", "aaaa", "وال", "in 2 ", "l'", "\ud800"]
)
def test_ten_thousand_characters_take_no_long_time(assessor: RuleAssessor, piece: str) -> None:
    text = piece * (10_000 // len(piece))

    start = time.process_time()
    found = assessor.assess(text, "en")

    assert is_sound(found)
    assert time.process_time() - start < 3


def test_a_vague_activity_lacks_with_whom_first(assessor: RuleAssessor) -> None:
    assert assessor.assess("wandelen", "nl").missing == ("who", "where", "how_often", "when")


def test_what_was_said_is_not_missing(assessor: RuleAssessor) -> None:
    assert assessor.assess("marcher avec ma fille au parc", "fr").missing == ("how_often", "when")


def test_nobody_is_asked_with_whom_they_sleep_or_wash_first(assessor: RuleAssessor) -> None:
    assert assessor.assess("I want to wash myself", "en").missing[0] == "how_often"


def test_a_symptom_lacks_what_it_would_make_possible_first(assessor: RuleAssessor) -> None:
    assert assessor.assess("ألم أقل", "ar").missing[0] == "what"


def test_two_languages_in_one_statement_are_both_read(assessor: RuleAssessor) -> None:
    found = assessor.assess("ik wil terug kunnen jardiner met mijn dochter", "nl")

    assert (found.level, found.clarity, found.domain) == ("functional", "concrete", "leisure_community")


@pytest.mark.parametrize(
    ("text", "lang", "time_frame"),
    [
        ("in drie maanden wandelen", "nl", "P3M"),
        ("wandelen sinds drie maanden", "nl", None),
        ("marcher dans un an", "fr", "P1Y"),
        ("walk next week", "en", "P1W"),
        ("أمشي بعد شهرين", "ar", "P2M"),
        ("أصوم قبل رمضان", "ar", "2027-02-08"),
        ("tegen 15 juni wandelen", "nl", "2026-06-15"),
        ("walk by the end of the year", "en", "2026-12-31"),
        ("marcher à Noël", "fr", "2026-12-25"),
    ],
)
def test_by_when_is_a_duration_or_the_coming_date(
    assessor: RuleAssessor, text: str, lang: str, time_frame: str | None
) -> None:
    assert assessor.assess(text, lang).time_frame == time_frame


def test_lines_keep_their_order_and_their_own_fields() -> None:
    rows = [{"text": "I don't know", "id": 7}, {"text": "walking", "lang": "en"}, {"text": None, "lang": 3}]

    found = list(assess_lines(ASSESSOR, rows))

    assert found[0] == {"text": "I don't know", "id": 7, **Assessment("none").to_json(), "missing": []}
    assert [row["level"] for row in found] == ["none", "functional", "none"]
    assert isinstance(found[1]["missing"], list)


def test_a_broken_word_list_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "calendar.yml").write_text("summer: 06-21\n", encoding="utf-8")
    (tmp_path / "xx.yml").write_text("language: [xx\n", encoding="utf-8")

    with pytest.raises(AssessmentDataError, match=r"xx\.yml"):
        RuleAssessor.load(tmp_path)


def test_a_word_list_without_its_parts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "calendar.yml").write_text("summer: 06-21\n", encoding="utf-8")
    (tmp_path / "xx.yml").write_text("language: xx\nactivities:\n  self_care: wash\n", encoding="utf-8")

    with pytest.raises(AssessmentDataError, match=r"xx\.yml"):
        RuleAssessor.load(tmp_path)


def test_a_misspelt_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "calendar.yml").write_text("summer: 06-21\n", encoding="utf-8")
    (tmp_path / "xx.yml").write_text("language: xx\nactivitys: wash\n", encoding="utf-8")

    with pytest.raises(AssessmentDataError, match="activitys"):
        RuleAssessor.load(tmp_path)


@pytest.mark.parametrize(("name", "other"), [("  slight:", "  slihgt:"), ("  all:", "  slihgt:")])
def test_a_list_for_choosing_that_is_missing_or_unknown_is_refused(tmp_path: Path, name: str, other: str) -> None:
    before, lists = (DATA / "en.yml").read_text(encoding="utf-8").split("choosing:\n")
    kept = f"{before}choosing:\n{lists.replace(name, other)}"
    (tmp_path / "calendar.yml").write_text("summer: 06-21\n", encoding="utf-8")
    (tmp_path / "en.yml").write_text(kept, encoding="utf-8")

    with pytest.raises(AssessmentDataError, match=r"en\.yml.*(choosing|slight|slihgt)"):
        RuleAssessor.load(tmp_path)
