"""The intent classifier: kernel ridge regression over all languages together.

Two messages resemble each other by what they mean (a Gaussian kernel of their embeddings) and by how they
are written (the n-grams they share). One score per class follows in closed form, so that training is one
Cholesky decomposition, and the same data always give the same model. In cross-validation it was better, and
quicker, than logistic regression on the same features.

Classes are the moves and content. report_crisis is split by its danger inside, so that a hit also says
which danger; outside it is one move.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from bot.nlu.encoder import Encoder, Vectors
from bot.nlu.features import Features, Seen
from bot.nlu.moves import REPORT_CRISIS
from bot.nlu.text import skeleton
from bot.nlu.training_data import Example

Progress = Callable[[str, int, int], None]  # stage ("encode" or "fit"), how much is done, of how much

BATCH = 64
WIDTH = 2.0  # of the Gaussian: higher looks at nearer neighbours
SPELLING_WEIGHT = 0.2
RIDGE = 0.05
SHARPNESS = 4.0  # turns scores, which lie between -1 and 1, into probabilities
_ROWS = 512  # of the kernel at a time, which keeps what stands beside it in memory small


@dataclass(frozen=True)
class Prediction:
    """Probability per move and of content, together 1; `danger` is the likeliest one."""

    probabilities: dict[str, float]
    danger: str | None


class IntentClassifier:
    """Trained with `train`; holds nothing of the encoder, which is handed in again to predict."""

    def __init__(self, examples: Sequence[Example], vectors: Vectors) -> None:
        """Fits on examples whose embeddings are at hand."""
        texts = [example.text for example in examples]
        labels = [_label(example) for example in examples]
        self._labels = sorted(set(labels))
        self._known = _known(texts, labels)
        self._features = Features(texts, vectors)
        seen = self._features.see(texts, vectors)
        wanted = np.where(np.array(labels)[:, None] == np.array(self._labels), 1, -1).astype(np.float32)
        self._meanings = seen.meanings
        self._weights: Vectors = _solve(_kernel(seen), wanted)
        # Linear in the n-grams, so that no training text needs to be compared with them again.
        self._spelling: Vectors = SPELLING_WEIGHT * (seen.spellings.T @ self._weights)

    @classmethod
    def train(
        cls, examples: Sequence[Example], encoder: Encoder, progress: Progress = lambda *_: None
    ) -> "IntentClassifier":
        """Encodes and fits; `progress` is told how far it is."""
        vectors = encode_all(examples, encoder, progress)
        progress("fit", 0, 1)
        classifier = cls(examples, vectors)
        progress("fit", 1, 1)
        return classifier

    def predict(self, text: str, encoder: Encoder) -> Prediction:
        """The same text always gets the same prediction; what equals an example gets that example's intent."""
        label = self._known.get(skeleton(text))
        if label is not None:
            return _prediction([label], [1.0])
        return self.predict_encoded([text], encoder.encode([text]))[0]

    def predict_encoded(self, texts: Sequence[str], vectors: Vectors) -> list[Prediction]:
        """Many at once, for texts whose embeddings are at hand."""
        seen = self._features.see(texts, vectors)
        scores = _alike(seen.meanings, self._meanings) @ self._weights + seen.spellings @ self._spelling
        chances = np.exp(SHARPNESS * (scores - scores.max(axis=1, keepdims=True)))
        chances /= chances.sum(axis=1, keepdims=True)
        return [_prediction(self._labels, row) for row in chances.tolist()]


def encode_all(examples: Sequence[Example], encoder: Encoder, progress: Progress = lambda *_: None) -> Vectors:
    """Embeddings of all examples, in batches so that progress can be shown."""
    parts: list[Vectors] = []
    for start in range(0, len(examples), BATCH):
        progress("encode", start, len(examples))
        parts.append(encoder.encode([example.text for example in examples[start : start + BATCH]]))
    progress("encode", len(examples), len(examples))
    return np.concatenate(parts)


def _alike(some: Vectors, others: Vectors) -> Vectors:
    alike: Vectors = some @ others.T
    alike -= 1
    alike *= WIDTH
    return np.exp(alike, out=alike)


def _kernel(seen: Seen) -> Vectors:
    kernel = _alike(seen.meanings, seen.meanings)
    spellings = seen.spellings.T.tocsr()
    for start in range(0, len(kernel), _ROWS):
        rows = slice(start, start + _ROWS)
        kernel[rows] += SPELLING_WEIGHT * (seen.spellings[rows] @ spellings).toarray()
    return kernel


def _solve(kernel: Vectors, wanted: Vectors) -> Vectors:
    kernel[np.diag_indices_from(kernel)] += RIDGE
    # The transpose, which equals it, lies in memory as LAPACK wants it: no copy is made.
    factor = cho_factor(kernel.T, lower=True, overwrite_a=True, check_finite=False)
    weights: NDArray[np.float32] = cho_solve(factor, wanted, check_finite=False)
    return weights


def _known(texts: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """The label of each text as it is written in short, unless it stands for several."""
    found: dict[str, set[str]] = {}
    for text, label in zip(texts, labels, strict=True):
        found.setdefault(skeleton(text), set()).add(label)
    return {text: min(several) for text, several in found.items() if text and len(several) == 1}


def _label(example: Example) -> str:
    return f"{example.intent}/{example.danger}" if example.danger else example.intent


def _prediction(labels: Sequence[str], row: Sequence[float]) -> Prediction:
    probabilities: dict[str, float] = {}
    danger, most = None, 0.0
    for label, chance in zip(labels, row, strict=True):
        intent, _, kind = label.partition("/")
        probabilities[intent] = probabilities.get(intent, 0.0) + chance
        if intent == REPORT_CRISIS and kind and chance > most:
            danger, most = kind, chance
    return Prediction(probabilities, danger)
