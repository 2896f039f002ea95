"""Fills an empty database from somewhere else, all or nothing, and proves that it holds the same."""

import sys
from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import inspect
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from records.database import hold, write
from records.rows import Fingerprint, PlainRow, fingerprint, tables_on, write_rows
from voorop.errors import CommandError
from voorop.stores import bring_up_to_date, make_tables, table_names

Rows = Callable[[str], Iterator[PlainRow]]


def fill(engine: Engine, revisions: dict[str, str], rows: Rows, expected: Mapping[str, Fingerprint]) -> None:
    """Make the tables as they stood, copy every row, compare, bring up to date; in one transaction.

    rows: those of a table by its name. expected: what each table must hold; a table that is not in it must be empty.

    Raises:
        CommandError: the database is not empty, or does not hold afterwards what it should; nothing is kept of it.
    """
    try:
        with write(engine) as connection:
            hold(connection, "filling an empty database")
            refuse_unless_empty(connection)
            make_tables(connection, revisions)
            tables = tables_on(connection, table_names())
            if lost := set(expected) - {table.name for table in tables}:
                raise CommandError(f"this version has no table {min(lost)}")
            for table in tables:
                if table.name in expected:
                    write_rows(connection, table, rows(table.name), _progress(table.name, expected[table.name].rows))
                _compare(table.name, fingerprint(connection, table), expected.get(table.name, Fingerprint()))
            bring_up_to_date(connection)
    except SQLAlchemyError as error:  # without its text: that repeats the values of a row
        raise CommandError(f"nothing was kept: the database refused it ({type(error).__name__})") from None


def refuse_unless_empty(connection: Connection) -> None:
    """Raises CommandError when there is any table."""
    there = inspect(connection).get_table_names()
    if there:
        raise CommandError(f"the database is not empty ({len(there)} tables); give a new one, nothing is overwritten")


def tell(name: str, found: Fingerprint, result: str) -> None:
    print(f"{name:<24} {found.rows:>9} rows  sha256 {found.sha256[:16]}  {result}", flush=True)


def _compare(name: str, found: Fingerprint, expected: Fingerprint) -> None:
    if found != expected:
        raise CommandError(
            f"nothing was kept: {name} would hold {found.rows} rows with sha256 {found.sha256[:16]}, "
            f"and not {expected.rows} rows with sha256 {expected.sha256[:16]}"
        )
    tell(name, found, "same")


def _progress(name: str, of: int) -> Callable[[int], None]:
    def told(done: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{name}: {done} of {of}\033[K\r", end="", file=sys.stderr, flush=True)

    return told
