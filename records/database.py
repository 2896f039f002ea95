"""The database engine and its two kinds of transaction.

SQLite keeps every acknowledged commit through a power cut (WAL with synchronous=FULL) and takes its write lock at
BEGIN, because a read that turns into a write fails with SQLITE_BUSY whatever the timeout says.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from records.errors import DatabaseUrlError

BUSY_TIMEOUT_MS = 10_000
SUPPORTED = ("sqlite", "postgresql")


def create_engine(url: str) -> Engine:
    """Engine for `url`, `sqlite:///file` or `postgresql://...`.

    Raises:
        DatabaseUrlError: the URL is malformed, of another kind of database, or its driver is not installed.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseUrlError(
            "VOOROP_DATABASE_URL is not a database URL (sqlite:///... or postgresql://...)"
        ) from None
    kind = parsed.get_backend_name()
    if kind not in SUPPORTED:
        raise DatabaseUrlError(
            f"VOOROP_DATABASE_URL names the database '{kind}'; Voorop works on sqlite and postgresql"
        )
    if kind == "postgresql" and parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    try:
        engine = sa.create_engine(parsed, pool_pre_ping=kind == "postgresql")
    except (NoSuchModuleError, ModuleNotFoundError) as missing:
        raise DatabaseUrlError(f"VOOROP_DATABASE_URL needs a driver that is not installed: {missing}") from None
    if kind == "sqlite":
        _prepare_sqlite(engine)
    return engine


def check(engine: Engine) -> None:
    """Open one connection, so that a wrong address is told at the start and not at the first patient.

    Raises:
        DatabaseUrlError: no connection can be made.
    """
    try:
        with engine.connect():
            pass
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise DatabaseUrlError(f"VOOROP_DATABASE_URL cannot be opened: {reason}") from None


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see _begin
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        mode = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
        connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def read(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that only reads."""
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """A connection in one write transaction: committed at the end, rolled back on any error."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection
