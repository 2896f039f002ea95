"""One waiting room per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tablet_world import Room, build_room


@pytest.fixture
def room(tmp_path: Path, installed_url: str) -> Iterator[Room]:
    made = build_room(tmp_path, installed_url)
    yield made
    made.house.close()
    made.world.engine.dispose()
