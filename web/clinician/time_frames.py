"""A goal's time frame in words: a moment (ISO 8601 date, month or year) or how long it may take (ISO 8601 duration)."""

import re
from dataclasses import dataclass
from datetime import date

import locales
from careplan.durations import parts_of

MONTH = re.compile(r"^(\d{4})-(\d{2})$")


@dataclass(frozen=True)
class TimeFrame:
    """Either `by`, already written for the reader, or `within`: numbers of units, the largest first."""

    by: str | None = None
    within: tuple[tuple[int, str], ...] = ()


def time_frame(iso: str | None, reader: str) -> TimeFrame | None:
    """What cannot be a moment or a duration is shown as it came."""
    if not iso:
        return None
    parts = parts_of(iso)
    if parts is not None:
        return TimeFrame(within=parts)
    try:
        return TimeFrame(by=locales.format_date(reader, date.fromisoformat(iso)))
    except ValueError:
        return TimeFrame(by=MONTH.sub(r"\2/\1", iso))
