"""The compiled gettext catalogues.

`make` compiles them (`pybabel compile`). English is the source, so it needs no catalogue of its own.
"""

from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations

from locales.errors import CatalogueMissing
from locales.languages import SOURCE, languages

FOLDER = Path(__file__).parent


def N_(msgid: str) -> str:
    """Mark a message id for extraction where it is written; it is translated where it is shown."""
    return msgid


@cache
def jinja_translations(code: str) -> NullTranslations:
    """The catalogue of a language, in the shape that Jinja's i18n extension takes.

    Raises:
        CatalogueMissing: it was not compiled.
    """
    if code == SOURCE:
        return NullTranslations()
    try:
        with (FOLDER / code / "LC_MESSAGES" / "messages.mo").open("rb") as compiled:
            return Translations(compiled)
    except FileNotFoundError:
        raise CatalogueMissing(f"the catalogue of the language '{code}' is missing: run `make compile`") from None


def check_catalogues() -> None:
    """Raises CatalogueMissing when a listed language has no compiled catalogue."""
    for known in languages():
        jinja_translations(known.code)


def translate(code: str, msgid: str) -> str:
    """The message in a language; a message nobody translated yet stays English."""
    return str(jinja_translations(code).gettext(msgid)) if msgid else ""


def ntranslate(code: str, one: str, many: str, n: int) -> str:
    """The form for `n` things, by the plural rules of the language."""
    return str(jinja_translations(code).ngettext(one, many, n))
