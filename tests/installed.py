"""Databases that both stores have made their tables in, to copy: that is faster than to migrate for every test."""

import shutil
from pathlib import Path

import api.db
from bot.store import MIGRATIONS
from records.database import create_engine
from tests.postgresql import PostgreSQL


def migrate(url: str) -> None:
    engine = create_engine(url)
    api.db.upgrade(engine)
    MIGRATIONS.upgrade(engine)
    engine.dispose()


class SqliteTemplate:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "template.db"
        migrate(f"sqlite:///{self._file}")

    def copy_to(self, folder: Path) -> str:
        return f"sqlite:///{shutil.copy(self._file, folder / 'voorop.db')}"


class PostgresqlTemplate:
    def __init__(self, server: PostgreSQL) -> None:
        self._server = server
        self._name = server.create()
        migrate(server.url(self._name))

    def copy(self) -> str:
        return self._server.create(self._name)
