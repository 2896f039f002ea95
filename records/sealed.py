"""Columns for what people said: sealed with AES-GCM on the way in, opened on the way out.

Stored form: one byte length of the key id, the key id, a 12-byte nonce, the ciphertext with its tag.
"""

import json
import os
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from records.errors import SealBroken
from records.keys import Keys

LABEL = "what people said"
NONCE_BYTES = 12


class Seal:
    """Seals and opens bytes with the keys of the installation."""

    def __init__(self, keys: Keys) -> None:
        self._newest = keys.newest_id
        self._cipher = cache(lambda key_id: AESGCM(keys.derive(LABEL, key_id)))

    def close(self, plain: bytes) -> bytes:
        key_id = self._newest.encode()
        nonce = os.urandom(NONCE_BYTES)
        return bytes([len(key_id)]) + key_id + nonce + self._cipher(self._newest).encrypt(nonce, plain, key_id)

    def open(self, sealed: bytes) -> bytes:
        """Raises SealBroken when the value was changed or sealed with another secret."""
        end = 1 + sealed[0]
        key_id, nonce, rest = sealed[1:end], sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :]
        try:
            return self._cipher(key_id.decode("ascii")).decrypt(nonce, rest, key_id)
        except (InvalidTag, ValueError):
            raise SealBroken(
                "a sealed record does not open: it was changed, or the secret file is another one"
            ) from None


class SealedText(TypeDecorator[str]):
    """Text, sealed."""

    impl = LargeBinary
    cache_ok = True  # keys are immutable, and part of the key of SQLAlchemy's cache

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self.keys = keys
        self._seal = Seal(keys)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else self._seal.close(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else self._seal.open(value).decode()


class SealedJSON(TypeDecorator[Any]):
    """A JSON value, sealed."""

    impl = LargeBinary
    cache_ok = True  # keys are immutable, and part of the key of SQLAlchemy's cache

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self.keys = keys
        self._seal = Seal(keys)

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else self._seal.close(json.dumps(value, ensure_ascii=False).encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(self._seal.open(value))
