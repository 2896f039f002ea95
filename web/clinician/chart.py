"""Scores over time as the points of a small drawing. One judge, one line with marks of its own shape.

The first score stands at the side where the reader's language begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.teamwork.views import ScoreView
from careplan.scaling import LEVELS, Scorer
from web.clinician.teamwork_labels import SCORER

WIDTH, HEIGHT = 340, 150
SIDE, EDGE = 30, 18
"""Room for the levels at the side, and above and below."""


@dataclass(frozen=True)
class Point:
    """Where a score stands, in the units of the drawing."""

    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """One judge's scores in time; `path` joins them, `label` is a message id."""

    scorer: str
    label: str
    points: tuple[Point, ...]
    path: str


@dataclass(frozen=True)
class Rung:
    """The height of a level."""

    level: int
    y: float


@dataclass(frozen=True)
class Chart:
    """All that the template draws; a level's line goes from `left` to `right`."""

    width: int
    height: int
    left: int
    right: int
    labels_at: int
    rungs: tuple[Rung, ...]
    lines: tuple[Line, ...]


def chart(scores: Sequence[ScoreView], direction: str) -> Chart | None:
    """None where there is no score to draw."""
    if not scores:
        return None
    times = [datetime.fromisoformat(score.time).timestamp() for score in scores]
    first, span = min(times), max(times) - min(times)
    points = [
        Point(_across((time - first) / span if span else 0.5, direction), _height(score.level))
        for time, score in zip(times, scores, strict=True)
    ]
    lines = []
    for scorer in Scorer:
        own = tuple(point for point, score in zip(points, scores, strict=True) if score.scored_by == scorer)
        if own:
            lines.append(
                Line(scorer.value, SCORER[scorer], own, "M" + "L".join(f"{point.x:g} {point.y:g}" for point in own))
            )
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        left=0 if direction == "rtl" else SIDE,
        right=WIDTH - SIDE if direction == "rtl" else WIDTH,
        labels_at=WIDTH - SIDE // 2 if direction == "rtl" else SIDE // 2,
        rungs=tuple(Rung(level, _height(level)) for level in LEVELS),
        lines=tuple(lines),
    )


def _across(share: float, direction: str) -> float:
    start, room = SIDE + EDGE, WIDTH - SIDE - 2 * EDGE
    x = start + share * room
    return round(WIDTH - x if direction == "rtl" else x, 1)


def _height(level: int) -> float:
    room = HEIGHT - 2 * EDGE
    return round(EDGE + (LEVELS[-1] - level) * room / (len(LEVELS) - 1), 1)
