"""What can go wrong in the engine. Messages never hold what a person typed."""

from pathlib import Path


class EngineError(Exception):
    """Root of every error of the engine."""


class ConfigurationError(EngineError):
    """The assistant's files ask for something wrong or unsupported; names the file and the line."""

    def __init__(self, message: str, file: Path | str | None = None, line: int | None = None) -> None:
        place = "" if file is None else f"{file}: " if line is None else f"{file}:{line}: "
        super().__init__(place + message)
        self.file = file
        self.line = line


class TurnFailed(EngineError):
    """A message could not be handled. Nothing of the turn counts: keep the state from before it."""


class ActionFailed(EngineError):
    """A custom action could not be run or answered with something that is not an answer."""


class ActionRejected(EngineError):
    """A custom action rejected its execution, so that another action may be predicted."""

    def __init__(self, action: str) -> None:
        super().__init__(f"the action {action} rejected its execution")
        self.action = action
