"""The intent classifier: kernel ridge regression over all languages together, as it is used (see training).

Two messages resemble each other by what they mean (a Gaussian kernel of their embeddings) and by how they
are written (the n-grams they share). One score per class follows.

Classes are the moves and content. report_crisis is split by its danger inside, so that a hit also says
which danger; outside it is one move.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from bot.nlu.encoder import Encoder, Vectors
from bot.nlu.features import Meaning, Spelling
from bot.nlu.moves import REPORT_CRISIS
from bot.nlu.text import skeleton

WIDTH = 2.0  # of the Gaussian: higher looks at nearer neighbours
SHARPNESS = 4.0  # turns scores, which lie between -1 and 1, into probabilities


@dataclass(frozen=True)
class Prediction:
    """Probability per move and of content, together 1; `danger` is the likeliest one."""

    probabilities: dict[str, float]
    danger: str | None


@dataclass(frozen=True)
class IntentClassifier:
    """Made by `bot.nlu.training.fit`; holds nothing of the encoder, which is handed in to predict.

    known: the label of a training text, by its skeleton. examples: spread embeddings of the training texts. by_meaning:
    per training text, by_spelling: per n-gram, what it adds to the score of each label.
    """

    labels: tuple[str, ...]
    known: Mapping[str, str]
    meaning: Meaning
    spelling: Spelling
    examples: Vectors
    by_meaning: Vectors
    by_spelling: Vectors

    def predict(self, text: str, encoder: Encoder) -> Prediction:
        """The same text always gets the same prediction; what equals an example gets that example's intent."""
        label = self.known.get(skeleton(text))
        if label is not None:
            return _prediction([label], [1.0])
        return self.predict_encoded([text], encoder.encode([text]))[0]

    def predict_encoded(self, texts: Sequence[str], vectors: Vectors) -> list[Prediction]:
        """Many at once, for texts whose embeddings are at hand."""
        scores = alike(self.meaning.spread(vectors), self.examples) @ self.by_meaning
        for row, text in enumerate(texts):
            places, weights = self.spelling.row(text)
            scores[row] += weights @ self.by_spelling[places]
        chances = np.exp(SHARPNESS * (scores - scores.max(axis=1, keepdims=True)))
        chances /= chances.sum(axis=1, keepdims=True)
        return [_prediction(self.labels, row) for row in chances.tolist()]

    def to_arrays(self) -> dict[str, Any]:
        """Everything as arrays of numbers and text, which need no unpickling."""
        return {
            "labels": np.array(self.labels),
            "known": np.array([[skeleton, label] for skeleton, label in self.known.items()], dtype=np.str_),
            "mean": self.meaning.mean,
            "scale": self.meaning.scale,
            "ngrams": np.array(list(self.spelling.places), dtype=np.str_),
            "telling": self.spelling.telling,
            "examples": self.examples.astype(np.float16),
            "by_meaning": self.by_meaning,
            "by_spelling": self.by_spelling.astype(np.float16),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> Self:
        """What `to_arrays` gave. Raises KeyError for one that is missing."""
        ngrams = arrays["ngrams"].tolist()
        return cls(
            labels=tuple(arrays["labels"].tolist()),
            known=dict(arrays["known"].tolist()),
            meaning=Meaning(arrays["mean"], arrays["scale"]),
            spelling=Spelling({ngram: place for place, ngram in enumerate(ngrams)}, arrays["telling"]),
            examples=arrays["examples"].astype(np.float32),
            by_meaning=arrays["by_meaning"],
            by_spelling=arrays["by_spelling"].astype(np.float32),
        )


def alike(some: Vectors, others: Vectors) -> Vectors:
    """How alike in meaning, from 0 to 1: a row per text of `some`, a column per text of `others`."""
    found: Vectors = some @ others.T
    found -= 1
    found *= WIDTH
    return np.exp(found, out=found)


def _prediction(labels: Sequence[str], row: Sequence[float]) -> Prediction:
    probabilities: dict[str, float] = {}
    danger, most = None, 0.0
    for label, chance in zip(labels, row, strict=True):
        intent, _, kind = label.partition("/")
        probabilities[intent] = probabilities.get(intent, 0.0) + chance
        if intent == REPORT_CRISIS and kind and chance > most:
            danger, most = kind, chance
    return Prediction(probabilities, danger)
