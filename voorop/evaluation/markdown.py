"""Tables and lists in Markdown."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; numbers stand to the right, and a sentence may hold any sign."""
    cells = [[_cell(value) for value in row] for row in rows]
    lines = ["---", *("---:" if _numeric(cells, at) else "---" for at in range(1, len(head)))]
    return "\n".join(map(_row, (head, lines, *cells)))


def percent(share: float) -> str:
    return f"{share:.1%}"


def of(part: int, whole: int) -> str:
    """A count with its share: `241 of 256 (94.1%)`."""
    return f"{part} of {whole} ({percent(part / max(whole, 1))})"


def folded(title: str, content: str) -> str:
    """Something long that opens on demand."""
    return f"<details><summary>{title}</summary>\n\n{content}\n\n</details>"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|").replace("<", "&lt;")


def _numeric(rows: Sequence[Sequence[str]], at: int) -> bool:
    return all(not row[at] or row[at][0].isdecimal() for row in rows)
