"""Reads what a search asks for. Unknown parameters are left out, or refused when the client wants that.

Source: FHIR R4, search (handling errors): `Prefer: handling=strict|lenient`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from api.fhir.matching import Wanted
from api.fhir.parameters import COMMON, PARAMETERS
from careplan.errors import Invalid

DEFAULT_COUNT = 20
HIGHEST_COUNT = 100
MOST_PARAMETERS = 50
_PAGE = "page"
_SHAPE = frozenset({"_format", "_pretty"})


@dataclass(frozen=True)
class Query:
    """`given`: what was understood, as it stood, for the link to itself. `page`: where an earlier page stopped."""

    kind: str
    wanted: tuple[Wanted, ...]
    count: int
    page: str
    given: tuple[tuple[str, str], ...]

    def link(self, page: str | None = None) -> str:
        pairs = [*self.given, ("_count", str(self.count))]
        return urlencode([*pairs, (_PAGE, page)] if page else pairs)

    def named(self, *names: str) -> list[Wanted]:
        return [wanted for wanted in self.wanted if wanted.name in names]


def read_query(kind: str, pairs: Sequence[tuple[str, str]], *, strict: bool, base: str) -> Query:
    """The search of a type that knows it.

    Raises:
        Invalid: a value means nothing (`search_value`), a modifier is not known (`search_modifier`), or, when the
            client is strict, a parameter is not known (`search_unknown`); `field` names it unless it is unknown.
    """
    if len(pairs) > MOST_PARAMETERS:
        raise Invalid("search_value")
    known = COMMON | PARAMETERS[kind]
    wanted, given = [], []
    count, page = DEFAULT_COUNT, ""
    for name, value in pairs:
        bare, _, modifier = name.partition(":")
        if "\x00" in value:
            raise Invalid("search_value")
        if bare in known:
            if modifier and modifier not in known[bare].targets:
                raise Invalid("search_modifier", field=bare)
            wanted.append(Wanted.read(bare, known[bare], value, modifier or None, base))
            given.append((name, value))
        elif name == "_count":
            count = _number(value)
        elif name == _PAGE:
            page = value
        elif name not in _SHAPE and strict:
            raise Invalid("search_unknown")
    return Query(kind, tuple(wanted), count, page, tuple(given))


def _number(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise Invalid("search_value", field="_count")
    return min(int(value), HIGHEST_COUNT)
