"""Errors of the safety data files. They name a file and a line, never what a person typed."""

from pathlib import Path


class SafetyDataError(Exception):
    """A rule file or contact file cannot be honoured; nothing of it is loaded."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        self.path, self.line, self.problem = path, line, problem
        super().__init__(f"{path}:{line}: {problem}")
