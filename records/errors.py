"""Errors of the record keeping: all of them stop a start, none is shown to patients."""


class RecordsError(Exception):
    """One clear line for whoever runs the program."""


class DatabaseUrlError(RecordsError):
    """The database URL cannot be used."""


class KeyFileError(RecordsError):
    """The secret file is missing where it must exist, unreadable or damaged."""


class SealBroken(RecordsError):
    """A sealed value does not open with the keys at hand."""


class NewerDatabaseError(RecordsError):
    """A newer version of the program brought the tables further than this one knows."""


class CopyError(RecordsError):
    """Rows could not be copied as they are; nothing of them was kept."""
