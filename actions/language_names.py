"""Finds the language that a person asks for, by the name it has in any of the listed languages."""

from functools import cache

from locales import language_names, languages


def named_language(text: str) -> str | None:
    """Code of the listed language that a text names, or None."""
    said = text.casefold()
    return next((code for code, names in _names().items() if any(name in said for name in names)), None)


@cache
def _names() -> dict[str, frozenset[str]]:
    return {known.code: frozenset(name.casefold() for name in language_names(known.code)) for known in languages()}
