"""What a second reader adds to the word lists: it has learnt from examples, and may know what no list names.

Both may err, so neither decides alone: what the lists found counts as evidence beside what the reader thinks.
"""

from collections.abc import Mapping
from typing import Protocol

Likely = Mapping[str, float]  # value -> probability

# How many times likelier a value is for being what the lists found. Chosen by cross-validation on the statements of
# data/assessment; from 4 to 12 makes little difference.
TIMES_LIKELIER = 7


class SecondReader(Protocol):
    def read(self, text: str) -> Mapping[str, Likely]:
        """How likely each value of `level`, `clarity` and `domain` is, the last two if it is a goal at all. Empty for a
        text in which there is nothing to read.
        """
        ...


def weighed(likely: Likely, found: str | None) -> str:
    """The likeliest value, with what the lists found as evidence."""
    return max(likely, key=lambda value: likely[value] * (TIMES_LIKELIER if value == found else 1))
