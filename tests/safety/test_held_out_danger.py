"""What is reached on sentences that nobody read while working on rules or training: a fall below is a step back.

Counted, never shown: a failure names a share, no sentence.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from actions.safety import SafetyRules
from voorop.settings import Settings
from voorop.understanding import load_understanding

HERE = Path(__file__).parent
LANGUAGES = ("nl", "fr", "en", "ar")
# Per language: the least share of explicit and of indirect danger found as what it is, the most false alarms.
RULES_ALONE = {"nl": (0.9, 0.68, 0.03), "fr": (0.92, 0.83, 0.04), "en": (0.9, 0.83, 0.03), "ar": (0.86, 0.72, 0.1)}
WITH_CLASSIFIER = {
    "nl": (0.96, 0.85, 0.03),
    "fr": (0.96, 0.92, 0.03),
    "en": (0.95, 0.92, 0.02),
    "ar": (0.94, 0.85, 0.045),
}

Judge = Callable[[str], str]


@pytest.fixture(scope="module")
def rules() -> SafetyRules:
    return SafetyRules.load(HERE.parents[1] / "data" / "safety")


def shares(judge: Judge, lang: str) -> tuple[float, float, float]:
    rows = YAML(typ="safe").load(HERE / f"held_out_{lang}.yml")

    def share(kind: str) -> float:
        wanted = [(row["text"], row["category"] or "none") for row in rows if row["kind"] == kind]
        return sum(judge(text) == category for text, category in wanted) / len(wanted)

    return share("explicit"), share("indirect"), 1 - share("harmless")


def reaches(found: tuple[float, float, float], asked: tuple[float, float, float]) -> bool:
    return found[0] >= asked[0] and found[1] >= asked[1] and found[2] <= asked[2]


@pytest.mark.thorough
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rules_alone_find_danger(rules: SafetyRules, lang: str) -> None:
    found = shares(lambda text: rules.check(text, lang).category, lang)
    assert reaches(found, RULES_ALONE[lang]), found


@pytest.mark.thorough
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_classifier_finds_more(lang: str) -> None:
    understanding = load_understanding(Settings.from_environment({}), quiet=True)
    found = shares(lambda text: understanding.understand(text, lang).danger or "none", lang)
    assert reaches(found, WITH_CLASSIFIER[lang]), found
