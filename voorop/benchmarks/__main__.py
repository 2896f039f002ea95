"""Measures and writes the page: `python -m voorop.benchmarks [--to docs/benchmarks.md]`."""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from voorop.benchmarks.house import house
from voorop.benchmarks.plots import save_along, save_at_once
from voorop.benchmarks.turns import Turn, measure_along, measure_at_once, measure_memory, measure_turn
from voorop.benchmarks.visits import Reading, measure_visits
from voorop.settings import PROJECT

CONVERSATIONS = 1_000
PLOTS = (
    "",
    "![The cost of a turn along one conversation](benchmarks-along.svg)",
    "",
    "The line below is what one durable commit and one encoding after the other would allow.",
    "",
    "![Turns a second by conversations at once](benchmarks-at-once.svg)",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; the exit code is 0 when the page stands there."""
    parser = argparse.ArgumentParser(prog="python -m voorop.benchmarks", description=__doc__)
    parser.add_argument("--to", type=Path, default=PROJECT / "docs" / "benchmarks.md")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        with house(Path(folder)) as home:
            ready = time.monotonic() - started
            _tell("a turn")
            turn = measure_turn(home)
            _tell("along a conversation")
            along = measure_along(home)
            _tell("many at once")
            at_once = measure_at_once(home)
            _tell("memory")
            memory = measure_memory(home, CONVERSATIONS)
    with tempfile.TemporaryDirectory() as folder:
        _tell("visits")
        visits = measure_visits(Path(folder))
    save_along(along, chosen.to.with_name("benchmarks-along.svg"))
    save_at_once(at_once, 1000 / turn.bare, chosen.to.with_name("benchmarks-at-once.svg"))
    lines = [*page(turn, along, at_once, memory, ready), *PLOTS, *page_of_visits(visits), ""]
    chosen.to.write_text("\n".join(lines), encoding="utf-8")
    _tell(f"written: {chosen.to.name}")
    return 0


def page(
    turn: Turn, along: Sequence[float], at_once: dict[int, float], memory: tuple[float, float], ready: float
) -> list[str]:
    """Lines of Markdown. Turns of both kinds alternate along a conversation, so windows hold as many of each."""
    early, late = statistics.median(along[2:42]), statistics.median(along[180:220])
    end = statistics.median(along[-40:])
    rows = [
        ("a turn, p50 (p95)", f"{turn.turn:.1f} ms ({turn.turn_p95:.1f})", ""),
        ("one durable commit and one encoding, p50", f"{turn.bare:.1f} ms", ""),
        ("a turn against these", f"{turn.ratio:.2f}", "1.5"),
        ("a turn around turn 200 against one around turn 20", f"{late / early:.2f}", "1.1"),
        ("a turn around turn 400 against one around turn 20", f"{end / early:.2f}", "1.1"),
        *((f"turns a second, {number} at once", f"{found:.0f}", "") for number, found in at_once.items()),
        (
            "turns a second with 16 at once, of what commits and encodings allow",
            f"{at_once[16] * turn.bare / 10:.0f} %",
            "60 %",
        ),
        ("parts put together, model at hand", f"{ready:.1f} s", "3 s"),
        ("memory before any conversation", f"{memory[0]:.0f} MB", ""),
        (f"memory after {CONVERSATIONS} conversations", f"{memory[1]:.0f} MB", "300 MB"),
    ]
    # no time zone: the day it is where somebody measures
    lines = ["# Benchmarks", "", f"Measured on {date.today()} in one run with `make bench`, in one process."]  # noqa: DTZ011
    lines += ["Figures differ from machine to machine; the ratios should not.", ""]
    lines += ["| what | measured | aim |", "|---|---|---|"]
    return [*lines, *(f"| {what} | {found} | {aim} |" for what, found, aim in rows)]


def page_of_visits(found: Sequence[Reading]) -> list[str]:
    """A row per number of visits, and how much longer it takes with the most than with the fewest."""
    few, many = found[0], found[-1]
    lines = [
        "",
        "## Reading visits",
        "",
        "p95, on SQLite, signed in; the aim is 50 ms, and 1.2 against the fewest.",
        "",
    ]
    lines += ["| visits in the database | page of a visit | its API | page of a day |", "|---|---|---|---|"]
    lines += [f"| {each.visits} | {each.page:.1f} ms | {each.api:.1f} ms | {each.day:.1f} ms |" for each in found]
    ratios = (many.page / few.page, many.api / few.api, many.day / few.day)
    return [*lines, "| the last against the first | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + " |"]


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
