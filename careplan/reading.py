"""Reads untrusted JSON field by field and says where it is wrong, never what was in it."""

import re
from collections.abc import Mapping, Set
from enum import StrEnum
from typing import Any, TypeVar

from careplan.errors import Invalid

LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")
UNKEPT = re.compile("[\x00\ud800-\udfff]")
NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")

Kind = TypeVar("Kind", bound=StrEnum)


def check_text(value: str, field: str, longest: int) -> str:
    """`value` itself, verbatim.

    Raises:
        Invalid: it is empty or too long, or holds U+0000 or half a surrogate pair, which no store keeps safely.
    """
    if not value or len(value) > longest:
        raise Invalid("empty" if not value else "too_long", field=field)
    if UNKEPT.search(value):
        raise Invalid("characters", field=field)
    return value


class Reader:
    """One JSON object; `path` says where it stands in the whole. A field nobody knows is refused, not dropped."""

    def __init__(self, source: object, path: str, known: Set[str]) -> None:
        self._path = path
        if not isinstance(source, Mapping):
            raise Invalid("type", field=path or None)
        self._source: Mapping[str, Any] = source
        for name in source:
            if name not in known:
                raise Invalid("unknown_field", field=path or None)

    def at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def text(self, name: str, longest: int) -> str:
        value = self._source.get(name)
        if not isinstance(value, str):
            raise Invalid("type" if name in self._source else "missing", field=self.at(name))
        return check_text(value, self.at(name), longest)

    def optional_text(self, name: str, longest: int) -> str | None:
        return None if self._source.get(name) is None else self.text(name, longest)

    def matching(self, name: str, pattern: re.Pattern[str], longest: int = 64) -> str:
        value = self.text(name, longest)
        if not pattern.fullmatch(value):
            raise Invalid("value", field=self.at(name))
        return value

    def flag(self, name: str, default: bool | None = None) -> bool:
        value = self._source.get(name, default)
        if not isinstance(value, bool):
            raise Invalid("type" if name in self._source else "missing", field=self.at(name))
        return value

    def number(self, name: str, highest: int) -> int | None:
        value = self._source.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise Invalid("type", field=self.at(name))
        if not 0 <= value <= highest:
            raise Invalid("value", field=self.at(name))
        return value

    def one_of(self, name: str, kind: type[Kind]) -> Kind:
        value = self.text(name, 64)
        if value not in {member.value for member in kind}:
            raise Invalid("value", field=self.at(name))
        return kind(value)

    def optional_one_of(self, name: str, kind: type[Kind]) -> Kind | None:
        return None if self._source.get(name) is None else self.one_of(name, kind)

    def several_of(self, name: str, kind: type[Kind]) -> tuple[Kind, ...]:
        """Members of a list without repetition; a missing list is empty."""
        known = {member.value for member in kind}
        found = [member for member, _ in self.objects(name, len(known))]
        if not all(isinstance(member, str) for member in found):
            raise Invalid("type", field=self.at(name))
        if not known.issuperset(found) or len(set(found)) < len(found):
            raise Invalid("value", field=self.at(name))
        return tuple(kind(str(member)) for member in found)

    def objects(self, name: str, most: int) -> list[tuple[object, str]]:
        """The members of a list, each with its path; a missing list is empty."""
        value = self._source.get(name, [])
        if not isinstance(value, list):
            raise Invalid("type", field=self.at(name))
        if len(value) > most:
            raise Invalid("too_many", field=self.at(name))
        return [(member, f"{self.at(name)}[{place}]") for place, member in enumerate(value)]
