"""Retention: what is older than the practice keeps it goes, whole, and nothing else does."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from records.database import read, write
from records.rows import read_rows, tables_on
from tests.stored import Stored, fill
from voorop.errors import CommandError
from voorop.purge import purge
from voorop.settings import Settings
from voorop.stores import table_names


@pytest.fixture
def settings(installed_url: str, tmp_path: Path) -> Settings:
    return Settings(installed_url, tmp_path / "secret", retention_days=30)


@pytest.fixture
def stored(settings: Settings) -> Iterator[Stored]:
    made = Stored(settings.database_url, settings.secret_file)
    yield made
    made.close()


def held_at(stored: Stored, visit: str, days_ago: float) -> None:
    """Put a visit, and the requests about it, back in time."""
    moment = datetime.now(UTC) - timedelta(days=days_ago)
    tables = stored.care_plan.books.context.tables
    with write(stored.engine) as connection:
        connection.execute(tables.visits.update().where(tables.visits.c.id == visit).values(at=moment))
        asked = tables.idempotency_keys.c.key.contains(visit)
        connection.execute(tables.idempotency_keys.update().where(asked).values(created_at=moment))


def mentions(stored: Stored, text: str) -> set[str]:
    """The tables in which a text stands."""
    with read(stored.engine) as connection:
        tables = tables_on(connection, table_names())
        return {table.name for table in tables if any(text in str(row) for row in read_rows(connection, table))}


def test_what_is_too_old_goes_with_all_that_was_said_and_the_rest_stays(stored: Stored, settings: Settings) -> None:
    old, edge, new = fill(stored)
    held_at(stored, old, 30.01)
    held_at(stored, edge, 29.99)
    before = {visit: mentions(stored, visit) for visit in (edge, new)}
    purge(settings, dry_run=True)
    assert "visits" in mentions(stored, old)
    purge(settings, dry_run=False)
    assert mentions(stored, old) == {"audit"}
    assert {visit: mentions(stored, visit) for visit in (edge, new)} == before
    assert stored.conversations.load(f"talk of {old[:8]}") is None
    assert stored.words_of(f"talk of {new[:8]}")
    assert stored.care_plan.first_broken_audit_entry() is None
    purge(settings, dry_run=False)
    assert stored.words_of(f"talk of {edge[:8]}")


def test_a_practice_with_a_term_of_its_own_keeps_to_it(stored: Stored, settings: Settings) -> None:
    old, *_ = fill(stored)
    held_at(stored, old, 60)
    practices = stored.care_plan.books.context.tables.practices
    with write(stored.engine) as connection:
        connection.execute(practices.update().values(retention_days=0))
    with pytest.raises(CommandError, match="RETENTION_DAYS"):
        purge(settings, dry_run=False)
    with write(stored.engine) as connection:
        connection.execute(practices.update().values(retention_days=90))
    purge(settings, dry_run=False)
    assert "visits" in mentions(stored, old)


def test_a_patient_whose_last_visit_goes_is_forgotten_and_one_who_comes_again_is_not(
    stored: Stored, settings: Settings
) -> None:
    old, other, new = fill(stored)
    table = stored.care_plan.books.context.tables.visits
    with write(stored.engine) as connection:
        patients = {row.id: row.patient for row in connection.execute(sa.select(table.c.id, table.c.patient))}
        connection.execute(table.update().where(table.c.id == other).values(patient=patients[new]))
    held_at(stored, old, 31)
    held_at(stored, other, 31)
    purge(settings, dry_run=False)
    assert "patients" not in mentions(stored, patients[old])
    assert mentions(stored, patients[new]) >= {"patients", "visits"}


def test_without_a_term_nothing_is_erased(stored: Stored, settings: Settings) -> None:
    fill(stored, 1)
    with pytest.raises(CommandError, match="RETENTION_DAYS"):
        purge(Settings(settings.database_url, settings.secret_file), dry_run=False)
