"""Many texts as one array of bytes, a line each: numpy's own arrays of texts keep the room of the longest for each."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


def as_bytes(texts: Iterable[str]) -> NDArray[np.uint8]:
    """For texts without line breaks. No text, and one that is empty, cannot be told apart."""
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def as_texts(lines: NDArray[np.uint8]) -> list[str]:
    """What `as_bytes` was given."""
    return lines.tobytes().decode().split("\n") if lines.size else []
