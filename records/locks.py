"""Locks by name that every process on one PostgreSQL shares, held across transactions; for the length of a turn.

All locks of a process are held by one connection, which goes back to the pool when none is held. A process that dies
loses its connection and with it its locks, so nobody waits for the dead. Inside a process they exclude nobody: whoever
takes one has to be alone there already.
"""

import threading

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from records.database import is_postgresql, lock_number


class SharedLocks:
    """On SQLite, which one process serves, every lock is free."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.needed = is_postgresql(engine)
        self._held: set[str] = set()
        self._connection: Connection | None = None
        self._one_at_a_time = threading.Lock()

    def take(self, name: str) -> bool:
        """Whether the lock is ours now; False when another process holds it."""
        if not self.needed:
            return True
        with self._one_at_a_time:
            taken = bool(self._ask(sa.func.pg_try_advisory_lock(lock_number(name))))
            if taken:
                self._held.add(name)
            self._give_back()
            return taken

    def release(self, name: str) -> None:
        """Let the next one in; a lock that is not held is no error."""
        with self._one_at_a_time:
            if name not in self._held:
                return
            self._held.discard(name)
            self._ask(sa.func.pg_advisory_unlock(lock_number(name)))
            self._give_back()

    def _ask(self, question: sa.FunctionElement[bool]) -> bool | None:
        try:
            if self._connection is None:
                self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            return self._connection.scalar(sa.select(question))
        except sa.exc.DBAPIError:
            self._lose()
            raise

    def _lose(self) -> None:
        # With the connection all its locks are gone. Turns under way are safe: the store refuses the later of two.
        self._held.clear()
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _give_back(self) -> None:
        if self._connection is not None and not self._held:
            self._connection.close()
            self._connection = None
