"""Moves: what the understanding makes of every held-out sentence, as it runs, with the danger rules in front."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from bot.nlu.classifier import IntentClassifier, Prediction
from bot.nlu.encoder import Encoder
from bot.nlu.evaluation import Figures, HeldOut, count, judge, load_held_out
from bot.nlu.gate import Gate, GateSettings
from bot.nlu.moves import CONTENT
from bot.nlu.understanding import Understanding
from voorop.settings import Settings
from voorop.understanding import CONFIG, load_understanding, thresholds

SHIFTS = tuple(step / 5 for step in range(-5, 6))  # of all thresholds, around where they stand


@dataclass(frozen=True)
class Point:
    """What the thresholds, moved by `shift`, give: shares of moves understood, and of content taken for one."""

    shift: float
    moves_right: float
    content_taken: float


@dataclass(frozen=True)
class OfMove:
    """How one move fares: its sentences, how many were understood, and how many sentences were taken for it."""

    move: str
    sentences: int
    right: int
    taken: int

    @property
    def recall(self) -> float:
        return self.right / max(self.sentences, 1)

    @property
    def precision(self) -> float:
        return self.right / max(self.taken, 1)


@dataclass(frozen=True)
class Moves:
    """One language: counts, how often each move was taken for which, and the curve of the thresholds."""

    figures: Figures
    confusion: Counter[tuple[str, str]]
    curve: tuple[Point, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every move that occurs, in the order of the alphabet, and content at the end."""
        met = {name for pair in self.confusion for name in pair}
        return (*sorted(met - {CONTENT}), CONTENT)

    @property
    def of_moves(self) -> tuple[OfMove, ...]:
        return tuple(self._of(name) for name in self.names)

    def _of(self, name: str) -> OfMove:
        sentences = sum(count for (true, _), count in self.confusion.items() if true == name)
        taken = sum(count for (_, found), count in self.confusion.items() if found == name)
        return OfMove(name, sentences, self.confusion[name, name], taken)


def measure_moves(settings: Settings, folder: Path, tell: Callable[[str], None]) -> dict[str, Moves]:
    """By language, on tests/understanding."""
    held_out = load_held_out(folder)
    loaded = load_understanding(settings, quiet=True)
    understanding = replace(loaded, classifier=cast(IntentClassifier, _Remembering(loaded.classifier)))

    def show(done: int, of: int) -> None:
        if done % 200 == 0:
            tell(f"moves: {done} of {of} sentences")

    judged = judge(understanding, held_out, show)
    tell("moves: the same with other thresholds")
    curves = _curves(understanding, held_out)
    return {
        language: Moves(count(rows), Counter((one.intent, found) for one, found in rows), curves[language])
        for language, rows in judged.items()
    }


def _curves(understanding: Understanding, held_out: Sequence[HeldOut]) -> dict[str, tuple[Point, ...]]:
    """The thresholds moved together, from generous to strict."""
    standing = GateSettings.from_mapping(thresholds(CONFIG))
    points: dict[str, list[Point]] = {}
    for shift in SHIFTS:
        tried = replace(
            standing,
            open_certainty=standing.open_certainty + shift,
            other_certainty=standing.other_certainty + shift,
            answer_certainty=standing.answer_certainty + shift,
        )
        for language, rows in judge(replace(understanding, gate=Gate(tried)), held_out).items():
            figures = count(rows)
            points.setdefault(language, []).append(Point(shift, figures.moves_share, figures.taken_share))
    return {language: tuple(found) for language, found in points.items()}


class _Remembering:
    """A classifier that predicts each text once: only the gate differs along a curve."""

    def __init__(self, classifier: IntentClassifier) -> None:
        self._classifier = classifier
        self._known: dict[str, Prediction] = {}

    def predict(self, texts: Sequence[str], encoder: Encoder) -> list[Prediction]:
        new = [text for text in texts if text not in self._known]
        self._known |= zip(new, self._classifier.predict(new, encoder), strict=True)
        return [self._known[text] for text in texts]
