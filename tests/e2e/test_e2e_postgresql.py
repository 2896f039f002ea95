"""Whole conversations on PostgreSQL: what was said is read by the clinician, and stands after a power cut."""

from collections.abc import Iterator

import pytest
from e2e_person import Person
from e2e_server import Clinician, Server
from e2e_words import WORDS, script, walk

from tests.postgresql import PostgreSQL

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def on_postgresql(postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    name = postgresql.create()
    server = Server(tmp_path_factory.mktemp("postgresql") / "data", 8, VOOROP_DATABASE_URL=postgresql.url(name))
    server.start()
    yield server
    server.stop()
    postgresql.drop(name)


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_whole_conversation_reaches_the_clinician(on_postgresql: Server, language: str) -> None:
    patient = Person(on_postgresql, on_postgresql.invitation("patient", language))
    walk(patient, script(language, goals=2))
    assert patient.reads()["state"] == "finished"
    goals = {goal["words"]: goal["first"] for goal in Clinician(on_postgresql).goals(patient.visit)}
    assert goals == dict(zip(WORDS[language].goals, (False, True), strict=True))


@pytest.mark.thorough
def test_after_a_kill_it_goes_on_where_it_was(on_postgresql: Server) -> None:
    steps = script("nl")
    patient = Person(on_postgresql, on_postgresql.invitation("patient", "nl"))
    walk(patient, steps[: len(steps) // 2])
    before = patient.reads()
    on_postgresql.kill()
    on_postgresql.start()
    assert patient.reads() == before
    walk(patient, steps[len(steps) // 2 :])
    assert patient.reads()["state"] == "finished"
