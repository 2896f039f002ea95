"""The intent classifier: one logistic regression over all languages together.

Classes are the moves and content. report_crisis is split by its danger inside, so that a hit also says
which danger; outside it is one move.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.nlu.encoder import Encoder, Vectors
from bot.nlu.features import Features
from bot.nlu.moves import REPORT_CRISIS
from bot.nlu.training_data import Example

Progress = Callable[[str, int, int], None]  # stage ("encode" or "fit"), how much is done, of how much

BATCH = 64
REGULARISATION = 10.0
MAX_ITERATIONS = 500


@dataclass(frozen=True)
class Prediction:
    """Probability per move and of content, together 1; `danger` is the likeliest one."""

    probabilities: dict[str, float]
    danger: str | None


class IntentClassifier:
    """Trained with `train`; holds nothing of the encoder, which is handed in again to predict."""

    def __init__(self, features: Features, regression: LogisticRegression) -> None:
        self._features = features
        self._regression = regression

    @classmethod
    def train(
        cls, examples: Sequence[Example], encoder: Encoder, progress: Progress = lambda *_: None
    ) -> "IntentClassifier":
        """Encodes and fits; `progress` is told how far it is."""
        vectors = encode_all(examples, encoder, progress)
        progress("fit", 0, 1)
        classifier = cls.fit(examples, vectors)
        progress("fit", 1, 1)
        return classifier

    @classmethod
    def fit(cls, examples: Sequence[Example], vectors: Vectors) -> "IntentClassifier":
        """Fits on examples whose embeddings are at hand."""
        features = Features()
        matrix = features.fit([example.text for example in examples], vectors)
        regression = LogisticRegression(C=REGULARISATION, max_iter=MAX_ITERATIONS, tol=1e-3)
        regression.fit(matrix, [_label(example) for example in examples])
        return cls(features, regression)

    def predict(self, text: str, encoder: Encoder) -> Prediction:
        """The same text always gets the same prediction."""
        return self._predictions(self._features.transform([text], encoder))[0]

    def predict_encoded(self, texts: Sequence[str], vectors: Vectors) -> list[Prediction]:
        """Many at once, for texts whose embeddings are at hand."""
        return self._predictions(self._features.transform_encoded(texts, vectors))

    def _predictions(self, matrix: object) -> list[Prediction]:
        labels = [str(label) for label in self._regression.classes_]
        return [_prediction(labels, row) for row in self._regression.predict_proba(matrix)]


def encode_all(examples: Sequence[Example], encoder: Encoder, progress: Progress = lambda *_: None) -> Vectors:
    """Embeddings of all examples, in batches so that progress can be shown."""
    parts: list[Vectors] = []
    for start in range(0, len(examples), BATCH):
        progress("encode", start, len(examples))
        parts.append(encoder.encode([example.text for example in examples[start : start + BATCH]]))
    progress("encode", len(examples), len(examples))
    return np.concatenate(parts)


def _label(example: Example) -> str:
    return f"{example.intent}/{example.danger}" if example.danger else example.intent


def _prediction(labels: Sequence[str], row: NDArray[np.float64]) -> Prediction:
    probabilities: dict[str, float] = {}
    danger, most = None, 0.0
    for label, chance in zip(labels, row.tolist(), strict=True):
        intent, _, kind = label.partition("/")
        probabilities[intent] = probabilities.get(intent, 0.0) + chance
        if intent == REPORT_CRISIS and kind and chance > most:
            danger, most = kind, chance
    return Prediction(probabilities, danger)
