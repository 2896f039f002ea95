"""CSV that a spreadsheet only reads."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from api.csv_text import csv_text

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20) | st.integers() | st.none()
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=5))
def test_every_cell_comes_back_and_no_text_is_a_formula(rows):
    read = list(csv.reader(io.StringIO(csv_text(rows), newline="")))
    assert len(read) == len(rows)
    for row, found in zip(rows, read, strict=True):
        for cell, text in zip(row, found, strict=True):
            plain = "" if cell is None else str(cell)
            assert text in (plain, f"'{plain}")
            assert isinstance(cell, int) or not text.startswith(FORMULAS)
