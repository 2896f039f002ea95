"""Embeddings of the training sentences, so that training need not make them: encoding is most of its cost.

Two sources in one format: the file shipped in the repository beside this one (written by
`python -m bot.nlu.shipping`, and only read otherwise), and one in the models' folder for sentences
changed since. Keyed by a hash of the text and of the encoder's name; whatever cannot be read, or stems from
another encoder, is encoded again. Kept in bytes with one scale per vector: a quarter of the size, and the
cosine with the original stays above 0.9999.
"""

import os
import secrets
import zipfile
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

from bot.nlu.encoder import Encoder, Vectors

FILE = "embeddings.npz"
SHIPPED = Path(__file__).with_name(FILE)
_KEY_BYTES = 12
_LARGEST = 127


class CachedEncoder:
    """An encoder in front of another one. `save` writes what was asked for and is not shipped."""

    def __init__(self, encoder: Encoder, folder: Path, shipped: Path | None = SHIPPED) -> None:
        self.identity = encoder.identity
        self._encoder = encoder
        self._path = folder / FILE
        self._shipped = _read(shipped) if shipped else {}
        self._stored = _read(self._path)
        self._used: dict[bytes, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text."""
        if not texts:
            return self._encoder.encode([])
        keys = [self._key(text) for text in texts]
        missing = {
            key: text
            for key, text in zip(keys, texts, strict=True)
            if key not in self._shipped and key not in self._stored
        }
        if missing:
            # As they will be read again, so that training twice gives the same model.
            vectors = _restored(*_in_bytes(self._encoder.encode(list(missing.values()))))
            self._stored |= dict(zip(missing, vectors, strict=True))
        self._used |= {key: self._stored[key] for key in keys if key in self._stored}
        return np.stack([self._shipped[key] if key in self._shipped else self._stored[key] for key in keys])

    def missing(self, texts: Sequence[str]) -> list[str]:
        """The texts that are not shipped."""
        return [text for text in texts if self._key(text) not in self._shipped]

    def save(self) -> None:
        """Replaces the file in one step; with nothing to keep there is none."""
        if self._used:
            _write(self._path, self._used)
        else:
            self._path.unlink(missing_ok=True)

    def _key(self, text: str) -> bytes:
        said = f"{self.identity}\0{text}".encode(errors="surrogatepass")
        return blake2b(said, digest_size=_KEY_BYTES).digest()


def _in_bytes(vectors: Vectors) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.int8]], Vectors]:
    scales: Vectors = np.abs(vectors).max(axis=1, keepdims=True) / np.float32(_LARGEST)
    scales[scales == 0] = 1
    return np.rint(vectors / scales).astype(np.int8), scales


def _restored(rows: np.ndarray[tuple[int, int], np.dtype[np.int8]], scales: Vectors) -> Vectors:
    return rows.astype(np.float32) * scales


def _write(path: Path, embeddings: Mapping[bytes, Vectors]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{FILE}.{secrets.token_hex(8)}.npz")
    try:
        keys = sorted(embeddings)  # the same embeddings always make the same file
        rows, scales = _in_bytes(np.array([embeddings[key] for key in keys], dtype=np.float32))
        whole = np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, _KEY_BYTES)
        np.savez(part, keys=whole, rows=rows, scales=scales)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _read(path: Path) -> dict[bytes, Vectors]:
    try:
        # Opened here: numpy leaves the file open when it turns out to be broken.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            keys, vectors = stored["keys"], _restored(stored["rows"], stored["scales"])
            return {key.tobytes(): row for key, row in zip(keys, vectors, strict=True)}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}
