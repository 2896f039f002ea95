"""Keeps one trained model as arrays in one file, with a manifest that says what it was trained from.

The manifest holds a hash over everything that the model depends on, and a hash of the model file. A model that
does not match is not read.
"""

import hashlib
import json
import os
import platform
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

_LIBRARIES = ("numpy", "scipy")


def fingerprint(data: Iterable[Path], code: Iterable[str], encoder_identity: str) -> str:
    """One hash over training files, this package's modules named in `code`, the encoder and the libraries."""
    digest = hashlib.sha256()
    for path in (*data, *(Path(__file__).with_name(name) for name in code)):
        _add(digest, f"{path.parent.name}/{path.name}".encode(), path.read_bytes())
    for library in _LIBRARIES:
        _add(digest, library.encode(), version(library).encode())
    _add(digest, platform.python_version().encode(), encoder_identity.encode())
    return digest.hexdigest()


def _add(digest: "hashlib._Hash", *parts: bytes) -> None:
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)


@dataclass(frozen=True)
class ModelFile:
    """`<name>.npz` and its manifest `<name>.json`, as trained from `inputs` (see `fingerprint`)."""

    folder: Path
    name: str
    inputs: str

    @property
    def _model(self) -> Path:
        return self.folder / f"{self.name}.npz"

    @property
    def _manifest(self) -> Path:
        return self.folder / f"{self.name}.json"

    def is_fresh(self) -> bool:
        """Whether the stored model can be used as it is."""
        try:
            said = json.loads(self._manifest.read_text(encoding="utf-8"))
            model = hashlib.sha256(self._model.read_bytes()).hexdigest()
            return bool(said == {"inputs": self.inputs, "model": model})
        except (OSError, ValueError):
            return False

    def load(self) -> dict[str, Any] | None:
        """The arrays of the stored model, if it is fresh."""
        if not self.is_fresh():
            return None
        with np.load(self._model, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}

    def save(self, arrays: Mapping[str, Any]) -> None:
        """The manifest comes last: a crash in between leaves a stale model, not a wrong one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        # A name of its own: two processes may train at the same time.
        part = self.folder / f".{self.name}.{secrets.token_hex(8)}"
        try:
            with part.open("wb") as file:
                np.savez(file, **arrays)
            manifest = {"inputs": self.inputs, "model": hashlib.sha256(part.read_bytes()).hexdigest()}
            os.replace(part, self._model)
            part.write_text(json.dumps(manifest), encoding="utf-8")
            os.replace(part, self._manifest)
        finally:
            part.unlink(missing_ok=True)
