"""Runs Alembic for a store. Each store has its own folder of migrations and its own version table in one database."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command, context
from alembic.config import Config
from sqlalchemy.engine import Engine

from records.database import write


def upgrade(engine: Engine, script_location: Path, version_table: str) -> None:
    """Bring the tables of one store to the newest migration, in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(script_location))
    with write(engine) as connection:
        config.attributes["connection"] = connection
        config.attributes["version_table"] = version_table
        command.upgrade(config, "head")


def run(target_metadata: sa.MetaData | None = None) -> None:
    """What a store's `env.py` calls: run its migrations on the connection that `upgrade` opened."""
    attributes = context.config.attributes
    context.configure(
        connection=attributes["connection"],
        target_metadata=target_metadata,
        version_table=attributes["version_table"],
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()
