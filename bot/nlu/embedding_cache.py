"""Embeddings of the training texts on disk, so that a change of ten sentences encodes ten sentences.

Encoding is most of what training costs. A plain numpy file, keyed by a hash of the text; whatever cannot be
read, or stems from another encoder, is encoded again.
"""

import os
import secrets
import zipfile
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

from bot.nlu.encoder import Encoder, Vectors

_FILE = "embeddings.npz"
_KEY_BYTES = 16


class CachedEncoder:
    """An encoder in front of another one. `save` writes the embeddings asked for, and forgets the others."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self._path = folder / _FILE
        self._stored = self._read()
        self._used: dict[bytes, Vectors] = {}

    @property
    def identity(self) -> str:
        return self._encoder.identity

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text."""
        keys = [self._key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._stored}
        if missing:
            self._stored |= dict(zip(missing, self._encoder.encode(list(missing.values())), strict=True))
        self._used |= {key: self._stored[key] for key in keys}
        return np.stack([self._stored[key] for key in keys]) if keys else self._encoder.encode([])

    def save(self) -> None:
        """Replaces the file in one step."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_name(f".{_FILE}.{secrets.token_hex(8)}.npz")
        try:
            keys = np.frombuffer(b"".join(self._used), dtype=np.uint8).reshape(-1, _KEY_BYTES)
            np.savez(part, keys=keys, vectors=np.array(list(self._used.values()), dtype=np.float32))
            os.replace(part, self._path)
        finally:
            part.unlink(missing_ok=True)

    def _key(self, text: str) -> bytes:
        said = f"{self.identity}\0{text}".encode(errors="surrogatepass")
        return blake2b(said, digest_size=_KEY_BYTES).digest()

    def _read(self) -> dict[bytes, Vectors]:
        try:
            # Opened here: numpy leaves the file open when it turns out to be broken.
            with self._path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                keys, vectors = stored["keys"], stored["vectors"]
                return {key.tobytes(): row for key, row in zip(keys, vectors, strict=True)}
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return {}
