"""Errors of the conversation store. None of them carries what a person said."""


class StoreError(Exception):
    """The store did not do what was asked; nothing was changed."""


class Conflict(StoreError):
    """Somebody else wrote to this conversation first."""


class StoreUnavailable(StoreError):
    """The database cannot read or write now: locked for too long, disk full, gone."""
