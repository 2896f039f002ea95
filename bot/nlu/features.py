"""What the classifier sees of a text: its sentence embedding beside n-grams of its folded writing.

The embedding carries meaning over languages; character n-grams carry spelling, endings and the very words
of short messages, where the embedding is weak.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.encoder import Vectors
from bot.nlu.text import fold


@dataclass(frozen=True)
class Seen:
    """One row per text: `meanings` of length one, `spellings` sparse and of length one."""

    meanings: Vectors
    spellings: Any


class Features:
    """Learns the n-grams and the spread of the embeddings from the training texts."""

    def __init__(self, texts: Sequence[str], vectors: Vectors) -> None:
        self._ngrams = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, lowercase=False, dtype=np.float32
        )
        self._ngrams.fit([bounded(text) for text in texts])
        self._mean: Vectors = vectors.mean(axis=0)
        self._scale: Vectors = vectors.std(axis=0) + np.float32(1e-6)

    def see(self, texts: Sequence[str], vectors: Vectors) -> Seen:
        """`vectors` are the embeddings of the texts."""
        # E5 embeddings lie in a narrow cone; what tells them apart is their distance from the mean.
        spread = (vectors - self._mean) / self._scale
        length = np.linalg.norm(spread, axis=1, keepdims=True) + np.float32(1e-6)
        return Seen(spread / length, self._ngrams.transform([bounded(text) for text in texts]))


def bounded(text: str) -> str:
    """Marks where a message starts and ends: a move is the whole message, not a word in it."""
    return f"⟨ {fold(text)} ⟩"
