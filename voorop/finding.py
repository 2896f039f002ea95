"""What `voorop doctor` finds about one thing."""

from dataclasses import dataclass

OK, WARNING, PROBLEM = "ok", "warning", "PROBLEM"


@dataclass(frozen=True)
class Finding:
    """One line: how it is, what it is about, and what to do."""

    state: str
    about: str
    text: str

    @classmethod
    def ok(cls, about: str, text: str) -> "Finding":
        return cls(OK, about, text)

    @classmethod
    def warning(cls, about: str, text: str) -> "Finding":
        return cls(WARNING, about, text)

    @classmethod
    def problem(cls, about: str, text: str) -> "Finding":
        return cls(PROBLEM, about, text)

    @property
    def is_problem(self) -> bool:
        return self.state == PROBLEM
