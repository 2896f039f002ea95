"""Numbers, dates and lists as they are written in a language (CLDR, through Babel)."""

from collections.abc import Sequence
from datetime import date, datetime, time

from babel import Locale, dates, lists, numbers, units

# Belgium is where Voorop is used: day before month, 24 hours. Digits stay Western in Arabic, as in Belgium.
REGIONS = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB", "de": "de_BE"}


def _locale(code: str) -> Locale:
    return Locale.parse(REGIONS.get(code, code))


def format_date(code: str, day: date) -> str:
    """As in "23 November 2026"."""
    return dates.format_date(day, "long", _locale(code))


def format_day(code: str, day: date) -> str:
    """As in "Monday 23 November"."""
    return dates.format_date(day, "EEEE d MMMM", _locale(code))


def format_time(code: str, moment: time | datetime) -> str:
    """Hours and minutes, as in "10:20"."""
    return dates.format_time(moment, "HH:mm", locale=_locale(code))


def format_number(code: str, value: int) -> str:
    return numbers.format_decimal(value, locale=_locale(code))


def format_list(code: str, parts: Sequence[str]) -> str:
    """As in "a, b and c"."""
    return lists.format_list(parts, locale=_locale(code))


def format_duration(code: str, parts: Sequence[tuple[int, str]]) -> str:
    """As in "1 year and 3 months"; units are `year`, `month`, `week`, `day`, `hour`, `minute` and `second`."""
    locale = _locale(code)
    return format_list(code, [units.format_unit(number, f"duration-{unit}", locale=locale) for number, unit in parts])
