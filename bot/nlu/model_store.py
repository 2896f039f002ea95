"""Keeps the trained classifier in one file, with a manifest that says what it was trained from.

The manifest holds a hash over the training files, this package's settings and the library versions, and a
hash of the model file. A model that does not match is trained anew, never used in silence.
"""

import hashlib
import json
import os
import platform
import secrets
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np

from bot.nlu.classifier import IntentClassifier
from bot.nlu.embedding_cache import CachedEncoder
from bot.nlu.encoder import Encoder, encode_all
from bot.nlu.training_data import load_examples, training_files

Progress = Callable[[str, int, int], None]  # stage ("encode" or "fit"), how much is done, of how much

MODEL = "understanding.npz"
MANIFEST = "understanding.json"
_LIBRARIES = ("numpy", "scipy")
# The code that shapes features and texts; a change in it makes a stored model stale.
_CODE = ("classifier.py", "encoder.py", "features.py", "text.py", "training.py")


def load_or_train(
    nlu_dir: Path, models_dir: Path, encoder: Encoder, progress: Progress = lambda *_: None
) -> IntentClassifier:
    """The stored classifier if it is fresh, else a newly trained one, which is then stored."""
    inputs = fingerprint(nlu_dir, encoder)
    stored = _load(models_dir, inputs)
    if stored is not None:
        return stored
    # Only here: scipy takes half a second to load, which a start with a stored model can do without.
    from bot.nlu.training import fit

    examples = load_examples(nlu_dir)
    cached = CachedEncoder(encoder, models_dir)
    vectors = encode_all([example.text for example in examples], cached, partial(progress, "encode"))
    cached.save()
    trained = fit(examples, vectors, partial(progress, "fit"))
    _save(trained, models_dir, inputs)
    return trained


def is_fresh(nlu_dir: Path, models_dir: Path, encoder: Encoder) -> bool:
    """Whether a stored model can be used as it is."""
    return _matches(models_dir, fingerprint(nlu_dir, encoder))


def fingerprint(nlu_dir: Path, encoder: Encoder) -> str:
    """One hash over everything that the trained model depends on."""
    digest = hashlib.sha256()
    for path in training_files(nlu_dir):
        _add(digest, path.relative_to(nlu_dir).as_posix().encode(), path.read_bytes())
    for name in _CODE:
        _add(digest, name.encode(), (Path(__file__).parent / name).read_bytes())
    for library in _LIBRARIES:
        _add(digest, library.encode(), version(library).encode())
    _add(digest, platform.python_version().encode(), encoder.identity.encode())
    return digest.hexdigest()


def _add(digest: "hashlib._Hash", *parts: bytes) -> None:
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)


def _matches(models_dir: Path, inputs: str) -> bool:
    model, manifest = models_dir / MODEL, models_dir / MANIFEST
    try:
        said = json.loads(manifest.read_text(encoding="utf-8"))
        return bool(said == {"inputs": inputs, "model": hashlib.sha256(model.read_bytes()).hexdigest()})
    except (OSError, ValueError):
        return False


def _load(models_dir: Path, inputs: str) -> IntentClassifier | None:
    if not _matches(models_dir, inputs):
        return None
    with np.load(models_dir / MODEL, allow_pickle=False) as arrays:
        return IntentClassifier.from_arrays(arrays)


def _save(trained: IntentClassifier, models_dir: Path, inputs: str) -> None:
    """The manifest comes last: a crash in between leaves a stale model, not a wrong one."""
    models_dir.mkdir(parents=True, exist_ok=True)
    # A name of its own: two processes may train at the same time.
    part = models_dir / f".{MODEL}.{secrets.token_hex(8)}"
    try:
        with part.open("wb") as file:
            np.savez(file, **trained.to_arrays())
        manifest = {"inputs": inputs, "model": hashlib.sha256(part.read_bytes()).hexdigest()}
        os.replace(part, models_dir / MODEL)
        part.write_text(json.dumps(manifest), encoding="utf-8")
        os.replace(part, models_dir / MANIFEST)
    finally:
        part.unlink(missing_ok=True)
