"""What a person said, as the pages show it: verbatim, with its language and direction, the language named if needed."""

from dataclasses import dataclass
from typing import Protocol

import locales
from locales.errors import UnknownLanguage
from web.clinician.labels import CARE_WORKER


@dataclass(frozen=True)
class Words:
    """Verbatim words. `language` is their language's name for the reader, None where the reader reads in it too.

    of: of whom they expect something, as it was written; worker: the same as one of our own labels.
    """

    text: str
    lang: str
    dir: str
    language: str | None = None
    of: str | None = None
    worker: str | None = None


class Said(Protocol):
    """Whatever of the care plan carries a person's words."""

    @property
    def words(self) -> str: ...

    @property
    def lang(self) -> str: ...

    @property
    def dir(self) -> str: ...


def words_of(said: Said, reader: str, *, known: str | None = None, of: str | None = None) -> Words:
    """`known`: the language that is already named above these words, which need not be told again."""
    worker = CARE_WORKER.get(of) if of else None
    language = _base(said.lang)
    untold = language != reader and (known is None or language != _base(known))
    return Words(
        said.words,
        said.lang,
        said.dir,
        language_name(said.lang, reader) if untold else None,
        None if worker else of,
        worker,
    )


def language_name(code: str, reader: str) -> str:
    """What the reader calls a language; its code where nobody listed it."""
    try:
        names = locales.language_names(_base(code))
    except UnknownLanguage:
        return code
    listed = [known.code for known in locales.languages()]
    return names[1 + listed.index(reader)]


def own_name(code: str) -> locales.Language:
    """The language as it calls itself; its code where nobody listed it."""
    try:
        return locales.language(_base(code))
    except UnknownLanguage:
        return locales.Language(code, code, "ltr")


def _base(code: str) -> str:
    return code.split("-")[0].lower()
