"""One house per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_house import House, build

from tests.installed import SqliteTemplate


@pytest.fixture
def house(tmp_path: Path, sqlite_template: SqliteTemplate) -> Iterator[House]:
    house = build(tmp_path, sqlite_template)
    yield house
    house.close()
