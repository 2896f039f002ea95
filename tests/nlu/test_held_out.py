"""What is reached on sentences that training never saw; a fall below is a step back.

The classifier is the project's own (folder models/, trained here if it is stale). The danger rules are put
in front of it as they are when the assistant runs.
"""

from pathlib import Path

import pytest

from actions.safety.rules import SafetyRules
from bot.nlu.evaluation import Figures, evaluate, load_held_out
from bot.nlu.understanding import Understanding

ROOT = Path(__file__).parents[2]
LANGUAGES = ("nl", "fr", "en", "ar")


@pytest.fixture(scope="module")
def figures() -> dict[str, Figures]:
    rules = SafetyRules.load(ROOT / "data" / "safety")
    understanding = Understanding.load(
        ROOT / "data" / "nlu",
        ROOT / "models",
        LANGUAGES,
        safety=lambda text, lang: rules.check(text, lang).category,
    )
    return evaluate(understanding, load_held_out(ROOT / "tests" / "understanding"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_moves_are_understood(figures: dict[str, Figures], language: str) -> None:
    assert figures[language].moves_share >= 0.70


@pytest.mark.parametrize("language", LANGUAGES)
def test_content_is_seldom_taken_for_a_move(figures: dict[str, Figures], language: str) -> None:
    assert figures[language].taken_share <= 0.04
