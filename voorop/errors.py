"""What stops a command: one clear line and an exit code."""


class CommandError(Exception):
    """Something whoever runs the command can mend; the message says what, in one line."""


class SettingsError(CommandError):
    """A VOOROP_ variable has a value that cannot be used."""
