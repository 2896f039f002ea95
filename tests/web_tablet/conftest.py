"""One waiting room per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tablet_world import Room, build_room

from tests.installed import SqliteTemplate


@pytest.fixture
def room(tmp_path: Path, sqlite_template: SqliteTemplate) -> Iterator[Room]:
    made = build_room(tmp_path, sqlite_template)
    yield made
    made.house.close()
    made.world.engine.dispose()
