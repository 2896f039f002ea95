"""One house per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_house import House, build


@pytest.fixture
def house(tmp_path: Path, installed_url: str) -> Iterator[House]:
    house = build(tmp_path, installed_url)
    yield house
    house.close()
