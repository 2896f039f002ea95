"""What is read off a series of measurements, and off a process."""

import os
import statistics
from collections.abc import Sequence
from pathlib import Path


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 stay under."""
    return statistics.quantiles(values, n=20)[-1]


def resident(process: int) -> float:
    """The memory of a process that is really in use, in megabytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
