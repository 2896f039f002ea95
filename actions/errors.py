"""Errors of the actions. None carries what a person wrote."""


class ActionsError(Exception):
    """One clear line for whoever runs the program."""


class CarePlanUnavailable(ActionsError):
    """The care-plan API could not be reached or refused a write."""


class ContactsMissing(ActionsError):
    """There are no emergency numbers for the configured country."""
