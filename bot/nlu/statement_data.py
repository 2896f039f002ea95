"""Reads the statements that the reader of statements learns from: data/assessment/statements/<language>.yml.

A list of {text, level, clarity, domain}; clarity and domain are left out for level `none`. `multiple` and
`time_frame` may stand there too: they are the word lists' business and not learnt.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from bot.nlu.errors import TrainingDataError
from careplan.areas import AreaOfLife
from careplan.goals import Clarity, Level

FIELDS = ("level", "clarity", "domain")
_VALUES: dict[str, type[StrEnum]] = {"level": Level, "clarity": Clarity, "domain": AreaOfLife}
_KEYS = {"text", *FIELDS, "multiple", "time_frame"}


@dataclass(frozen=True)
class Statement:
    """One statement with what a careful reader says about it."""

    text: str
    language: str
    level: str
    clarity: str | None = None
    domain: str | None = None


def statement_files(folder: Path) -> tuple[Path, ...]:
    """Every file of statements, in a stable order."""
    return tuple(sorted(folder.glob("*.yml")))


def load_statements(folder: Path) -> tuple[Statement, ...]:
    """All statements, by language. Raises TrainingDataError."""
    files = statement_files(folder)
    if not files:
        raise TrainingDataError(f"{folder}:1: no statements (<language>.yml)")
    return tuple(statement for path in files for statement in _read_file(path))


def _read_file(path: Path) -> Iterator[Statement]:
    try:
        rows = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        raise TrainingDataError(f"{path}:1: not a YAML file in UTF-8") from error
    if not isinstance(rows, CommentedSeq):
        raise TrainingDataError(f"{path}:1: expected a list")
    for index, row in enumerate(rows):
        where = f"{path}:{rows.lc.item(index)[0] + 1}"
        if not isinstance(row, CommentedMap) or not isinstance(row.get("text"), str):
            raise TrainingDataError(f"{where}: expected a statement with its text")
        if unknown := set(row) - _KEYS:
            raise TrainingDataError(f"{where}: unsupported key: {min(unknown)}")
        yield Statement(row["text"], path.stem, **_labels(where, row))


def _labels(where: str, row: CommentedMap) -> dict[str, str]:
    wanted = ("level",) if row.get("level") == Level.NONE else FIELDS
    for field in FIELDS:
        allowed = [value.value for value in _VALUES[field]] if field in wanted else [None]
        if row.get(field) not in allowed:
            raise TrainingDataError(f"{where}: {field} cannot be {row.get(field)}")
    return {field: str(row[field]) for field in wanted}
