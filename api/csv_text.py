"""CSV that a spreadsheet only reads: no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(rows: Iterable[Sequence[str | int | None]]) -> str:
    """The rows, with CRLF as RFC 4180 has it; None is an empty cell.

    A text that a spreadsheet might run gets an apostrophe in front (OWASP, CSV injection).
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return written.getvalue()


def _cell(cell: str | int | None) -> str | int:
    if isinstance(cell, str) and (cell.startswith(FORMULA_SIGNS) or cell.lstrip().startswith(FORMULA_SIGNS)):
        return f"'{cell}"
    return "" if cell is None else cell
