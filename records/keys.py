"""The installation's secret and what is derived from it.

One file beside the database holds the root secrets, newest first, one line each: `<key id> <64 hex digits>`. Every use
has its own key (HKDF, RFC 5869), so that the service secret says nothing about the seal on people's words.
"""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from records.errors import KeyFileError, SealBroken

KEY_BYTES = 32
_LINE = re.compile(r"([A-Za-z0-9_-]{1,16}) ([0-9a-f]{64})")


@dataclass(frozen=True, repr=False)
class Keys:
    """Root secrets by key id, newest first; the newest seals, all of them open."""

    roots: tuple[tuple[str, bytes], ...]

    @classmethod
    def load(cls, path: Path) -> "Keys":
        """Keys of the file at `path`, which is made (mode 0600) when it does not exist.

        Raises:
            KeyFileError: the file cannot be read or a line of it is not a key.
        """
        try:
            if not path.exists():
                _create(path)
            lines = path.read_text("ascii").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise KeyFileError(f"the secret file {path} cannot be used: {error}") from None
        matches = [_LINE.fullmatch(line) for line in lines if line]
        roots = tuple((found[1], bytes.fromhex(found[2])) for found in matches if found)
        if not roots or None in matches:
            raise KeyFileError(f"the secret file {path} is damaged: every line holds a key id and 64 hex digits")
        return cls(roots)

    @property
    def newest_id(self) -> str:
        return self.roots[0][0]

    def derive(self, label: str, key_id: str | None = None) -> bytes:
        """32 bytes for the use named `label`, from the root `key_id` (default: the newest).

        Raises:
            SealBroken: there is no root with that id.
        """
        root = dict(self.roots).get(key_id or self.newest_id)
        if root is None:
            raise SealBroken("the secret file lacks the key that sealed this record")
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label.encode()).derive(root)


def _create(path: Path) -> None:
    """Whole or not at all; of processes that start at once one makes it, and all use that one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(f"k1 {secrets.token_hex(KEY_BYTES)}\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(part, path)
    except FileExistsError:
        pass  # another process was first
    finally:
        part.unlink()
