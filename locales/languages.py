"""The list of languages and which of them suits a reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from babel import Locale, negotiate_locale
from ruamel.yaml import YAML

from locales.errors import UnknownLanguage

SOURCE = "en"  # the language that message ids are written in
LIST = Path(__file__).parent / "languages.yaml"


@dataclass(frozen=True)
class Language:
    """A language by its BCP-47 code, its own name and its writing direction."""

    code: str
    name: str
    dir: Literal["ltr", "rtl"]


_enabled: list[str] = []  # empty: all of the list


def enable(codes: Sequence[str]) -> None:
    """Offer only these languages of the list, in this order; called once, at the start of a program.

    Raises:
        UnknownLanguage: a code is not in the list.
    """
    for code in codes:
        if code not in {known.code for known in _listed()}:
            raise UnknownLanguage(f"'{code}' is not in the list of languages")
    _enabled[:] = codes
    languages.cache_clear()


@cache
def languages() -> tuple[Language, ...]:
    """All languages a person may choose, in the order they are shown."""
    known = {each.code: each for each in _listed()}
    return tuple(known[code] for code in _enabled or known)


@cache
def _listed() -> tuple[Language, ...]:
    return tuple(Language(**entry) for entry in YAML(typ="safe").load(LIST))


def is_offered(code: str) -> bool:
    """Whether this is a language one can choose."""
    return any(known.code == code for known in languages())


def language(code: str) -> Language:
    """Raises UnknownLanguage for a code that is not in the list."""
    for candidate in languages():
        if candidate.code == code:
            return candidate
    raise UnknownLanguage("this language is not in the list of languages")


def negotiate(accept_language: str | None, default: str = SOURCE) -> str:
    """The language that suits an `Accept-Language` header best (RFC 9110, 12.5.4), else `default`, else the first."""
    wishes = []
    for position, entry in enumerate((accept_language or "").split(",")[:20]):
        tag, _, rest = entry.strip().partition(";")
        try:
            quality = float(rest.strip().removeprefix("q=")) if rest else 1.0
        except ValueError:
            quality = 0.0
        if tag and quality > 0:
            wishes.append((-quality, position, tag))
    codes = [known.code for known in languages()]
    otherwise = default if default in codes else codes[0]
    return negotiate_locale([tag for *_, tag in sorted(wishes)], codes, sep="-") or otherwise


def language_names(code: str) -> tuple[str, ...]:
    """What a language is called in itself and in every listed language, as in ("Nederlands", "Dutch", ...)."""
    own = language(code).name
    return (own, *(str(Locale.parse(reader.code).languages[code]) for reader in languages()))
