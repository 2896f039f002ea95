"""The doctor: one line per thing, and an exit code that a timer can go by."""

import os
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from records.database import write
from tests.stored import Stored, fill
from voorop.backup import backup
from voorop.doctor import doctor, findings
from voorop.doctor_surroundings import about_contacts, about_exposure
from voorop.errors import CommandError
from voorop.settings import Settings


@pytest.fixture
def settings(installed_url: str, tmp_path: Path) -> Settings:
    return Settings(installed_url, tmp_path / "secret", public_url="https://voorop.example", retention_days=30)


@pytest.fixture
def stored(settings: Settings) -> Iterator[Stored]:
    made = Stored(settings.database_url, settings.secret_file)
    fill(made)
    yield made
    made.close()


def states(settings: Settings) -> dict[str, str]:
    """The worst state of each thing that was looked at."""
    found: dict[str, str] = {}
    for finding in findings(settings):
        if found.get(finding.about) != "PROBLEM":
            found[finding.about] = finding.state
    return found


@pytest.mark.postgresql_every_day
def test_a_cared_for_installation_is_well(
    stored: Stored, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert states(settings)["backup"] == "warning"
    backup(settings, tmp_path / "backup")
    assert set(states(settings).values()) <= {"ok"}
    doctor(settings)
    assert "the audit trail holds" in capsys.readouterr().out


def test_what_is_wrong_is_told_and_counts(stored: Stored, settings: Settings) -> None:
    os.chmod(settings.secret_file, 0o644)
    with write(stored.engine) as connection:
        connection.exec_driver_sql("UPDATE audit SET actor = 'somebody' WHERE seq = 2")
    found = states(settings)
    assert (found["secret"], found["audit"], found["seal"]) == ("PROBLEM", "PROBLEM", "ok")
    with pytest.raises(CommandError, match="2 of these"):
        doctor(settings)


def test_another_secret_is_noticed(stored: Stored, settings: Settings) -> None:
    settings.secret_file.write_text("k1 " + "ab" * 32 + "\n")
    assert states(settings)["seal"] == "PROBLEM"
    settings.secret_file.unlink()
    assert states(settings)["secret"] == "PROBLEM"
    assert not settings.secret_file.exists()


def test_visits_that_should_be_gone_and_an_old_backup_are_warned_of(stored: Stored, settings: Settings) -> None:
    stored.house.note("backup")
    tables, old = stored.care_plan.books.context.tables, datetime.now(UTC) - timedelta(days=40)
    with write(stored.engine) as connection:
        connection.execute(tables.visits.update().values(at=old))
        connection.execute(tables.audit.update().where(tables.audit.c.action == "backup").values(at=old))
    found = states(settings)
    assert (found["backup"], found["retention"]) == ("warning", "warning")


@pytest.mark.parametrize("refused", ["outbox", "recalls"])
def test_what_the_other_system_refused_is_warned_of(stored: Stored, settings: Settings, refused: str) -> None:
    assert states(settings)["receiver"] == "ok"
    context, long_ago = stored.care_plan.books.context, datetime.now(UTC) - timedelta(days=3)
    row = {"visit": stored.visits()[0], "state": "refused", "attempts": 1, "next_at": long_ago, "created_at": long_ago}
    with write(stored.engine) as connection:
        if refused == "outbox":
            goal = connection.scalar(sa.select(context.tables.goals.c.id).limit(1))
            connection.execute(context.tables.outbox.insert().values(row | {"goal": goal, "version": 1}))
        else:
            row |= {"practice": stored.care_plan.only_practice(), "patient": "patient", "records": []}
            connection.execute(context.tables.recalls.insert().values(row))
    assert states(settings)["receiver"] == "warning"


@pytest.mark.parametrize("version", ["9999_of_tomorrow", None])
def test_tables_of_another_version_are_told(stored: Stored, settings: Settings, version: str | None) -> None:
    with write(stored.engine) as connection:
        if version:
            connection.execute(sa.text("UPDATE chat_migrations SET version_num = :it"), {"it": version})
        else:
            connection.exec_driver_sql("DELETE FROM chat_migrations")
    assert states(settings)["tables"] == "PROBLEM"


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    settings = Settings(f"sqlite:///{tmp_path / 'none.sqlite'}", tmp_path / "secret")
    settings.secret_file.write_text("k1 " + "ab" * 32 + "\n")
    assert states(settings)["database"] == "PROBLEM"
    assert not (tmp_path / "none.sqlite").exists()


def test_an_action_server_that_others_can_reach_is_a_problem(tmp_path: Path) -> None:
    settings = Settings("sqlite://", tmp_path / "secret")
    own = {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    outside = sorted(host for host in own if not host.startswith("127."))
    if not outside:
        pytest.skip("this machine has no address but its own loopback")
    with closing(socket.create_server((outside[0], 0))) as listening:
        port = listening.getsockname()[1]
        reached = replace(settings, actions_url=f"http://127.0.0.1:{port}/webhook")
        assert [finding.state for finding in about_exposure(reached)][0] == "PROBLEM"
    assert [finding.state for finding in about_exposure(reached)][0] == "ok"


def test_numbers_to_call_that_nobody_looked_at_for_long_are_named() -> None:
    assert {finding.state for finding in about_contacts(date(2026, 11, 22))} == {"ok"}
    late = list(about_contacts(date(2028, 1, 1)))
    assert {finding.state for finding in late} == {"warning"}
    assert "emergency" in late[0].text
