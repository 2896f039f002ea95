"""Embeddings are shipped, read by hash, and made only for what is new."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.nlu.embedding_cache import CachedEncoder
from bot.nlu.encoder import SentenceEncoder, Vectors
from bot.nlu.shipping import trained_on
from bot.nlu.training_data import load_examples

ROOT = Path(__file__).parents[2]
TEXTS = ["ja", "ik weet het niet", "أعد السؤال"]


class Counting:
    """The sentence encoder, with the texts that it was asked for."""

    def __init__(self, encoder: SentenceEncoder, identity: str = "one") -> None:
        self._encoder = encoder
        self.identity = identity
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return self._encoder.encode(texts)


def test_the_shipped_embeddings_cover_nearly_all_training_sentences(encoder: SentenceEncoder, tmp_path: Path) -> None:
    texts = [one.text for several in trained_on(ROOT / "data") for one in several]
    assert len(CachedEncoder(encoder, tmp_path).missing(texts)) <= 0.03 * len(texts), "run: python -m bot.nlu.shipping"


def test_a_shipped_embedding_equals_a_new_one(encoder: SentenceEncoder, tmp_path: Path) -> None:
    texts = [example.text for example in load_examples(ROOT / "data" / "nlu")[::500]]
    shipped, new = CachedEncoder(encoder, tmp_path).encode(texts), encoder.encode(texts)
    cosines = (shipped * new).sum(axis=1) / np.linalg.norm(shipped, axis=1) / np.linalg.norm(new, axis=1)
    assert cosines.min() > 0.9999


def test_only_new_texts_are_encoded_and_what_is_read_again_is_the_same(
    encoder: SentenceEncoder, tmp_path: Path
) -> None:
    first = CachedEncoder(Counting(encoder), tmp_path, shipped=None)
    vectors = first.encode(TEXTS)
    first.save()
    counting = Counting(encoder)
    again = CachedEncoder(counting, tmp_path, shipped=None).encode([*TEXTS, "nieuw"])
    assert counting.asked == ["nieuw"]
    assert np.allclose(again[:3], vectors, atol=1e-6)


def test_embeddings_of_another_encoder_are_not_used(encoder: SentenceEncoder, tmp_path: Path) -> None:
    first = CachedEncoder(Counting(encoder), tmp_path, shipped=None)
    first.encode(TEXTS)
    first.save()
    other = Counting(encoder, "another")
    CachedEncoder(other, tmp_path).encode(TEXTS)
    assert other.asked == TEXTS


def test_what_is_shipped_is_not_stored_again(encoder: SentenceEncoder, tmp_path: Path) -> None:
    shipped = tmp_path / "shipped"
    writer = CachedEncoder(encoder, shipped, shipped=None)
    writer.encode(TEXTS)
    writer.save()
    reader = CachedEncoder(encoder, tmp_path / "models", shipped / "embeddings.npz")
    reader.encode(TEXTS)
    reader.save()
    assert not (tmp_path / "models").exists()
