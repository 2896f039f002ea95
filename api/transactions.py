"""The care plan's transactions: those of records/, with the store's failures told as the care plan's own error."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from careplan.errors import Unavailable
from records import database


@contextmanager
def read(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads. Raises Unavailable when the store does not answer."""
    with _told(), database.read(engine) as connection:
        yield connection


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """A write transaction, whole or not at all.

    Raises:
        Unavailable: the store is locked, full or away, or another writer came in between.
    """
    with _told(), database.write(engine) as connection:
        yield connection


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, PoolTimeout):
        raise Unavailable from None
