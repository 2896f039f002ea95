"""Everything that is kept about one patient, table by table and opened, for whoever has a right to it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api import audit
from api.access import ID
from api.context import Books, Context
from api.patients import has_reference
from api.transactions import write
from api.users import SYSTEM
from careplan.errors import NotFound

SECRETS = frozenset({"token_hash", "code_hash", "reference_hash", "meaning"})  # of use to nobody but the program


def everything_about(books: Books, practice: str, reference: str) -> dict[str, Any]:
    """Rows by table: the patient's own, and of their visits all that hangs on them. It is noted in the audit trail.

    reference: the patient's number in the practice's own record, or the id of one of their visits.

    Raises:
        NotFound: there is no such patient.
    """
    context = books.context
    with write(books.engine) as connection:
        patient = _patient(context, connection, practice, reference)
        found = {"patients": _rows(connection, context.tables.patients, context.tables.patients.c.id == patient)}
        visits = context.tables.visits
        _follow(connection, context.tables.metadata, visits, visits.c.patient == patient, found)
        audit.record(context, connection, SYSTEM, "export_patient", patient, practice)
    return found


def _patient(context: Context, connection: Connection, practice: str, reference: str) -> str:
    patients, visits = context.tables.patients, context.tables.visits
    query = sa.select(patients.c.id).where(patients.c.practice == practice, has_reference(context, reference))
    found: str | None = connection.scalar(query)
    if found is None and ID.fullmatch(reference):
        found = connection.scalar(
            sa.select(visits.c.patient).where(visits.c.id == reference, visits.c.practice == practice)
        )
    if found is None:
        raise NotFound
    return found


def _follow(
    connection: Connection,
    metadata: sa.MetaData,
    table: sa.Table,
    which: sa.ColumnElement[bool],
    found: dict[str, list[dict[str, Any]]],
) -> None:
    """The rows of a table and of every table that cannot be without them, as the foreign keys say."""
    if table.name in found:
        return
    found[table.name] = _rows(connection, table, which)
    for other in metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and key.ondelete == "CASCADE":
                parents = sa.select(key.column).where(which)
                _follow(connection, metadata, other, key.parent.in_(parents), found)


def _rows(connection: Connection, table: sa.Table, which: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    rows = connection.execute(sa.select(table).where(which).order_by(*table.primary_key)).mappings()
    return [{name: value for name, value in row.items() if name not in SECRETS} for row in rows]
