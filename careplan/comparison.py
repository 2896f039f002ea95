"""Patient and caregiver side by side: neutral marks to check, by area of life and by meaning across languages.

A mark never merges two goals and never says who is right. Patients and caregivers share few goals, and most clearly
when somebody asks them (docs/explanation/evidence.md), so whoever reads a mark is meant to ask.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from careplan.meaning import Meaning, similarity

# Cosines of multilingual-e5-small, chosen on tests/comparison/pairs.yml. Within one area of life less is needed; across
# areas whole sentences of one make ("I would like to ... every week") come close whatever they are about.
ALIKE = 0.91
ALIKE_IN_ONE_AREA = 0.855


class MarkKind(StrEnum):
    """What a mark says. `only_one`: nobody on the other side speaks of it."""

    SAME = "same"
    DIFFERENT = "different"
    ONLY_ONE = "only_one"


class FoundBy(StrEnum):
    """What a mark rests on."""

    MEANING = "meaning"
    AREA = "area"


@dataclass(frozen=True)
class Side:
    """A goal of one of the two, as far as comparing needs it; `area` is a code of careplan.areas."""

    id: str
    area: str | None = None
    meaning: Meaning | None = None


@dataclass(frozen=True)
class Mark:
    """Two goals, or one of them and None. `by` is None where nothing was found."""

    kind: MarkKind
    patient: str | None
    caregiver: str | None
    by: FoundBy | None = None


@dataclass(frozen=True)
class _Pair:
    patient: Side
    caregiver: Side

    @property
    def one_area(self) -> bool:
        return self.patient.area is not None and self.patient.area == self.caregiver.area

    @property
    def similarity(self) -> float | None:
        return similarity(self.patient.meaning, self.caregiver.meaning)


def compare(patient: Sequence[Side], caregiver: Sequence[Side]) -> tuple[Mark, ...]:
    """The marks between the goals of two people; none while one of them has no goals.

    Every goal is in a mark. One is `same` as at most one of the other side, the most similar first. What then is left
    is marked against the nearest goal in its area of life: as `different` where the meanings are known to differ, as
    `same` by area where they are not known.
    """
    if not patient or not caregiver:
        return ()
    pairs = [(_Pair(one, other), _Pair(one, other).similarity) for one in patient for other in caregiver]
    nearest_first = sorted(pairs, key=lambda pair: -1.0 if pair[1] is None else pair[1], reverse=True)
    marks: list[Mark] = []
    taken: set[str] = set()
    for pair, alike in nearest_first:
        if alike is not None and alike >= (ALIKE_IN_ONE_AREA if pair.one_area else ALIKE):
            if taken.isdisjoint((pair.patient.id, pair.caregiver.id)):
                marks.append(Mark(MarkKind.SAME, pair.patient.id, pair.caregiver.id, FoundBy.MEANING))
                taken |= {pair.patient.id, pair.caregiver.id}
    for pair, alike in nearest_first:
        if pair.one_area and not taken.issuperset((pair.patient.id, pair.caregiver.id)):
            kind = MarkKind.SAME if alike is None else MarkKind.DIFFERENT
            marks.append(Mark(kind, pair.patient.id, pair.caregiver.id, FoundBy.AREA))
            taken |= {pair.patient.id, pair.caregiver.id}
    marks += [Mark(MarkKind.ONLY_ONE, goal, None) for goal in _left(patient, taken)]
    marks += [Mark(MarkKind.ONLY_ONE, None, goal) for goal in _left(caregiver, taken)]
    return tuple(marks)


def _left(sides: Iterable[Side], taken: set[str]) -> list[str]:
    return [side.id for side in sides if side.id not in taken]
