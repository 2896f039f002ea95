"""What is read off a series of measurements, off a process, and off a figure that has an aim."""

import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

UNKNOWN = "no reason is known yet."


@dataclass(frozen=True)
class Figure:
    """One measured figure of the page.

    shown: its format. beside: what stands after it. aim: at most this, or at least this (`at_least`); none for a figure
    that only informs. scope: what stands after the aim. why: the reason to give when the aim is missed.
    """

    what: str
    measured: float
    shown: str = "{:.0f}"
    beside: str = ""
    aim: float | None = None
    at_least: bool = False
    scope: str = ""
    why: str = UNKNOWN

    @property
    def missed(self) -> bool:
        """Judged as it is shown, so that a reader of the table comes to the same."""
        if self.aim is None:
            return False
        measured = round(self.measured, _digits(self.shown))
        return measured < self.aim if self.at_least else measured > self.aim

    @property
    def value(self) -> str:
        return self.shown.format(self.measured)

    @property
    def wanted(self) -> str:
        return "" if self.aim is None else _unit(self.shown, f"{self.aim:g}")

    def row(self) -> str:
        """A row of the table of figures."""
        return f"| {self.what} | {self.value}{self.beside} | {self.wanted}{self.scope} |"


def missed_aims(figures: Sequence[Figure]) -> list[str]:
    """Every aim that was missed, each reason once with the figures it is the reason of."""
    of_reason: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.missed:
            of_reason.setdefault(figure.why, []).append(figure)
    if not of_reason:
        return []
    lines = ["", "Aims that were missed, and why:", ""]
    for why, found in of_reason.items():
        named = ", ".join(f"{one.what} ({one.value}, aim {one.wanted}{one.scope})" for one in found)
        lines.append(f"- {named}: {why}")
    return lines


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 stay under."""
    return statistics.quantiles(values, n=20)[-1]


def since(started: float) -> float:
    """Milliseconds, of `time.perf_counter`."""
    return 1000 * (time.perf_counter() - started)


def resident(process: int) -> float:
    """The memory of a process that is really in use, in megabytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _digits(shown: str) -> int:
    """How many decimals a format such as `{:.1f} ms` shows."""
    return int(shown.partition("{:.")[2].partition("f")[0])


def _unit(shown: str, value: str) -> str:
    """`value` with the unit that stands in a format."""
    return value + shown.partition("}")[2]
