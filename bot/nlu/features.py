"""What the classifier sees of a text: its sentence embedding beside n-grams of its folded writing.

The embedding carries meaning over languages; character n-grams carry spelling, endings and the very words
of short messages, where the embedding is weak.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from bot.nlu.encoder import Encoder, Vectors
from bot.nlu.text import fold

EMBEDDING_WEIGHT = 1.5
WORD_WEIGHT = 1.0
_COMMON: dict[str, Any] = {"sublinear_tf": True, "lowercase": False, "min_df": 2, "dtype": np.float32}
_CHARACTERS = _COMMON | {"analyzer": "char_wb", "ngram_range": (2, 5)}
_WORDS = _COMMON | {"token_pattern": r"\w+|[^\w\s]", "ngram_range": (1, 2)}


class Features:
    """Learns the n-grams and the spread of the embeddings from the training texts."""

    def __init__(self) -> None:
        self._ngrams = FeatureUnion(
            [
                ("characters", TfidfVectorizer(**_CHARACTERS)),
                ("words", TfidfVectorizer(**_WORDS)),
            ],
            transformer_weights={"words": WORD_WEIGHT},
        )
        self._mean: Vectors = np.zeros(0, dtype=np.float32)
        self._scale: Vectors = np.zeros(0, dtype=np.float32)

    def fit(self, texts: Sequence[str], vectors: Vectors) -> Any:
        """The matrix of the training texts."""
        self._mean = vectors.mean(axis=0)
        self._scale = vectors.std(axis=0) + 1e-6
        return self._join(vectors, self._ngrams.fit_transform([_bounded(text) for text in texts]))

    def transform(self, texts: Sequence[str], encoder: Encoder) -> Any:
        """The matrix of other texts, one row each."""
        return self.transform_encoded(texts, encoder.encode(texts))

    def transform_encoded(self, texts: Sequence[str], vectors: Vectors) -> Any:
        """The same for texts whose embeddings are at hand."""
        return self._join(vectors, self._ngrams.transform([_bounded(text) for text in texts]))

    def _join(self, vectors: Vectors, ngrams: Any) -> Any:
        # E5 embeddings lie in a narrow cone; what tells them apart is their distance from the mean.
        spread = (vectors - self._mean) / self._scale
        length = np.linalg.norm(spread, axis=1, keepdims=True) + 1e-6
        return hstack([csr_matrix(EMBEDDING_WEIGHT * spread / length), ngrams], format="csr")


def _bounded(text: str) -> str:
    """Marks where a message starts and ends: a move is the whole message, not a word in it."""
    return f"⟨ {fold(text)} ⟩"
