"""The names of users, for what they wrote."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.context import Context


def names_of(context: Context, connection: Connection, authors: Collection[str]) -> Mapping[str, str]:
    """By id; who is no user (a role of the visit, say) is not among them."""
    if not authors:
        return {}
    users = context.tables.users
    rows = connection.execute(sa.select(users.c.id, users.c.name).where(users.c.id.in_(set(authors))))
    return {row.id: row.name for row in rows}
