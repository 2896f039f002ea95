"""What the channel accepts: how large, which characters, how often an invitation may be tried.

The limits are those of the chat interface (contracts.md section 6). A typed code has 50 bits, so some hundreds of
guesses an hour find nothing.
"""

import re
import time
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from math import ceil

from bot.channel.choices import MOVES
from bot.channel.errors import (
    BadRequest,
    EmptyMessage,
    MessageTooLong,
    TooManyTries,
    UnreadableCharacters,
)
from bot.channel.view import Incoming

MAX_BODY = 32 * 1024
MAX_TEXT = 4_000
MAX_CHOICES = 12
MAX_SECRET = 128
TYPED_BY = (None, "self", "helper", "staff")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # NUL breaks PostgreSQL, lone surrogates break UTF-8


def check(incoming: Incoming) -> Incoming:
    """The message with its id in canonical form, or one of the channel's errors that says what is wrong."""
    try:
        message_id = str(uuid.UUID(incoming.id))
    except (ValueError, AttributeError):
        raise BadRequest("id") from None
    if incoming.typed_by not in TYPED_BY:
        raise BadRequest("typed_by")
    if incoming.move is not None and (incoming.move not in MOVES or incoming.choices or incoming.text):
        raise BadRequest("move")
    if len(incoming.choices) > MAX_CHOICES or len(set(incoming.choices)) != len(incoming.choices):
        raise BadRequest("choices")
    if any(len(choice) > MAX_SECRET or _UNSTORABLE.search(choice) for choice in incoming.choices):
        raise BadRequest("choices")
    check_text(incoming.text, needed=not incoming.choices and incoming.move is None)
    text = incoming.text if incoming.text and incoming.text.strip() else None
    return replace(incoming, id=message_id, text=text)


def check_text(text: str | None, *, needed: bool) -> None:
    """Refuse a text that is too long, holds characters that cannot be stored, or says nothing where it should."""
    if text is not None and len(text) > MAX_TEXT:
        raise MessageTooLong("text")
    if text is not None and _UNSTORABLE.search(text):
        raise UnreadableCharacters("text")
    if needed and not (text and text.strip()):
        raise EmptyMessage("text")


def check_invitation(token: str | None, code: str | None) -> None:
    """Exactly one of the two, and not something no invitation can be."""
    secret = token or code or ""
    if bool(token) == bool(code) or len(secret) > MAX_SECRET or _UNSTORABLE.search(secret):
        raise BadRequest("token")


class OpenThrottle:
    """Counts invitations that did not open: per remote address, and typed codes over all addresses.

    A whole practice shares one address, so only misses count, and links (132 bits) never fill the common count:
    nobody can lock everybody out by guessing links.
    """

    def __init__(
        self,
        *,
        per_remote: int = 20,
        overall: int = 300,
        window: float = 900.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_remote = per_remote
        self._overall = overall
        self._window = window
        self._clock = clock
        self._misses: dict[str, deque[float]] = {}
        self._code_misses: deque[float] = deque()

    def check(self, remote: str, *, code: bool) -> None:
        """Raises TooManyTries while this remote, or for codes everybody together, missed too often."""
        now = self._clock()
        self._forget(now)
        misses = self._misses.get(remote, deque())
        if len(misses) >= self._per_remote:
            raise TooManyTries(ceil(misses[0] + self._window - now))
        if code and len(self._code_misses) >= self._overall:
            raise TooManyTries(ceil(self._code_misses[0] + self._window - now))

    def missed(self, remote: str, *, code: bool) -> None:
        """An invitation was not valid."""
        now = self._clock()
        self._misses.setdefault(remote, deque()).append(now)
        if code:
            self._code_misses.append(now)

    def _forget(self, now: float) -> None:
        for misses in (*self._misses.values(), self._code_misses):
            while misses and misses[0] <= now - self._window:
                misses.popleft()
        self._misses = {remote: misses for remote, misses in self._misses.items() if misses}
