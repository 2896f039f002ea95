"""One demonstration for all tests, each with a visit of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from e2e_person import Person
from e2e_server import Clinician, Server

VISITS = 440
EVERY_DAY = ("nl", "ar")  # one from left to right, one from right to left; every language before anything lands


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The same conversation in a third and fourth language is a sweep."""
    for item in items:
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        if "e2e_conversations" in item.nodeid and parameters.get("lang", "nl") not in EVERY_DAY:
            item.add_marker(pytest.mark.thorough)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The program, as one starts it; the tests that kill it have one of their own."""
    server = Server(tmp_path_factory.mktemp("e2e") / "data", VISITS)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def clinician(server: Server) -> Clinician:
    """Signs in for each file: a session ends after a quarter of an hour, and other files may come between."""
    return Clinician(server)


@pytest.fixture
def person(server: Server) -> Callable[..., Person]:
    """Open a new person's conversation: `person("nl")`, `person("ar", "caregiver")`."""

    def open_conversation(language: str, role: str = "patient") -> Person:
        return Person(server, server.invitation(role, language))

    return open_conversation


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"
