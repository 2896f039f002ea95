"""Both stores of an installation, for commands that treat all of its tables alike."""

from sqlalchemy.engine import Connection

import api.db
import bot.store
from api.db.tables import build_tables as care_plan_tables
from bot.store.tables import build_tables as conversation_tables
from records.keys import Keys
from records.migrations import Migrations
from voorop.errors import CommandError

MIGRATIONS: tuple[Migrations, ...] = (api.db.MIGRATIONS, bot.store.MIGRATIONS)
_NO_KEYS = Keys((("none", bytes(32)),))  # names of tables hang on no key


def table_names() -> frozenset[str]:
    """Every table that people's records are in."""
    both = (care_plan_tables(_NO_KEYS).metadata, conversation_tables(_NO_KEYS).metadata)
    return frozenset(name for metadata in both for name in metadata.tables)


def revisions_on(connection: Connection) -> dict[str, str]:
    """The migration that each store stands at, by its version table; stores that were never there are left out."""
    standing = {each.version_table: each.revision_on(connection) for each in MIGRATIONS}
    return {name: revision for name, revision in standing.items() if revision is not None}


def make_tables(connection: Connection, revisions: dict[str, str]) -> None:
    """Tables as they stood at these migrations, in a database without any.

    Raises:
        CommandError: a migration is not one of this version's.
    """
    for each in MIGRATIONS:
        revision = revisions.get(each.version_table)
        if revision is None or not each.knows(revision):
            raise CommandError(f"this version does not know the migration {revision} of {each.version_table}")
        each.upgrade_on(connection, revision)


def bring_up_to_date(connection: Connection) -> None:
    for each in MIGRATIONS:
        each.upgrade_on(connection)
