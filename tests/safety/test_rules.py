"""What the safety check promises whatever the text: priority, mixed languages, clauses, robustness."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.safety import NO_DANGER, SafetyDataError, SafetyRules
from actions.safety.lines import check_lines

FOLDER = Path(__file__).parents[2] / "data" / "safety"
RULES = SafetyRules.load(FOLDER)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("ik wil mourir", "suicide_self_harm"),
        ("I want to sterven", "suicide_self_harm"),
        ("je veux nmout", "suicide_self_harm"),
        ("docteur, mijn man slaat mij et je ne dors plus", "violence_abuse"),
        ("hello, بدي موت please", "suicide_self_harm"),
        ("Beste dokter, j'arrive plus à respirer", "medical_emergency"),
        ("j'ai une douleur in mijn borst nu", "medical_emergency"),
        ("mon fils is heel lief. rajli kaydrebni", "violence_abuse"),
    ],
)
def test_mixed_languages_are_understood(text: str, category: str) -> None:
    assert RULES.check(text).category == category


@pytest.mark.parametrize(
    "text",
    [
        "I laughed so hard I nearly died, and I want to kill myself",
        "Ik lach mij dood met haar. Maar eigenlijk wil ik dood.",
        "Je meurs de faim, et je veux me tuer",
        "لا أريد الدواء. أريد أن أموت",
        "I used to be hit by my father. Now I want to die.",
    ],
)
def test_an_idiom_in_one_clause_hides_no_danger_in_another(text: str) -> None:
    assert RULES.check(text).category == "suicide_self_harm"


def test_violence_in_the_past_does_not_hide_violence_now() -> None:
    assert RULES.check("Vroeger sloeg mijn vader mij, maar nu slaat mijn zoon mij").category == "violence_abuse"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("My husband hits me and I want to die", "suicide_self_harm"),
        ("I want to die. I can't breathe.", "medical_emergency"),
        ("Mijn man slaat mij en ik krijg geen lucht meer", "medical_emergency"),
    ],
)
def test_the_most_pressing_danger_is_named(text: str, category: str) -> None:
    assert RULES.check(text).category == category


@pytest.mark.parametrize(
    "text",
    [
        "I WANT TO DIEEEE",
        "I\u200b wa\u200dnt to d\u00ade",  # invisible characters; the next ones spell it out
        "je veux mourír",
        "Je n’en peux plus, je veux me tuer",
        "ik... wil... dood",
        "أُرِيدُ أَنْ أَمُوت",
        "أريـــد أن أمـــوت",
        "ik wil\nniet meer wakker worden",
    ],
)
def test_the_way_of_typing_does_not_matter(text: str) -> None:
    text = text.replace("d\u00ade", "d\u00adie")
    assert RULES.check(text).category == "suicide_self_harm"


def test_the_rule_in_the_persons_language_is_named_first() -> None:
    rule = RULES.check("ik wil dood, je veux mourir", "fr").rule
    assert rule is not None
    assert rule.startswith("fr.")


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_no_text_ever_raises(text: str) -> None:
    assert RULES.check(text, "nl").category in {
        "none", "medical_emergency", "suicide_self_harm", "violence_abuse",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\x00", "..", "(((", "'" * 50, "，", "8"])
def test_strange_texts_hold_no_danger(text: str) -> None:
    assert RULES.check(text) == NO_DANGER


@pytest.mark.parametrize(
    "unit",
    ["ik wil niet dood ", "a", "ik ", "I don't want to die at home my husband ",
     "je ne veux pas mourir, ", "لا اريد ان اموت ",
     ". ",
     "Mijn zoon helpt mij met boodschappen en dat gaat goed. ", "pain for years on the stairs in my chest "],
)  # fmt: skip
def test_ten_thousand_characters_are_read_to_their_end(unit: str) -> None:
    text = (unit * (10_000 // len(unit) + 1))[:10_000]
    assert RULES.check(f"{text}.\nIk wil dood.").category == "suicide_self_harm"


def test_lines_pass_their_fields_through_in_order() -> None:
    found = list(check_lines(RULES.check, [{"id": 1, "text": "ik wil dood"}, {"text": "Goedendag", "lang": "nl"}]))
    assert found[0] == {"id": 1, "text": "ik wil dood"} | {
        "category": "suicide_self_harm",
        "rule": "nl.suicide.wish-to-die",
    }
    assert found[1] == {"text": "Goedendag", "lang": "nl", "category": "none", "rule": None}


def test_what_is_said_between_the_lines_comes_after_what_is_said_plainly(tmp_path: Path) -> None:
    for name in ("xx-signs", "xx"):
        rule = HEAD.replace("xx.a", f"xx.{name}") + "      he hurts\n"
        (tmp_path / f"{name}.yml").write_text(rule, encoding="utf-8")
    found = SafetyRules.load(tmp_path).found("he hurts me")
    assert [(danger.rule, danger.sign) for danger in found] == [("xx.xx", False), ("xx.xx-signs", True)]
    assert SafetyRules.load(tmp_path).found("good morning") == ()


@pytest.mark.parametrize(
    ("text", "only_calls"),
    [
        ("I'm calling 112 now", True),
        ("ik bel nu 112", True),
        ("j'appelle le 112", True),
        ("I'm calling 112, he is not breathing", False),
        ("ik bel 112 want ik heb te veel pillen genomen", False),
    ],
)
def test_calling_for_help_is_told_apart_from_why_somebody_does(text: str, only_calls: bool) -> None:
    danger = RULES.check(text)
    assert (danger.category, danger.calls_for_help) == ("medical_emergency", only_calls)


HEAD = "language: xx\nreviewed: not yet\nrules:\n  - id: xx.a\n    category: violence_abuse\n    phrases: |\n"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (HEAD + "      (a|b\n", 7),
        (HEAD + "      good words\n      he*llo\n", 8),
        (HEAD + "      <nobody> hits\n", 7),
        (HEAD + "      [only] [optional]\n", 7),
        (HEAD + "      good words .. [optional]\n", 7),
        (HEAD + "      words\n    unles: |\n      x\n", 8),
        (HEAD + "      words\n    phrases: |\n      x\n", 8),
        (HEAD.replace("violence_abuse", "violence"), 5),
        ("language: xx\nreviewed: not yet\nrules: [\n", 4),
    ],
)
def test_a_mistake_in_a_rule_file_is_reported_with_its_line(tmp_path: Path, body: str, line: int) -> None:
    path = tmp_path / "xx.yml"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(SafetyDataError) as caught:
        SafetyRules.load(tmp_path)
    assert (caught.value.path, caught.value.line) == (path, line)


def test_every_rule_file_says_whether_it_was_reviewed() -> None:
    assert {file.language for file in RULES.files} >= {"nl", "fr", "en", "ar"}
    assert all(file.reviewed for file in RULES.files)


def test_a_spelling_of_one_language_rewrites_no_common_word_of_another() -> None:
    """All languages share the spellings: with a Dutch "hee" for "heeft" no English rule would ever meet a "he"."""
    used = {
        file.language: Counter(
            word
            for rule in file.rules
            for pattern in (*rule.phrases, *rule.unless)
            for word in re.findall(r"\w+", pattern.expression)
        )
        for file in RULES.files
    }
    rewritten = [
        (file.language, word, language)
        for file in RULES.files
        for word, meant in file.spellings.items()
        for language, words in used.items()
        if language != file.language and word != meant and words[word] >= 5
    ]
    assert rewritten == []
