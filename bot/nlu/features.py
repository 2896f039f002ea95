"""What the classifier sees of a text: its sentence embedding beside n-grams of its folded writing.

The embedding carries meaning over languages; n-grams carry spelling, endings, order and the very words of short
messages, where the embedding is weak.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.nlu.encoder import Vectors
from bot.nlu.text import fold

SHORTEST, LONGEST = 2, 5  # characters of an n-gram
MOST_WORDS = 3  # words of one
RAREST = 2  # an n-gram of one training text alone says nothing
_WORD = re.compile(r"[⟨⟩?]|\w+")


@dataclass(frozen=True)
class Meaning:
    """E5 embeddings lie in a narrow cone; what tells them apart is their distance from the mean."""

    mean: Vectors
    scale: Vectors

    @classmethod
    def of(cls, vectors: Vectors) -> "Meaning":
        return cls(vectors.mean(axis=0), vectors.std(axis=0) + np.float32(1e-6))

    def spread(self, vectors: Vectors) -> Vectors:
        """The same vectors around the mean, each of length one."""
        spread = (vectors - self.mean) / self.scale
        length = np.linalg.norm(spread, axis=1, keepdims=True) + np.float32(1e-6)
        return np.asarray(spread / length, dtype=np.float32)


@dataclass(frozen=True)
class Spelling:
    """The n-grams that training texts share, each with its place and with how telling it is (idf).

    Those of characters, within words, meet misspelt and unlisted endings; those of words, over the whole message, tell
    what it says from what it only mentions ("help me" from "my husband helps").
    """

    places: dict[str, int]
    telling: Vectors

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Spelling":
        met = Counter(ngram for text in texts for ngrams in _ngrams(text) for ngram in set(ngrams))
        kept = sorted(ngram for ngram, count in met.items() if count >= RAREST)
        telling = [1 + math.log((1 + len(texts)) / (1 + met[ngram])) for ngram in kept]
        return cls({ngram: place for place, ngram in enumerate(kept)}, np.array(telling, dtype=np.float32))

    def row(self, text: str) -> tuple[NDArray[np.int32], Vectors]:
        """Places and weights of the n-grams of one text; those of each kind together of length one, or none."""
        parts = [self._part(ngrams) for ngrams in _ngrams(text)]
        return np.concatenate([places for places, _ in parts]), np.concatenate([weights for _, weights in parts])

    def _part(self, ngrams: Sequence[str]) -> tuple[NDArray[np.int32], Vectors]:
        counts = Counter(self.places[ngram] for ngram in ngrams if ngram in self.places)
        places = np.fromiter(counts, dtype=np.int32, count=len(counts))
        often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = (1 + np.log(often)) * self.telling[places]
        return places, weights / (np.linalg.norm(weights) or np.float32(1))


def _ngrams(text: str) -> tuple[Sequence[str], Sequence[str]]:
    """N-grams of characters and of words; the marks tell where a message starts and ends."""
    marked = f"⟨ {fold(text)} ⟩"
    return tuple(_of_characters(marked.split())), tuple(_of_words(_WORD.findall(marked)))


def _of_characters(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        padded = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            for start in range(max(len(padded) - length + 1, 1)):
                yield padded[start : start + length]
            if length >= len(padded):
                break  # longer ones are the whole word once more


def _of_words(words: Sequence[str]) -> Iterator[str]:
    for length in range(1, MOST_WORDS + 1):
        for start in range(len(words) - length + 1):
            yield "\t".join(("", *words[start : start + length]))  # no n-gram of characters holds a tab
