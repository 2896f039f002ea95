"""What an assessment of a statement says (docs/reference/assessment.md). It never judges the person."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol, Self

from actions.elicitation.parts import Part


@dataclass(frozen=True)
class Assessment:
    """level: `fundamental`, `functional`, `symptom_disease` or `none`. clarity: `concrete` or `vague`, None for level
    `none`. missing: of `who`, `where`, `how_often`, `when`, `what`, the most helpful to ask for first. domain: an area
    of life. time_frame: ISO 8601 duration or date.
    """

    level: str
    clarity: str | None = None
    missing: tuple[str, ...] = ()
    multiple: bool = False
    domain: str | None = None
    time_frame: str | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(**{**data, "missing": tuple(data["missing"])})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class Assessor(Protocol):
    def assess(self, text: str, lang: str | None) -> Assessment:
        """Assess one statement, in any of the languages; `lang` is the language it was most likely written in."""
        ...

    def wishes(self, text: str, lang: str | None) -> tuple[str, ...]:
        """The stretches of a statement that each say one wish, verbatim and in order."""
        ...

    def parts(self, text: str, lang: str | None) -> tuple[Part, ...]:
        """With whom, where, how often and when, as far as a statement says it, each in its words."""
        ...

    def meant(self, wishes: Sequence[str], said: str, place: int | None) -> int | None:
        """Which of the wishes was named, from 0, or counted off (place: from 1, or `LAST`); None when unclear."""
        ...

    def turns_down(self, said: str) -> bool:
        """Whether something in it is not wanted, or not now."""
        ...
