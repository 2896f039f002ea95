"""Versions as ETags: `"3"`. A change names the version it was made on with If-Match."""

import re

from fastapi import HTTPException

ETAG = re.compile(r'"(\d{1,9})"')
NEVER = -1  # versions begin at zero, so an ETag that is not ours never fits


def etag(version: int) -> str:
    return f'"{version}"'


def seen_version(if_match: str | None) -> int:
    """The version that a client has seen. Raises HTTPException 428 when it does not say."""
    if if_match is None:
        raise HTTPException(428)
    known = ETAG.fullmatch(if_match.strip())
    return int(known[1]) if known else NEVER
