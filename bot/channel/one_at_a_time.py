"""One turn at a time per conversation: within this process by its own locks, among processes by the store's.

The lock spares the second of two messages the work, and keeps what its actions write out of the care plan. What a
conversation is never rests on it: the store refuses a turn that was computed from an older version.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from weakref import WeakValueDictionary

from anyio import CancelScope, to_thread

from bot.channel.errors import Busy, TurnNotDone
from bot.store import ConversationStore, StoreUnavailable

logger = logging.getLogger(__name__)

LONGEST_WAIT_SECONDS = 15.0
LOOK_EVERY_SECONDS = 0.02


class OneAtATime:
    """Whoever enters with a name waits until everybody with that name has left, in whichever process they are."""

    def __init__(self, store: ConversationStore, longest_wait_seconds: float = LONGEST_WAIT_SECONDS) -> None:
        self._store = store
        self._longest = longest_wait_seconds
        self._here: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def __call__(self, name: str) -> AsyncIterator[None]:
        """Raises Busy when another process does not leave in time."""
        async with self._here.setdefault(name, asyncio.Lock()):
            if not self._store.is_shared:
                yield
                return
            try:
                await self._take(name)
                yield
            finally:
                with CancelScope(shield=True):
                    await self._release(name)

    async def _take(self, name: str) -> None:
        until = monotonic() + self._longest
        try:
            while not await to_thread.run_sync(self._store.take_lock, name):
                if monotonic() > until:
                    raise Busy()
                await asyncio.sleep(LOOK_EVERY_SECONDS)
        except StoreUnavailable as error:
            logger.error("a conversation cannot be locked: %s", error)
            raise TurnNotDone() from None

    async def _release(self, name: str) -> None:
        try:
            await to_thread.run_sync(self._store.release_lock, name)
        except StoreUnavailable as error:  # with its connection the lock is gone too
            logger.warning("a lock ended with its connection: %s", error)
