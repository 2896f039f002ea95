"""Names of languages: which one a person asks for, in any of the listed languages, and what it is called."""

from functools import cache

from locales import language, language_names, languages


def named_language(text: str) -> str | None:
    """Code of the listed language that a text names, or None."""
    said = text.casefold()
    return next((code for code, names in _names().items() if any(name in said for name in names)), None)


def language_name(code: str) -> str | None:
    """What a language is called in itself; None for an empty code."""
    return language(code).name if code else None


@cache
def _names() -> dict[str, frozenset[str]]:
    return {known.code: frozenset(name.casefold() for name in language_names(known.code)) for known in languages()}
