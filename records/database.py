"""The database engine and its two kinds of transaction, alike on SQLite and PostgreSQL.

SQLite keeps every acknowledged commit through a power cut (WAL with synchronous=FULL) and takes its write lock at
BEGIN, because a read that turns into a write fails with SQLITE_BUSY whatever the timeout says. PostgreSQL lets writers
work side by side: where two of them would decide by what the other is about to change, they `hold` the same name.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from records.errors import DatabaseUrlError

BUSY_TIMEOUT_MS = 10_000
STUCK_TIMEOUT_MS = 60_000  # a process that hangs amid a transaction keeps the others waiting no longer
SUPPORTED = ("sqlite", "postgresql")
SETTING = "VOOROP_DATABASE_URL"


def create_engine(url: str, *, called: str = SETTING, read_only: bool = False) -> Engine:
    """Engine for `url`, `sqlite:///file` or `postgresql://...`; `called` is what messages name it by.

    read_only: nothing of it can be changed, and a SQLite file must exist.

    Raises:
        DatabaseUrlError: the URL is malformed, of another kind of database, or its driver is not installed.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseUrlError(f"{called} is not a database URL (sqlite:///... or postgresql://...)") from None
    kind = parsed.get_backend_name()
    if kind not in SUPPORTED:
        raise DatabaseUrlError(f"{called} names the database '{kind}'; Voorop works on sqlite and postgresql")
    parsed = _postgresql_url(parsed, read_only) if kind == "postgresql" else _sqlite_url(parsed, read_only)
    try:
        engine = sa.create_engine(parsed, pool_pre_ping=kind == "postgresql")
    except (NoSuchModuleError, ModuleNotFoundError) as missing:
        raise DatabaseUrlError(f"{called} needs a driver that is not installed: {missing}") from None
    if kind == "sqlite":
        _prepare_sqlite(engine, read_only)
    return engine


def check(engine: Engine, *, called: str = SETTING) -> None:
    """Open one connection, so that a wrong address is told at the start and not at the first patient.

    Raises:
        DatabaseUrlError: no connection can be made.
    """
    try:
        with engine.connect():
            pass
    except OperationalError as error:
        reason = (str(error.orig).strip() or "no answer").splitlines()[0]
        raise DatabaseUrlError(f"{called} cannot be opened: {reason}") from None


def is_postgresql(engine: Engine | Connection) -> bool:
    return engine.dialect.name == "postgresql"


def _postgresql_url(url: URL, read_only: bool) -> URL:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if "options" in url.query:
        return url
    settings = {
        "timezone": "UTC",
        "lock_timeout": BUSY_TIMEOUT_MS,
        "idle_in_transaction_session_timeout": STUCK_TIMEOUT_MS,
        "default_transaction_read_only": "on" if read_only else "off",
    }
    return url.update_query_dict({"options": " ".join(f"-c {name}={value}" for name, value in settings.items())})


def _sqlite_url(url: URL, read_only: bool) -> URL:
    if not read_only:
        return url
    return url.set(database=f"file:{url.database}").update_query_dict({"mode": "ro", "uri": "true"})


def _prepare_sqlite(engine: Engine, read_only: bool) -> None:
    lasting = () if read_only else ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON")
    pragmas = (*lasting, "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}")
    engine.update_execution_options(writers=threading.Lock())

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see _begin
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        mode = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
        connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def read(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that only reads, all of it at one moment."""
    options: dict[str, Any] = {}
    if is_postgresql(engine):
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """A connection in one write transaction: committed at the end, rolled back on any error."""
    with (
        _turn_to_write(engine),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def _turn_to_write(engine: Engine) -> Iterator[None]:
    """Writers of this process line up: whom SQLite finds busy sleeps, for up to a tenth of a second, and tries again.

    Who waits too long goes on without a turn, and SQLite decides.
    """
    writers = engine.get_execution_options().get("writers", threading.Lock())  # PostgreSQL's need no turn
    mine = writers.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
    try:
        yield
    finally:
        if mine:
            writers.release()


def hold(connection: Connection, name: str) -> None:
    """Let nobody else go past `hold` with this name until the transaction ends; what they wrote is seen after it.

    On SQLite the write transaction itself does that.
    """
    if is_postgresql(connection):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock_number(name))))


def lock_number(name: str) -> int:
    """What PostgreSQL knows a named lock by: 64 bits, signed."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
