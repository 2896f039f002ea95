"""Runs Alembic for a store. Each store has its own folder of migrations and its own version table in one database."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from alembic import command, context
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from records.database import hold, write
from records.errors import NewerDatabaseError

HEAD = "head"


@dataclass(frozen=True)
class Migrations:
    """The migrations of one store."""

    folder: Path
    version_table: str

    def upgrade(self, engine: Engine) -> None:
        """Bring the store's tables to the newest migration, in one transaction; processes that start at once wait.

        Raises:
            NewerDatabaseError: a newer version of the program was here.
        """
        with write(engine) as connection:
            hold(connection, f"migrations of {self.version_table}")
            self.upgrade_on(connection)

    def upgrade_on(self, connection: Connection, revision: str = HEAD) -> None:
        """The same in a transaction that is open already, to any revision."""
        config = self._config()
        standing = self.revision_on(connection)
        if standing is not None and standing not in self._known():
            raise NewerDatabaseError(
                f"the database is of a newer version ({self.version_table} stands at {standing}); use that version"
            )
        config.attributes["connection"] = connection
        config.attributes["version_table"] = self.version_table
        command.upgrade(config, revision)

    def revision_on(self, connection: Connection) -> str | None:
        """The migration that the tables stand at; None when there are none."""
        options = {"version_table": self.version_table}
        return MigrationContext.configure(connection, opts=options).get_current_revision()

    @property
    def newest(self) -> str:
        """The migration that this version of the program needs."""
        return str(ScriptDirectory.from_config(self._config()).get_current_head())

    def knows(self, revision: str) -> bool:
        """Whether this version of the program knows a migration."""
        return revision in self._known()

    def _known(self) -> set[str]:
        return {script.revision for script in ScriptDirectory.from_config(self._config()).walk_revisions()}

    def _config(self) -> Config:
        config = Config()
        config.set_main_option("script_location", str(self.folder))
        return config


def run(target_metadata: sa.MetaData | None = None) -> None:
    """What a store's `env.py` calls: run its migrations on the connection that `upgrade_on` was given."""
    attributes = context.config.attributes
    context.configure(
        connection=attributes["connection"],
        target_metadata=target_metadata,
        version_table=attributes["version_table"],
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()
