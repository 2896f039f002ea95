"""Durations as ISO 8601 writes them: numbers of units."""

import re

UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def parts_of(duration: str) -> tuple[tuple[int, str], ...] | None:
    """Numbers with their units, the largest first, as in ((1, "year"), (6, "month")); None for what is no duration."""
    found = _DURATION.fullmatch(duration)
    if not found:
        return None
    return tuple((int(number), unit) for number, unit in zip(found.groups(), UNITS, strict=True) if number)
