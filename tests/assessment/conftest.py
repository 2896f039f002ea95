"""The assessor as shipped, on a day that does not move."""

from datetime import date
from pathlib import Path

import pytest

from actions.elicitation.assessor import RuleAssessor
from bot.nlu.encoder import SentenceEncoder
from bot.nlu.model_store import load_or_train_statements
from bot.nlu.statements import StatementReader

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "assessment"
TODAY = date(2026, 3, 2)


@pytest.fixture(scope="session")
def assessor() -> RuleAssessor:
    """The word lists alone."""
    return RuleAssessor.load(DATA, today=lambda: TODAY)


@pytest.fixture(scope="session")
def reader() -> StatementReader:
    """As `make train` left it."""
    encoder = SentenceEncoder()
    return StatementReader(load_or_train_statements(DATA / "statements", ROOT / "var" / "models", encoder), encoder)


@pytest.fixture(scope="session")
def both(reader: StatementReader) -> RuleAssessor:
    """The word lists and the reader."""
    return RuleAssessor.load(DATA, today=lambda: TODAY, reader=reader)
