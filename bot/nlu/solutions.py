"""Solutions of training's equations, shipped beside the embeddings: solving them anew takes a minute or two.

A solution is found by a hash of everything that the equations hold, so one of other data is never used. Weights are
kept in half precision: they move a score by less than a thousandth.
"""

import zipfile
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.encoder import Vectors

SHIPPED = Path(__file__).with_name("solutions.npz")


def key_of(texts: Sequence[str], vectors: Vectors, wanted: Vectors, *settings: object) -> str:
    """The name of the solution for these texts, their embeddings, what is wanted of them, and training's settings."""
    digest = blake2b(repr((settings, vectors.shape, wanted.shape)).encode(), digest_size=16)
    for text in texts:
        digest.update(text.encode(errors="surrogatepass") + b"\0")
    digest.update(np.ascontiguousarray(vectors).tobytes())
    digest.update(np.ascontiguousarray(wanted).tobytes())
    return digest.hexdigest()


def shipped_solution(key: str) -> Vectors | None:
    """The weights of that name, if they are shipped."""
    try:
        with SHIPPED.open("rb") as file, np.load(file, allow_pickle=False) as solutions:
            return solutions[key].astype(np.float32) if key in solutions.files else None
    except (OSError, ValueError, zipfile.BadZipFile):
        return None


def ship(solutions: Mapping[str, Vectors]) -> None:
    """Replaces what is shipped."""
    halves: dict[str, Any] = {key: weights.astype(np.float16) for key, weights in solutions.items()}
    np.savez_compressed(SHIPPED, **halves)
