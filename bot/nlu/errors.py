"""What can go wrong while the assistant learns to understand. No message holds what a person typed."""


class UnderstandingError(Exception):
    """Base of every error of this package."""


class TrainingDataError(UnderstandingError):
    """A training file cannot be used; the message starts with file:line."""


class SettingsError(UnderstandingError):
    """A setting of the gate is unknown or out of range."""
