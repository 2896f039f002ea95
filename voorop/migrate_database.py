"""`voorop migrate-database`: from SQLite to PostgreSQL, sealed words unchanged, the source untouched."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection, Engine

from records.database import check, create_engine, is_postgresql, read
from records.rows import Fingerprint, fingerprint, read_rows, tables_on
from voorop.copying import fill, refuse_unless_empty, tell
from voorop.errors import CommandError
from voorop.stores import revisions_on, table_names


def migrate_database(from_url: str, to_url: str, *, dry_run: bool) -> None:
    """Copy everything into an empty PostgreSQL database; with `dry_run` only tell what would be copied.

    Raises:
        CommandError: it is not from SQLite to an empty PostgreSQL, or what arrived is not what was sent.
        DatabaseUrlError: one of the two cannot be opened.
    """
    with (
        _opened(from_url, "FROM_URL", read_only=True) as source,
        _opened(to_url, "TO_URL", read_only=dry_run) as target,
    ):
        if is_postgresql(source) or not is_postgresql(target):
            raise CommandError("this copies from SQLite (sqlite:///...) to PostgreSQL (postgresql://...)")
        with read(target) as connection:
            refuse_unless_empty(connection)
        with read(source) as connection:
            _copy(connection, target, dry_run)
    if dry_run:
        print("Nothing was written. Without --dry-run these rows are copied.")
    else:
        print("Every row was copied and compared. Set VOOROP_DATABASE_URL and keep the same secret file.")


def _copy(connection: Connection, target: Engine, dry_run: bool) -> None:
    revisions = revisions_on(connection)
    if not revisions:
        raise CommandError("FROM_URL is no database of Voorop")
    tables = {table.name: table for table in tables_on(connection, table_names())}
    expected: dict[str, Fingerprint] = {}
    for name, table in tables.items():
        expected[name] = fingerprint(connection, table)
        if dry_run:
            tell(name, expected[name], "would be copied")
    if not dry_run:
        fill(target, revisions, lambda name: read_rows(connection, tables[name]), expected)


@contextmanager
def _opened(url: str, called: str, *, read_only: bool) -> Iterator[Engine]:
    engine = create_engine(url, called=called, read_only=read_only)
    try:
        check(engine, called=called)
        yield engine
    finally:
        engine.dispose()
