"""A browser for the tests of one file, and both databases for the tests of what is kept in them.

Not a browser for a whole run: Playwright's event loop stays in the thread as long as its browser, and no test could
run another.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from tests.browsing import ARGUMENTS, installed_browser
from tests.installed import Prepared, migrate
from tests.postgresql import PostgreSQL, installed_programs, version

# How long an example takes depends on what else the machine does, and no test is timed.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
EVERY_DAY = "postgresql_every_day"
MISSING = "no PostgreSQL server is installed (make postgresql)"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = installed_browser()
    if path is None:
        pytest.skip("no Chromium or Chrome is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def pytest_report_header() -> str:
    """Which PostgreSQL the tests use: the installed one may be of any version."""
    programs = installed_programs()
    return f"server: {version(programs)}" if programs else MISSING


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever needs a database runs on both; on PostgreSQL every day only where a file or test asks for it."""
    if "database_kind" in metafunc.fixturenames:
        daily = metafunc.definition.get_closest_marker(EVERY_DAY) is not None
        marks = [] if daily else [pytest.mark.thorough]
        metafunc.parametrize("database_kind", ["sqlite", pytest.param("postgresql", marks=marks)], scope="session")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """One server for a whole worker of the tests."""
    programs = installed_programs()
    if programs is None and os.environ.get("TEST_POSTGRESQL") == "required":
        pytest.fail(MISSING)
    if programs is None:
        pytest.skip(MISSING)
    server = PostgreSQL(programs)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, once on each kind."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'voorop.db'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(scope="session")
def prepare(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Prepared]:
    """Makes a database to build in and to copy, once on each kind; it is told a name for its folder."""
    server: PostgreSQL | None = request.getfixturevalue("postgresql") if database_kind == "postgresql" else None
    return lambda name: Prepared(tmp_path_factory.mktemp(name), server)


@pytest.fixture(scope="session")
def installed(prepare: Callable[[str], Prepared]) -> Prepared:
    """Both stores' tables and nothing else."""
    made = prepare("installed")
    migrate(made.url)
    return made


@pytest.fixture
def installed_url(installed: Prepared, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with both stores' tables in it and nothing else, once on each kind."""
    url = installed.copy(tmp_path)
    yield url
    installed.drop(url)
