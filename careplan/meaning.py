"""What words mean as a vector of a sentence encoder, in the form in which it is kept.

Vectors of two encoders say nothing about each other, so each carries the name of its own. Kept as float16 (IEEE 754
binary16): for comparing two sentences the rest of the digits is noise.
"""

import base64
import binascii
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import Protocol


@dataclass(frozen=True)
class Meaning:
    """encoder: name and version of what made the vector."""

    encoder: str
    vector: tuple[float, ...]


class ReadsMeaning(Protocol):
    """A sentence encoder, as the care plan needs it."""

    def meanings(self, words: Sequence[str]) -> Sequence[Meaning]:
        """One per text, in their order."""


def meaning_as_text(meaning: Meaning) -> str:
    """`<encoder>:<base64 of float16, little-endian>`."""
    packed = struct.pack(f"<{len(meaning.vector)}e", *meaning.vector)
    return f"{meaning.encoder}:{base64.b64encode(packed).decode()}"


def meaning_from_text(text: str | None) -> Meaning | None:
    """What was kept; None when nothing was, or nothing that can be read: a mark is then made without it."""
    encoder, _, packed = (text or "").rpartition(":")
    try:
        raw = base64.b64decode(packed, validate=True)
        vector = struct.unpack(f"<{len(raw) // 2}e", raw)
    except (binascii.Error, struct.error):
        return None
    return Meaning(encoder, vector) if vector else None


def similarity(one: Meaning | None, other: Meaning | None) -> float | None:
    """The cosine of the two, from -1 to 1; None when they cannot be compared."""
    if one is None or other is None or one.encoder != other.encoder or len(one.vector) != len(other.vector):
        return None
    lengths = math.hypot(*one.vector) * math.hypot(*other.vector)
    return sum(map(mul, one.vector, other.vector)) / lengths if lengths else None
