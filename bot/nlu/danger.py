"""Whether a message tells of danger: what the rules found and what the classifier sees, put together.

What the rules find said plainly is danger, whatever the classifier makes of it. What they find between the lines (a
sign) is let go when the classifier has read all of the message and is sure that no sentence of it tells of danger.
Where the rules find nothing, the classifier alone suffices when it is sure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.nlu.classifier import Prediction
from bot.nlu.gate import Gate
from bot.nlu.moves import REPORT_CRISIS

CLASSIFIER = "classifier"  # named as the rule where no rule found the danger


class Hit(Protocol):
    """A rule that hit; `sign` is about what is said between the lines, `calls_for_help` about calling for help."""

    @property
    def category(self) -> str: ...

    @property
    def rule(self) -> str | None: ...

    @property
    def sign(self) -> bool: ...

    @property
    def calls_for_help(self) -> bool: ...


SafetyCheck = Callable[[str, str | None], Sequence[Hit]]  # (text, language) -> what hit, the most pressing first


@dataclass(frozen=True)
class Spotted:
    """A danger, which rule found it, how sure that is, and whether it tells of calling for help and no more."""

    danger: str
    rule: str
    confidence: float
    calls_for_help: bool = False


def by_rule(hits: Sequence[Hit]) -> Spotted | None:
    """The first of the rules that hit."""
    return Spotted(hits[0].category, hits[0].rule or "", 1.0, hits[0].calls_for_help) if hits else None


def spot(hits: Sequence[Hit], predicted: Mapping[str, Prediction], gate: Gate, *, whole: bool) -> Spotted | None:
    """`predicted`: what the classifier sees, by sentence; `whole`: whether these are all sentences of the message."""
    doubted = whole and bool(predicted) and not any(gate.may_be_danger(one.probabilities) for one in predicted.values())
    kept = [hit for hit in hits if not (hit.sign and doubted)]
    return by_rule(kept) or _suspected(predicted, gate)


def _suspected(predicted: Mapping[str, Prediction], gate: Gate) -> Spotted | None:
    suspected = [
        Spotted(one.danger, CLASSIFIER, one.probabilities[REPORT_CRISIS])
        for one in predicted.values()
        if one.danger and gate.is_danger(one.probabilities, of_several=len(predicted) > 1)
    ]
    return max(suspected, key=lambda one: one.confidence, default=None)
