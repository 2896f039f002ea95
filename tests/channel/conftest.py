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
def world(tmp_path: Path, empty_installation: Path) -> Iterator[World]:
    shutil.copytree(empty_installation, tmp_path, dirs_exist_ok=True)
    made = World(tmp_path, migrate=False)
    yield made
    made.engine.dispose()
