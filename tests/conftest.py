"""A browser for the tests of one file, and both databases for the tests of what is kept in them.

Not a browser for a whole run: Playwright's event loop stays in the thread as long as its browser, and no test could
run another.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browsing import ARGUMENTS, installed_browser
from tests.installed import PostgresqlTemplate, SqliteTemplate
from tests.postgresql import PostgreSQL, installed_programs

EVERY_DAY = "postgresql_every_day"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = installed_browser()
    if path is None:
        pytest.skip("no Chromium or Chrome is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


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
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (make postgresql)")
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
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgresql_template(postgresql: PostgreSQL) -> PostgresqlTemplate:
    return PostgresqlTemplate(postgresql)


@pytest.fixture
def installed_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with both stores' tables in it and nothing else, once on each kind."""
    if database_kind == "sqlite":
        template: SqliteTemplate = request.getfixturevalue("sqlite_template")
        yield template.copy_to(tmp_path)
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    copied: PostgresqlTemplate = request.getfixturevalue("postgresql_template")
    name = copied.copy()
    yield server.url(name)
    server.drop(name)
