"""Measures everything and writes the pages: `python -m voorop.evaluation [--to docs/evaluation]`."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import locales
from voorop.errors import CommandError
from voorop.evaluation.danger import measure_danger
from voorop.evaluation.moves import measure_moves
from voorop.evaluation.pages import Measured, write_pages
from voorop.evaluation.statements import measure_statements
from voorop.settings import PROJECT, Settings

Found = TypeVar("Found")
TESTS = PROJECT / "tests"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; the exit code is 0 when the pages stand there."""
    parser = argparse.ArgumentParser(prog="python -m voorop.evaluation", description=__doc__)
    parser.add_argument("--to", type=Path, default=PROJECT / "docs" / "evaluation")
    chosen = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        measured = Measured(
            # no time zone: the day it is where somebody measures
            day=date.today(),  # noqa: DTZ011
            moves=_in_order(measure_moves(Settings.from_environment(os.environ), TESTS / "understanding", _tell)),
            statements=_in_order(measure_statements(TESTS / "assessment")),
            danger=_in_order(measure_danger(TESTS / "safety")),
        )
    except CommandError as error:
        _tell(f"voorop: {error}")
        return 1
    written = write_pages(measured, chosen.to)
    _tell(f"{len(written)} files in {chosen.to}, after {time.monotonic() - started:.0f} seconds")
    return 0


def _in_order(found: dict[str, Found]) -> dict[str, Found]:
    return {known.code: found[known.code] for known in locales.languages() if known.code in found}


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
