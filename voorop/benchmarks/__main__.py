"""Measures and writes the page: `python -m voorop.benchmarks [--to docs/benchmarks.md]`."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from voorop.benchmarks.along import measure_along
from voorop.benchmarks.at_once import measure_at_once
from voorop.benchmarks.engines import measure_engines
from voorop.benchmarks.house import house
from voorop.benchmarks.intents import measure_intents
from voorop.benchmarks.memory import measure_memory
from voorop.benchmarks.page import (
    PLOTS,
    figures_along,
    figures_at_once,
    figures_of_memory,
    figures_of_start,
    figures_of_turn,
    page,
)
from voorop.benchmarks.plots import save_along, save_at_once
from voorop.benchmarks.sections import (
    earlier_section_of_intents,
    section_of_engines,
    section_of_intents,
    section_of_visits,
)
from voorop.benchmarks.training import measure_training
from voorop.benchmarks.turns import measure_long_text, measure_turn
from voorop.benchmarks.visits import figures_of_visits, measure_visits
from voorop.rasa import PROGRAM
from voorop.settings import PROJECT


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; the exit code is 0 when the page stands there."""
    parser = argparse.ArgumentParser(prog="python -m voorop.benchmarks", description=__doc__)
    parser.add_argument("--to", type=Path, default=PROJECT / "docs" / "benchmarks.md")
    parser.add_argument("--rasa", type=Path, default=PROGRAM, help="the rasa to compare with, where it is installed")
    parser.add_argument("--conversations", type=int, default=10_000, help="after how many the memory is measured")
    parser.add_argument("--intents", type=Path, help="a folder with public sets of intents, laid out as HINT3's")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as home:
        _tell("a turn")
        turn = measure_turn(home)
        _tell("along a conversation")
        along = measure_along(home)
        _tell("many at once")
        at_once = measure_at_once(home)
    _tell("memory")
    memory = measure_memory(chosen.conversations)
    _tell("visits")
    visits = measure_visits()
    with tempfile.TemporaryDirectory() as folder:
        _tell("both engines")
        training = measure_training(Path(folder), chosen.rasa)
        engines = measure_engines(Path(folder), chosen.rasa)
    figures = [
        *figures_of_turn(turn, measure_long_text()),
        *figures_along(along),
        *figures_at_once(at_once),
        *figures_of_start(training, engines[0].start),
        *figures_of_memory(memory),
    ]
    save_along(along, chosen.to.with_name("benchmarks-along.svg"))
    save_at_once(at_once, chosen.to.with_name("benchmarks-at-once.svg"))
    lines = [*page(figures, figures_of_visits(visits)), *PLOTS]
    lines += [*section_of_engines(engines, training), *section_of_visits(visits)]
    lines += [*_intents(chosen.intents, chosen.to), ""]
    chosen.to.write_text("\n".join(lines), encoding="utf-8")
    _tell(f"written: {chosen.to.name}")
    return 0


def _intents(folder: Path | None, written: Path) -> list[str]:
    """The section measured now, or else as it was measured before."""
    if folder:
        return section_of_intents(measure_intents(folder))
    return earlier_section_of_intents(written.read_text(encoding="utf-8")) if written.exists() else []


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
