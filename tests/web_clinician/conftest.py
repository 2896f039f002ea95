"""A practice in a fresh SQLite file, on Monday 23 November 2026, and its clinician's browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from clinician_house import House, build_house, copy_house
from starlette.testclient import TestClient

from api.seeding import Demonstration


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Demonstration]:
    """A house that nobody has used yet; the clinician reads English, as do the messages' sources."""
    folder = tmp_path_factory.mktemp("house")
    house = build_house(folder, language="en")
    house.close()
    return folder, house.seeded


@pytest.fixture
def house(built: tuple[Path, Demonstration], tmp_path: Path) -> Iterator[House]:
    house = copy_house(*built, tmp_path)
    yield house
    house.close()


@pytest.fixture
def browser(house: House) -> TestClient:
    return house.browser()
