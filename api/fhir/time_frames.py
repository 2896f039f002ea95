"""A goal's time frame (an ISO 8601 moment or duration) as FHIR knows it, and in words."""

from datetime import date

import locales
from api.fhir import names
from api.fhir.elements import Json
from careplan.durations import parts_of

_UCUM = {"year": "a", "month": "mo", "week": "wk", "day": "d", "hour": "h", "minute": "min", "second": "s"}
_MOST = 9_999  # what nobody means is not worth a number that receivers may not read


def due(time_frame: str | None) -> Json | None:
    """`dueDate` or `dueDuration`; FHIR has one unit per duration, so a mixed one stays in the narrative only."""
    if time_frame is None:
        return None
    parts = parts_of(time_frame)
    if parts is None:
        return {"dueDate": time_frame} if _date(time_frame) else None
    if len(parts) != 1 or parts[0][0] > _MOST:
        return None
    number, unit = parts[0]
    return {"dueDuration": {"value": number, "unit": unit, "system": names.UCUM, "code": _UCUM[unit]}}


def in_words(time_frame: str, lang: str) -> str:
    """As people of a language write it; what is no moment and no duration as it came."""
    parts = parts_of(time_frame)
    if parts:
        return locales.format_duration(lang, parts)
    day = _date(time_frame)
    return locales.format_date(lang, day) if day and len(time_frame) == 10 else time_frame


def _date(time_frame: str) -> date | None:
    """The first day of a year, a month or a day of the calendar."""
    try:
        return date.fromisoformat((time_frame + "-01-01")[:10])
    except ValueError:
        return None
