"""Fixtures of the channel's tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_world import World


@pytest.fixture(scope="session")
def empty_installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a migrated database and a secret, to copy: migrating takes longer than most tests."""
    folder = tmp_path_factory.mktemp("installation")
    World(folder).engine.dispose()
    return folder


@pytest.fixture
def world(installed_url: str, tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, url=installed_url, migrate=False)
    yield made
    made.engine.dispose()


@pytest.fixture
def sqlite_world(tmp_path: Path, empty_installation: Path) -> Iterator[World]:
    """For what is so only where one process serves one file."""
    shutil.copytree(empty_installation, tmp_path, dirs_exist_ok=True)
    made = World(tmp_path, migrate=False)
    yield made
    made.engine.dispose()
