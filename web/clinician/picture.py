"""The picture of a visit: twelve areas of life around a centre, the patient's petals and the caregiver's over them.

It holds numbers and keys only; the template draws and names them. A petal reaches as far as the person said it is
important (0 to 10). Where no number was said it reaches half way: that they spoke of it, not how much.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.views import GoalView
from careplan.areas import AreaOfLife
from careplan.people import Role
from web.clinician.labels import AREA_IN_SHORT, AREA_OF_LIFE

WIDTH, HEIGHT = 344, 150
CENTRE_X, CENTRE_Y = WIDTH / 2, HEIGHT / 2
RADIUS = 61.0
RINGS = (RADIUS / 2, RADIUS)
LABEL_RADIUS = RADIUS + 7
HIGHEST = 10
UNTOLD = HIGHEST / 2
LEAST = 0.12  # of the radius: a petal for "0 out of 10" can still be seen
STEP = 2 * math.pi / len(AreaOfLife)
HALF = 0.44 * STEP  # half a petal; the rest is the gap to the next


@dataclass(frozen=True)
class Area:
    """One direction of the picture. Values are what was said, 0 to 10; None: spoken of without a number.

    anchor: where the label begins, seen from its point, in SVG's words.
    """

    code: str
    label: str
    name: str
    x: float
    y: float
    anchor: str
    patient: str | None
    caregiver: str | None
    patient_value: int | None
    caregiver_value: int | None

    @property
    def spoken_of(self) -> bool:
        return bool(self.patient or self.caregiver)


@dataclass(frozen=True)
class Picture:
    """All twelve areas; `patient` and `caregiver` of an area are the paths of their petals."""

    areas: tuple[Area, ...]
    width: int = WIDTH
    height: int = HEIGHT
    rings: tuple[float, ...] = RINGS

    @property
    def spoken_of(self) -> tuple[Area, ...]:
        return tuple(area for area in self.areas if area.spoken_of)

    @property
    def of_patient(self) -> bool:
        return any(area.patient for area in self.areas)

    @property
    def of_caregiver(self) -> bool:
        return any(area.caregiver for area in self.areas)


def picture(goals: Sequence[GoalView]) -> Picture | None:
    """None while nobody has a goal in any area."""
    patient, caregiver = _values(goals, Role.PATIENT), _values(goals, Role.CAREGIVER)
    if not patient and not caregiver:
        return None
    return Picture(tuple(_area(place, area, patient, caregiver) for place, area in enumerate(AreaOfLife)))


def _values(goals: Sequence[GoalView], role: Role) -> Mapping[str, int | None]:
    """Per area the highest importance that this person said."""
    values: dict[str, int | None] = {}
    for goal in goals:
        if goal.role != role.value or goal.domain not in AREA_OF_LIFE:
            continue
        told = [value for value in (values.get(goal.domain), goal.importance) if value is not None]
        values[goal.domain] = max(told, default=None)
    return values


def _area(place: int, area: AreaOfLife, patient: Mapping[str, int | None], caregiver: Mapping[str, int | None]) -> Area:
    angle = (place + 0.5) * STEP - math.pi / 2  # from the top, clockwise; no area straight up, where labels would meet
    x, y = _point(angle, LABEL_RADIUS)
    code = area.value
    return Area(
        code=code,
        label=AREA_IN_SHORT[code],
        name=AREA_OF_LIFE[code],
        x=x,
        y=y,
        anchor="start" if x > CENTRE_X else "end",
        patient=_petal(angle, patient[code]) if code in patient else None,
        caregiver=_petal(angle, caregiver[code]) if code in caregiver else None,
        patient_value=patient.get(code),
        caregiver_value=caregiver.get(code),
    )


def _petal(angle: float, value: int | None) -> str:
    """The path of a slice from the centre."""
    reach = RADIUS * max(LEAST, (UNTOLD if value is None else value) / HIGHEST)
    (from_x, from_y), (to_x, to_y) = _point(angle - HALF, reach), _point(angle + HALF, reach)
    return f"M{CENTRE_X} {CENTRE_Y}L{from_x} {from_y}A{reach:.1f} {reach:.1f} 0 0 1 {to_x} {to_y}Z"


def _point(angle: float, radius: float) -> tuple[float, float]:
    return round(CENTRE_X + radius * math.cos(angle), 1), round(CENTRE_Y + radius * math.sin(angle), 1)
