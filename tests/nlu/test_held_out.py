"""What is reached on sentences that training never saw; a fall below is a step back.

The danger rules are put in front of the classifier as they are when the assistant runs.
"""

from pathlib import Path

import pytest

from bot.nlu.evaluation import Figures, evaluate, load_held_out
from bot.nlu.understanding import Understanding

ROOT = Path(__file__).parents[2]
LEAST_MOVES_RIGHT = {"nl": 0.92, "en": 0.92, "fr": 0.93, "ar": 0.89}
MOST_CONTENT_TAKEN = {"nl": 0.03, "en": 0.03, "fr": 0.04, "ar": 0.05}


@pytest.fixture(scope="module")
def figures(trained: Understanding) -> dict[str, Figures]:
    return evaluate(trained, load_held_out(ROOT / "tests" / "understanding"))


@pytest.mark.thorough
@pytest.mark.parametrize("language", LEAST_MOVES_RIGHT)
def test_moves_are_understood(figures: dict[str, Figures], language: str) -> None:
    assert figures[language].moves_share >= LEAST_MOVES_RIGHT[language]


@pytest.mark.thorough
@pytest.mark.parametrize("language", MOST_CONTENT_TAKEN)
def test_content_is_seldom_taken_for_a_move(figures: dict[str, Figures], language: str) -> None:
    assert figures[language].taken_share <= MOST_CONTENT_TAKEN[language]


@pytest.mark.parametrize("text", ["Nee!", "NOG EEN KEER", "pause", "qui lit ça ?", "who are you?", "لا أعرف"])
@pytest.mark.parametrize("question", ["welcome", "life_goal"])
def test_a_short_message_that_equals_an_example_is_trusted(trained: Understanding, text: str, question: str) -> None:
    assert trained.understand(text, "nl", question).confidence > 0.95
