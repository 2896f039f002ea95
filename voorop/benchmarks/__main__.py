"""Measures and writes the page: `python -m voorop.benchmarks [--to docs/benchmarks.md]`."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from voorop.benchmarks.engines import measure_engines
from voorop.benchmarks.house import house
from voorop.benchmarks.intents import measure_intents
from voorop.benchmarks.page import PLOTS, page, page_of_engines, page_of_intents, page_of_visits
from voorop.benchmarks.plots import save_along, save_at_once
from voorop.benchmarks.training import measure_training
from voorop.benchmarks.turns import measure_along, measure_at_once, measure_long_text, measure_memory, measure_turn
from voorop.benchmarks.visits import measure_visits
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
    with tempfile.TemporaryDirectory() as folder:
        with house(Path(folder)) as home:
            _tell("a turn")
            turn = measure_turn(home)
            _tell("along a conversation")
            along = measure_along(home)
            _tell("many at once")
            at_once = measure_at_once(home)
            _tell("memory")
            memory = measure_memory(home, chosen.conversations)
    with tempfile.TemporaryDirectory() as folder:
        _tell("visits")
        visits = measure_visits(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        _tell("both engines")
        training = measure_training(Path(folder), chosen.rasa)
        engines = measure_engines(Path(folder), chosen.rasa)
    intents = measure_intents(chosen.intents) if chosen.intents else []
    save_along(along, chosen.to.with_name("benchmarks-along.svg"))
    save_at_once(at_once, 1000 / turn.bare, chosen.to.with_name("benchmarks-at-once.svg"))
    lines = [*page(turn, along, at_once, memory, measure_long_text(), engines[0].start, training), *PLOTS]
    lines += [*page_of_engines(engines, training), *page_of_visits(visits), *page_of_intents(intents), ""]
    chosen.to.write_text("\n".join(lines), encoding="utf-8")
    _tell(f"written: {chosen.to.name}")
    return 0


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
