"""Errors of the words: a language or catalogue that is not there."""


class LocalesError(Exception):
    """One clear line for whoever runs the program."""


class CatalogueMissing(LocalesError):
    """A language in `languages.yaml` has no compiled catalogue."""


class UnknownLanguage(LocalesError):
    """A language code that is not in `languages.yaml`."""
