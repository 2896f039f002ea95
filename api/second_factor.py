"""Time-based one-time passwords (RFC 6238: SHA-1, six digits, thirty seconds)."""

import base64
import hashlib
import hmac
from datetime import datetime

STEP_SECONDS = 30
DRIFT = (0, -1, 1)  # a phone's clock may be one step off


def step_of_code(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, or None when the code is wrong; `secret` is base32."""
    current = int(now.timestamp()) // STEP_SECONDS
    for drift in DRIFT:
        if hmac.compare_digest(_code(secret, current + drift).encode(), code.encode()):
            return current + drift
    return None


def _code(secret: str, step: int) -> str:
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    return str((int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF) % 1_000_000).zfill(6)
