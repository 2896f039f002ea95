"""A practice in a database of its own, on Monday 23 November 2026, and its clinician's browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clinician_house import House, build_house, open_house
from starlette.testclient import TestClient

from api.seeding import Demonstration
from tests.installed import Prepared


@pytest.fixture(scope="session")
def built(prepare: Callable[[str], Prepared]) -> tuple[Prepared, Demonstration]:
    """A house that nobody has used yet; the clinician reads English, as do the messages' sources."""
    made = prepare("house")
    house = build_house(made.folder, made.url, language="en")
    house.close()
    return made, house.seeded


@pytest.fixture
def house(built: tuple[Prepared, Demonstration], tmp_path: Path) -> Iterator[House]:
    made, seeded = built
    url = made.copy(tmp_path)
    house = open_house(tmp_path, url, seeded)
    yield house
    house.close()
    made.drop(url)


@pytest.fixture
def browser(house: House) -> TestClient:
    return house.browser()
