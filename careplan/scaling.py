"""Goal attainment scaling: what would be expected, more and less, agreed beforehand and scored later.

Source: Kiresuk & Sherman 1968, Community Mental Health Journal 4:443-453; after Turner-Stokes 2009, Clinical
Rehabilitation 23:362-370, the worse levels may stay without a text, since people find them hard to talk about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from careplan.errors import Invalid
from careplan.reading import check_text

LEVELS = (-2, -1, 0, 1, 2)
"""From much less over what is expected (0) to much better than expected."""
EXPECTED = LEVELS.index(0)
CORRELATION = 0.3
"""Of the scores of one person's goals, as the authors of the scale assume it."""
HEAVIEST = 9
"""Importance times difficulty, each from one to three."""
LONGEST_LEVEL = 500
LONGEST_NOTE = 1_000


class Scorer(StrEnum):
    """Whose judgement a score is, whoever writes it down."""

    PATIENT = "patient"
    CAREGIVER = "caregiver"
    CLINICIAN = "clinician"


@dataclass(frozen=True)
class Scaling:
    """What each level looks like, in the order of LEVELS; all but the expected one may be empty."""

    levels: tuple[str, ...]
    weight: int = 1


def check_scaling(scaling: Scaling) -> Scaling:
    """The scaling itself. Raises Invalid with the place of the first level that is wrong, or `weight`."""
    if len(scaling.levels) != len(LEVELS):
        raise Invalid("value", field="levels")
    for place, text in enumerate(scaling.levels):
        if place == EXPECTED and not text.strip():
            raise Invalid("missing", field=f"levels[{place}]")
        if text:
            check_text(text, f"levels[{place}]", LONGEST_LEVEL)
    if not 1 <= scaling.weight <= HEAVIEST:
        raise Invalid("value", field="weight")
    return scaling


def t_score(scored: Sequence[tuple[int, int]]) -> float | None:
    """How far all goals together came, 50 where all are as expected; None without goals.

    scored: weight and level of each goal. The standard deviation over people is 10 by construction.
    """
    if not scored:
        return None
    weights = [weight for weight, _ in scored]
    spread = (1 - CORRELATION) * sum(weight**2 for weight in weights) + CORRELATION * sum(weights) ** 2
    return 50 + 10 * sum(weight * level for weight, level in scored) / sqrt(spread)
