"""Kernel ridge regression over texts, as it is used (see training): one score per label, between -1 and 1.

Two texts resemble each other by what they mean (a Gaussian kernel of their embeddings) and by how they are
written (the n-grams they share).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from bot.nlu.encoder import Vectors
from bot.nlu.features import Meaning, Spelling
from bot.nlu.many_texts import as_bytes, as_texts

WIDTH = 2.0  # of the Gaussian: higher looks at nearer neighbours
SHARPNESS = 4.0  # turns scores into probabilities


@dataclass(frozen=True)
class KernelRidge:
    """Made by `bot.nlu.training`; what the labels are is its user's business.

    examples: spread embeddings of the training texts. by_meaning: per training text, by_spelling: per n-gram, what it
    adds to the score of each label.
    """

    meaning: Meaning
    spelling: Spelling
    examples: Vectors
    by_meaning: Vectors
    by_spelling: Vectors

    def scores(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        """A row per text, a column per label; `vectors` are the embeddings of the texts."""
        scores = alike(self.meaning.spread(vectors), self.examples) @ self.by_meaning
        for row, text in enumerate(texts):
            places, weights = self.spelling.row(text)
            scores[row] += weights @ self.by_spelling[places]
        return scores

    def to_arrays(self) -> dict[str, Any]:
        """Everything as arrays of numbers and text, which need no unpickling."""
        return {
            "mean": self.meaning.mean,
            "scale": self.meaning.scale,
            "ngrams": as_bytes(self.spelling.places),
            "telling": self.spelling.telling,
            "examples": self.examples.astype(np.float16),
            "by_meaning": self.by_meaning,
            "by_spelling": self.by_spelling.astype(np.float16),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> Self:
        """What `to_arrays` gave. Raises KeyError for one that is missing."""
        ngrams = as_texts(arrays["ngrams"])
        return cls(
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


def chances(scores: Vectors) -> Vectors:
    """The scores of labels of which one holds, as probabilities: each row together 1."""
    likely: Vectors = np.exp(SHARPNESS * (scores - scores.max(axis=1, keepdims=True)))
    likely /= likely.sum(axis=1, keepdims=True)
    return likely
