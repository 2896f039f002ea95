"""A store's rows as they lie in the database, to be copied to another one: what is sealed stays sealed.

Works on what the database itself tells of its tables, so no table or column is left out, whichever migration made it.
A plain row maps column names to what JSON knows, with bytes, moments and JSON values marked as such; a moment is always
UTC. The fingerprint of a table covers its plain rows by primary key, and so is the same on SQLite and PostgreSQL.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection

from records.database import is_postgresql
from records.errors import CopyError

PlainRow = dict[str, Any]
BATCH = 500


@dataclass
class Fingerprint:
    """Number and SHA-256 of the rows that were added, in their order."""

    rows: int = 0
    _sha256: Any = field(default_factory=hashlib.sha256, repr=False)

    def add(self, row: PlainRow) -> None:
        self.rows += 1
        self._sha256.update(as_line(row))

    @property
    def sha256(self) -> str:
        return str(self._sha256.hexdigest())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fingerprint) and (self.rows, self.sha256) == (other.rows, other.sha256)


def as_line(row: PlainRow) -> bytes:
    """One line that stands for the row, the same whatever order its columns came in."""
    return json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def tables_on(connection: Connection, names: Collection[str]) -> list[sa.Table]:
    """Those of the tables that are in the database, each after the tables it refers to."""
    metadata = sa.MetaData()
    event.listen(metadata, "column_reflect", _null_is_no_json)
    there = set(sa.inspect(connection).get_table_names()) & set(names)
    metadata.reflect(connection, only=sorted(there))
    return metadata.sorted_tables


def read_rows(connection: Connection, table: sa.Table) -> Iterator[PlainRow]:
    """Every row by primary key, some at a time."""
    query = sa.select(table).order_by(*(_by_bytes(connection, column) for column in table.primary_key))
    with connection.execute(query.execution_options(yield_per=BATCH)) as result:
        for row in result.mappings():
            yield {column.name: _plain(column, row[column]) for column in table.columns}


def write_rows(
    connection: Connection, table: sa.Table, rows: Iterable[PlainRow], told: Callable[[int], None] = lambda _: None
) -> None:
    """Insert them all; `told` hears how many are done.

    Raises:
        CopyError: a row has a column that the table lacks.
    """
    done = 0
    for batch in _batches(rows):
        connection.execute(sa.insert(table), [_values(table, row) for row in batch])
        done += len(batch)
        told(done)
    _go_on_counting(connection, table)


def fingerprint(connection: Connection, table: sa.Table) -> Fingerprint:
    found = Fingerprint()
    for row in read_rows(connection, table):
        found.add(row)
    return found


def _null_is_no_json(_inspector: object, _table: object, described: Any) -> None:
    if isinstance(described["type"], sa.JSON):
        described["type"] = sa.JSON(none_as_null=True)


def _by_bytes(connection: Connection, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    # PostgreSQL sorts texts by the language of the database, SQLite by their bytes
    if is_postgresql(connection) and isinstance(column.type, sa.String):
        return column.collate("C")
    return column


def _plain(column: sa.Column[Any], value: Any) -> Any:
    if isinstance(column.type, sa.JSON):
        return None if value is None else {"json": value}
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode("ascii")}
    if isinstance(value, datetime):
        moment = value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
        return {"utc": moment.isoformat(timespec="microseconds")}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if value is None or isinstance(value, str | int | float):
        return value
    raise CopyError(f"{column.table.name}.{column.name} holds a {type(value).__name__}, which cannot be copied yet")


def _values(table: sa.Table, row: PlainRow) -> dict[str, Any]:
    if set(row) != {column.name for column in table.columns}:
        raise CopyError(f"a row of {table.name} has other columns than the table")
    return {name: _value(table.columns[name], plain) for name, plain in row.items()}


def _value(column: sa.Column[Any], plain: Any) -> Any:
    if not isinstance(plain, dict):
        return plain
    ((kind, value),) = plain.items()
    if kind == "bytes":
        return base64.b64decode(value)
    if kind == "utc":
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if getattr(column.type, "timezone", False) else moment
    return date.fromisoformat(value) if kind == "date" else value


def _batches(rows: Iterable[PlainRow]) -> Iterator[list[PlainRow]]:
    batch: list[PlainRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _go_on_counting(connection: Connection, table: sa.Table) -> None:
    """PostgreSQL hands out numbers by itself: the next one must follow those that were copied."""
    if not is_postgresql(connection):
        return
    for column in table.primary_key:
        counter = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(f'"{table.name}"', column.name)))
        if counter is not None:
            highest = sa.select(sa.func.coalesce(sa.func.max(column), 0) + 1).scalar_subquery()
            connection.execute(sa.select(sa.func.setval(counter, highest, False)))
