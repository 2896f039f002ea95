"""The assessor as shipped, on a day that does not move."""

from datetime import date
from pathlib import Path

import pytest

from actions.elicitation.assessor import RuleAssessor

DATA = Path(__file__).parents[2] / "data" / "assessment"
TODAY = date(2026, 3, 2)


@pytest.fixture(scope="session")
def assessor() -> RuleAssessor:
    return RuleAssessor.load(DATA, today=lambda: TODAY)
