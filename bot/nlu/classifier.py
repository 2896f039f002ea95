"""The intent classifier: which move a message is, if any, over all languages together.

Classes are the moves and content. report_crisis is split by its danger inside, so that a hit also says
which danger; outside it is one move.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from bot.nlu.encoder import Encoder, Vectors
from bot.nlu.kernel_ridge import KernelRidge, chances
from bot.nlu.many_texts import as_bytes, as_texts
from bot.nlu.moves import REPORT_CRISIS
from bot.nlu.text import skeleton


@dataclass(frozen=True)
class Prediction:
    """How well each move and content fits, between about -1 and 1, and how likely each is, together 1.

    `danger` is the likeliest one.
    """

    scores: dict[str, float]
    probabilities: dict[str, float]
    danger: str | None


@dataclass(frozen=True)
class IntentClassifier:
    """Made by `bot.nlu.training.fit`; holds nothing of the encoder, which is handed in to predict.

    known: the label of a training text, by its skeleton.
    """

    labels: tuple[str, ...]
    known: Mapping[str, str]
    ridge: KernelRidge

    def predict(self, texts: Sequence[str], encoder: Encoder) -> list[Prediction]:
        """The same text always gets the same prediction; what equals an example gets that example's intent.

        Only texts that equal no example are encoded, all of them together.
        """
        labels = {text: self.known.get(skeleton(text)) for text in texts}
        found = {text: self._certain(label) for text, label in labels.items() if label is not None}
        new = [text for text in labels if text not in found]
        if new:
            found |= zip(new, self.predict_encoded(new, encoder.encode(new)), strict=True)
        return [found[text] for text in texts]

    def _certain(self, label: str) -> Prediction:
        row = [1.0 if label == one else -1.0 for one in self.labels]
        return _prediction(self.labels, row, [max(score, 0.0) for score in row])

    def predict_encoded(self, texts: Sequence[str], vectors: Vectors) -> list[Prediction]:
        """Many at once, for texts whose embeddings are at hand."""
        scores = self.ridge.scores(texts, vectors)
        rows = zip(scores.tolist(), chances(scores).tolist(), strict=True)
        return [_prediction(self.labels, row, likely) for row, likely in rows]

    def to_arrays(self) -> dict[str, Any]:
        """Everything as arrays of numbers and text, which need no unpickling."""
        return {
            "labels": np.array(self.labels),
            "known": as_bytes(self.known),
            "meant": np.array([self.labels.index(label) for label in self.known.values()], dtype=np.int16),
            **self.ridge.to_arrays(),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> Self:
        """What `to_arrays` gave. Raises KeyError for one that is missing."""
        labels = tuple(arrays["labels"].tolist())
        return cls(
            labels=labels,
            known={text: labels[at] for text, at in zip(as_texts(arrays["known"]), arrays["meant"], strict=True)},
            ridge=KernelRidge.from_arrays(arrays),
        )


def _prediction(labels: Sequence[str], row: Sequence[float], likely: Sequence[float]) -> Prediction:
    scores: dict[str, float] = {}
    probabilities: dict[str, float] = {}
    danger, most = None, 0.0
    for label, score, chance in zip(labels, row, likely, strict=True):
        intent, _, kind = label.partition("/")
        scores[intent] = max(score, scores.get(intent, score))
        probabilities[intent] = probabilities.get(intent, 0.0) + chance
        if intent == REPORT_CRISIS and kind and chance > most:
            danger, most = kind, chance
    return Prediction(scores, probabilities, danger)
