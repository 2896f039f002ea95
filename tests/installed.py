"""Databases in which something was built once, to copy: that is faster than to build it for every test."""

import shutil
from pathlib import Path

from sqlalchemy.engine import make_url

import api.db
from bot.store import MIGRATIONS
from records.database import create_engine
from tests.postgresql import PostgreSQL

FILE = "voorop.db"


def migrate(url: str) -> None:
    engine = create_engine(url)
    api.db.upgrade(engine)
    MIGRATIONS.upgrade(engine)
    engine.dispose()


class Prepared:
    """A database to build in, at `url`, and a folder for what belongs to it. Nobody may be connected when it is copied.

    server: None for a SQLite file.
    """

    def __init__(self, folder: Path, server: PostgreSQL | None) -> None:
        self.folder = folder
        self._server = server
        self._name = server.create() if server else ""
        self.url = server.url(self._name) if server else f"sqlite:///{folder / FILE}"

    def copy(self, folder: Path) -> str:
        """The URL of a copy; what else stood in the folder is copied to `folder`."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        if self._server is None:
            return f"sqlite:///{folder / FILE}"
        return self._server.url(self._server.create(self._name))

    def drop(self, url: str) -> None:
        """A copy that nobody needs any more; a file goes with its folder."""
        if self._server:
            self._server.drop(str(make_url(url).database))
