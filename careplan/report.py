"""Figures about goals over a period, without names: small counts are hidden, also where others would tell them.

Laid out as the evaluation of integrated care does: inputs, outputs, outcomes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

LEAST = 5
"""A count below this could point at a person, so nobody sees it."""


@dataclass(frozen=True)
class Counts:
    """What was counted. Keys of the mappings: languages, areas of life, statuses; `minutes` is one number a person."""

    invited: Mapping[str, int]  # by role
    started: Mapping[str, int]
    finished: Mapping[str, int]
    languages: Mapping[str, int]
    minutes: tuple[int, ...]
    visits: int
    visits_reviewed: int
    visits_discussed: int
    goals: int
    statuses: Mapping[str, int]
    areas: Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """One figure; None where it is hidden. `group` and `name` are keys, not words."""

    group: str
    name: str
    value: int | None


@dataclass(frozen=True)
class GoalReport:
    """A report over visits from `first` to `last`, both included. scope: practice or zone."""

    first: date
    last: date
    scope: str
    inputs: tuple[Line, ...]
    outputs: tuple[Line, ...]
    outcomes: tuple[Line, ...]

    @property
    def lines(self) -> tuple[tuple[str, Line], ...]:
        """Every line with the name of its part."""
        parts = (("inputs", self.inputs), ("outputs", self.outputs), ("outcomes", self.outcomes))
        return tuple((part, line) for part, lines in parts for line in lines)


def hidden(count: int) -> int | None:
    """The count, or None when it is small."""
    return count if count >= LEAST else None


def hide_parts(parts: Mapping[str, int]) -> dict[str, int | None]:
    """The parts of a total that is shown elsewhere: small ones are hidden, and more when the rest would tell them.

    What is hidden is never one part alone, and together it is never small, unless nothing is hidden.
    """
    shown = {name: hidden(count) for name, count in parts.items()}
    for name in sorted(parts, key=lambda name: (parts[name], name)):
        away = [other for other in parts if shown[other] is None]
        safe = not away or (len(away) > 1 and sum(parts[other] for other in away) >= LEAST)
        if safe:
            break
        shown[name] = None
    return shown


def make_report(counts: Counts, *, first: date, last: date, scope: str) -> GoalReport:
    """The figures that may be seen."""
    people = (("invited", counts.invited), ("started", counts.started), ("finished", counts.finished))
    asked, begun, done = (
        tuple(Line(group, role, value) for role, value in hide_parts(by_role).items()) for group, by_role in people
    )
    middle = round(median(counts.minutes)) if len(counts.minutes) >= LEAST else None
    return GoalReport(
        first=first,
        last=last,
        scope=scope,
        inputs=(
            Line("visits", "all", hidden(counts.visits)),
            *asked,
            *(Line("languages", code, value) for code, value in hide_parts(counts.languages).items()),
        ),
        outputs=(
            *begun,
            *done,
            Line("minutes", "median", middle),
            Line("goals", "all", hidden(counts.goals)),
            *(Line("areas", area, value) for area, value in hide_parts(counts.areas).items()),
            Line("visits", "reviewed", hidden(counts.visits_reviewed)),
            Line("visits", "discussed", hidden(counts.visits_discussed)),
        ),
        outcomes=tuple(Line("statuses", status, value) for status, value in hide_parts(counts.statuses).items()),
    )
