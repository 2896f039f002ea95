"""Statements: how often the assessment is what a careful reader says, field by field."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voorop.evaluation.programs import ask, held_out_rows

AIMS = {"level": 0.85, "clarity": 0.85, "domain": 0.80, "multiple": None, "time_frame": None}
FIELDS = tuple(AIMS)
ABSENT = {"clarity": None, "domain": None, "multiple": False, "time_frame": None}


@dataclass(frozen=True)
class Misread:
    """One field of one statement that was read otherwise."""

    field: str
    text: str
    meant: str
    found: str


@dataclass(frozen=True)
class Statements:
    """One language."""

    sentences: int
    right: Mapping[str, int]
    errors: tuple[Misread, ...]

    def share(self, field: str) -> float:
        return self.right[field] / max(self.sentences, 1)

    @property
    def confused(self) -> Counter[tuple[str, str, str]]:
        """Field, what was meant, what was found, and how often."""
        return Counter((one.field, one.meant, one.found) for one in self.errors)


def measure_statements(folder: Path) -> dict[str, Statements]:
    """By language, on the files held_out_<language>.yml of tests/assessment."""
    return {language: _measure(rows, language) for language, rows in held_out_rows(folder).items()}


def _measure(rows: list[dict[str, Any]], language: str) -> Statements:
    found = ask("assess", [{"text": row["text"], "lang": language} for row in rows])
    errors = [
        Misread(field, row["text"], _shown(meant), _shown(one[field]))
        for row, one in zip(rows, found, strict=True)
        for field in FIELDS
        if _shown(one[field]) != _shown(meant := row.get(field, ABSENT.get(field)))
    ]
    wrong = Counter(error.field for error in errors)
    return Statements(len(rows), {field: len(rows) - wrong[field] for field in FIELDS}, tuple(errors))


def _shown(value: object) -> str:
    """As text, so that a date in a YAML file equals the same date in JSON."""
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
