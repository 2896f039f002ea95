"""Whether a resource fits a search value. Source: FHIR R4, search (token, reference and date parameters)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from api.fhir.parameters import Parameter
from careplan.errors import Invalid

_PREFIXES = ("eq", "ne", "gt", "lt", "ge", "le", "sa", "eb")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?")
_SPLIT = re.compile(r"(?<!\\),")
_ESCAPED = re.compile(r"\\([,$|\\])")
_LAST_DAY = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Wanted:
    """One parameter of a search with its values, of which one must fit. `kind`: a type named by a modifier."""

    name: str
    parameter: Parameter
    values: tuple[str, ...]
    kind: str | None = None

    @classmethod
    def read(cls, name: str, parameter: Parameter, text: str, kind: str | None, base: str) -> "Wanted":
        """Raises Invalid (`search_value`, with the name) for a value that means nothing."""
        values = tuple(_ESCAPED.sub(r"\1", value) for value in _SPLIT.split(text) if value)
        if not values:
            raise Invalid("search_value", field=name)
        if parameter.kind == "date":
            for value in values:
                _interval(name, _prefix(value)[1])
        if parameter.kind == "reference":
            values = tuple(value.removeprefix(f"{base}/") for value in values)
        return cls(name, parameter, values, kind)

    def fits(self, resource: Mapping[str, Any]) -> bool:
        found = self.parameter.values(dict(resource))
        tests: dict[str, Callable[[str, Any], bool]] = {
            "token": _token,
            "reference": self._reference,
            "date": self._date,
        }
        test = tests[self.parameter.kind]
        return any(test(value, one) for value in self.values for one in found)

    def ids_of(self, kind: str) -> list[str]:
        """The ids that a reference parameter names of this type."""
        found = []
        for value in self.values:
            parts = value.split("/")
            if len(parts) == 1 and (self.kind or kind) == kind:
                found.append(value)
            elif len(parts) > 1 and parts[0] == kind:
                found.append(parts[1])
        return found

    def _reference(self, value: str, found: str) -> bool:
        """`id`, `Type/id` or `Type/id/_history/version`; a value without a version fits every version."""
        kind, _, rest = found.partition("/")
        if "/" not in value:
            return rest.split("/")[0] == value and (self.kind or kind) == kind
        return found == value or found.startswith(f"{value}/_history/")

    def _date(self, value: str, found: str) -> bool:
        prefix, text = _prefix(value)
        low, high = _interval(self.name, text)
        start, end = _interval(self.name, found)
        inside = low <= start and end <= high
        return {
            "eq": inside,
            "ne": not inside,
            "gt": end > high,
            "lt": start < low,
            "ge": end > high or inside,
            "le": start < low or inside,
            "sa": start >= high,
            "eb": end <= low,
        }[prefix]


def token_parts(value: str) -> tuple[str | None, str]:
    """System and code; the system is None where any does, and empty where there must be none."""
    system, bar, code = value.rpartition("|")
    return (system if bar else None), code


def _token(value: str, found: Mapping[str, Any]) -> bool:
    system, code = token_parts(value)
    if code and found.get("code") != code:
        return False
    return system is None or found.get("system", "") == system


def _prefix(value: str) -> tuple[str, str]:
    return (value[:2], value[2:]) if value[:2] in _PREFIXES else ("eq", value)


def _interval(name: str, text: str) -> tuple[datetime, datetime]:
    """The moments that a date of any precision covers: from, and up to but without."""
    found = _DATE.fullmatch(text)
    if not found:
        raise Invalid("search_value", field=name)
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        start = datetime.fromisoformat(
            f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}{zone or '+00:00'}"
        ).astimezone(UTC)
        return start, _end(start, month, day, hour, second)
    except (ValueError, OverflowError):
        raise Invalid("search_value", field=name) from None


def _end(start: datetime, month: str | None, day: str | None, hour: str | None, second: str | None) -> datetime:
    if start.year >= _LAST_DAY.year:
        return _LAST_DAY
    if second:
        return start + timedelta(seconds=1)
    if hour:
        return start + timedelta(minutes=1)
    if day:
        return start + timedelta(days=1)
    if month:
        return (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    return start.replace(year=start.year + 1)
