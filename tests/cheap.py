"""What stands in for the slow or moving parts of a practice in tests: a clock, a light password hash, an idle disk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import event
from sqlalchemy.engine import Engine


@dataclass
class Clock:
    """Stands still until it is moved."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


def cheap_passwords() -> PasswordHash:
    return PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))


def without_waiting(engine: Engine) -> Engine:
    """Durability is what tests/records and the kills prove; elsewhere it would only make hundreds of commits slow."""

    @event.listens_for(engine, "connect")
    def _no_waiting_for_the_disk(connection: Any, _record: object) -> None:
        if isinstance(connection, psycopg.Connection):
            connection.execute("SET synchronous_commit=off")
            connection.commit()
        else:
            connection.execute("PRAGMA synchronous=OFF")

    return engine
