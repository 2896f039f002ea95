"""Backups and the move to PostgreSQL: everything arrives as it was, nothing is overwritten, nothing half is kept."""

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.db import MIGRATIONS
from careplan.people import SERVICE
from records.database import create_engine, read, write
from records.errors import DatabaseUrlError
from records.rows import Fingerprint, as_line, tables_on
from tests.installed import migrate
from tests.postgresql import PostgreSQL
from tests.stored import WORDS, Stored, fill
from voorop.backup import backup
from voorop.errors import CommandError
from voorop.migrate_database import migrate_database
from voorop.restore import restore
from voorop.settings import Settings
from voorop.stores import make_tables, revisions_on, table_names

VERSIONS = {"care_plan_version", "chat_migrations"}  # written by the migrations
# What happens to the rows of one table amid the copy: a trigger that PostgreSQL adds as soon as the table is made.
ON_THE_WAY = "CREATE FUNCTION on_the_way() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {happens}; END $$"
TO_EVERY_ROW = """
CREATE FUNCTION to_every_row() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity = 'public.contributions') THEN
        CREATE TRIGGER broken BEFORE INSERT ON contributions FOR EACH ROW EXECUTE FUNCTION on_the_way();
    END IF;
END $$"""
FROM_THE_START = (
    "CREATE EVENT TRIGGER a ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION to_every_row()"
)


@pytest.fixture
def settings(installed_url: str, tmp_path: Path) -> Settings:
    return Settings(installed_url, tmp_path / "secret")


@pytest.fixture
def stored(settings: Settings) -> Iterator[Stored]:
    made = Stored(settings.database_url, settings.secret_file)
    fill(made)
    yield made
    made.close()


@pytest.fixture
def empty_postgresql(postgresql: PostgreSQL) -> Iterator[str]:
    """Of a practice whose database sorts by a language and not by bytes."""
    name = postgresql.create("template0", "LOCALE_PROVIDER icu ICU_LOCALE 'nl'")
    yield postgresql.url(name)
    postgresql.drop(name)


def everything(engine: sa.Engine) -> dict[str, list[str]]:
    """Every value of every table as it lies there, moments without their zone."""
    metadata = sa.MetaData()
    with read(engine) as connection:
        metadata.reflect(connection)
        return {
            table.name: sorted(str(tuple(map(_bare, row))) for row in connection.execute(sa.select(table)))
            for table in metadata.sorted_tables
        }


def _bare(value: object) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value


def in_another_place(settings: Settings, folder: Path) -> Settings:
    (folder / "elsewhere").mkdir()
    return Settings(f"sqlite:///{folder / 'elsewhere' / 'voorop.db'}", settings.secret_file)


def test_a_backup_that_is_put_back_holds_everything_as_it_was(
    stored: Stored, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(stored.engine)
    file = tmp_path / "first.backup"
    backup(settings, file)
    assert file.stat().st_mode & 0o777 == 0o600
    target = in_another_place(settings, tmp_path)
    restore(target, file)
    again = Stored(target.database_url, target.secret_file)
    assert everything(again.engine) == before
    assert again.care_plan.first_broken_audit_entry() is None
    again.close()
    assert stored.house.last_noted("backup") is not None
    assert "goal_versions" in capsys.readouterr().out


def test_a_backup_is_sealed_and_says_what_it_holds(stored: Stored, settings: Settings, tmp_path: Path) -> None:
    backup(settings, tmp_path / "a")
    with zipfile.ZipFile(tmp_path / "a") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert manifest["tables"]["goals"]["rows"] == 3
    assert set(manifest["revisions"]) == {"care_plan_version", "chat_migrations"}
    secret = settings.secret_file.read_text().split()[1]
    assert not any(word.encode() in content for word in (WORDS, "Mieke", secret))


def test_what_a_restore_refuses(stored: Stored, settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    backup(settings, file)
    with pytest.raises(CommandError, match="overwritten"):
        backup(settings, file)
    with pytest.raises(CommandError, match="not empty"):
        restore(settings, file)
    target = in_another_place(settings, tmp_path)
    with pytest.raises(CommandError, match="secret file of this backup"):
        restore(Settings(target.database_url, tmp_path / "none"), file)
    (tmp_path / "other").write_text("k1 " + "ab" * 32 + "\n")
    with pytest.raises(CommandError, match="not the one"):
        restore(Settings(target.database_url, tmp_path / "other"), file)
    for damage, told in ((b"no archive", "no backup"), (None, "damaged")):
        _damage(file, damage)
        with pytest.raises(CommandError, match=told):
            restore(target, file)
    with pytest.raises(CommandError, match="no backup"):
        restore(target, tmp_path / "missing")
    assert not list((tmp_path / "elsewhere").iterdir())


def _damage(file: Path, content: bytes | None) -> None:
    """Replace the file, or (None) take one goal out of it with an archive that is whole in itself."""
    kept = file.with_suffix(".kept")
    if content is not None:
        kept.write_bytes(file.read_bytes())
        file.write_bytes(content)
        return
    with zipfile.ZipFile(kept) as whole, zipfile.ZipFile(file, "w") as broken:
        for name in whole.namelist():
            lines = whole.read(name).splitlines(keepends=True)
            broken.writestr(name, b"".join(lines[1:] if name == "tables/goals.jsonl" else lines))


def test_a_backup_of_an_older_version_is_put_back_and_brought_up_to_date(
    stored: Stored, settings: Settings, tmp_path: Path
) -> None:
    file, old = tmp_path / "new", tmp_path / "old"
    backup(settings, file)
    with zipfile.ZipFile(file) as new, zipfile.ZipFile(old, "w") as made:
        manifest = json.loads(new.read("manifest.json"))
        manifest["revisions"]["care_plan_version"] = "001_first"
        columns = _columns(manifest["revisions"], tmp_path)
        manifest["tables"] = {name: _lines(new, made, name, columns[name]) for name in columns}
        made.writestr("manifest.json", json.dumps(manifest))
    target = in_another_place(settings, tmp_path)
    restore(target, old)
    again = Stored(target.database_url, target.secret_file)
    assert again.care_plan.first_broken_audit_entry() is None
    visit = again.visits()[0]
    assert again.words_of(f"talk of {visit[:8]}") == stored.words_of(f"talk of {visit[:8]}") != []
    with read(again.engine) as connection:
        assert revisions_on(connection)["care_plan_version"] == MIGRATIONS.newest
    again.close()


def _columns(revisions: dict[str, str], folder: Path) -> dict[str, set[str]]:
    """The tables as an older version had them."""
    engine = create_engine(f"sqlite:///{folder / 'older.db'}")
    with write(engine) as connection:
        make_tables(connection, revisions)
        found = {table.name: {column.name for column in table.c} for table in tables_on(connection, table_names())}
    engine.dispose()
    return found


def _lines(new: zipfile.ZipFile, made: zipfile.ZipFile, name: str, columns: set[str]) -> dict[str, object]:
    """Only what the older version would have written of a table."""
    found, lines = Fingerprint(), []
    for line in new.read(f"tables/{name}.jsonl").splitlines():
        row = {key: value for key, value in json.loads(line).items() if key in columns}
        found.add(row)
        lines.append(as_line(row))
    made.writestr(f"tables/{name}.jsonl", b"".join(lines))
    return {"rows": found.rows, "sha256": found.sha256}


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Stored]:
    folder = tmp_path / "practice"
    folder.mkdir()
    migrate(f"sqlite:///{folder / 'voorop.db'}")
    made = Stored(f"sqlite:///{folder / 'voorop.db'}", tmp_path / "secret")
    fill(made)
    yield made
    made.close()


def test_everything_moves_to_postgresql_and_the_source_stays_as_it_was(
    on_sqlite: Stored, empty_postgresql: str, tmp_path: Path
) -> None:
    before = everything(on_sqlite.engine)
    on_sqlite.close()
    file = tmp_path / "practice" / "voorop.db"
    untouched = file.read_bytes()
    migrate_database(on_sqlite.url, empty_postgresql, dry_run=False)
    assert file.read_bytes() == untouched
    moved = Stored(empty_postgresql, on_sqlite.secret)
    assert everything(moved.engine) == before
    assert moved.care_plan.first_broken_audit_entry() is None
    visit = moved.visits()[0]
    more = {"language": "nl", "typed_by": "self", "state": "started", "minutes": 1, "goals": []}
    assert moved.care_plan.put_contribution(SERVICE, visit, "patient", more, key="after")["version"] == 2
    moved.close()


def test_a_dry_run_writes_nothing(on_sqlite: Stored, empty_postgresql: str, capsys: pytest.CaptureFixture[str]) -> None:
    migrate_database(on_sqlite.url, empty_postgresql, dry_run=True)
    assert "goal_versions" in capsys.readouterr().out
    target = Stored(empty_postgresql, on_sqlite.secret)
    assert everything(target.engine) == {}
    target.close()


def test_a_dry_run_tells_every_table_and_how_many_rows_are_in_it(
    on_sqlite: Stored, empty_postgresql: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with read(on_sqlite.engine) as connection:
        counted = {
            name: connection.exec_driver_sql(f'SELECT COUNT(*) FROM "{name}"').scalar_one()  # noqa: S608 - our tables
            for name in set(sa.inspect(connection).get_table_names()) - VERSIONS
        }
    migrate_database(on_sqlite.url, empty_postgresql, dry_run=True)
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line.endswith("would be copied")]
    assert {name: int(rows) for name, rows, *_ in lines} == counted
    assert sum(counted.values()) > 30


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        ("NEW.body := NEW.body || '\\x00'; RETURN NEW", r"contributions would hold 3 rows .* not 3 rows"),
        ("RETURN CASE WHEN NEW.id = 2 THEN NULL ELSE NEW END", r"contributions would hold 2 rows .* not 3 rows"),
        ("RAISE EXCEPTION USING MESSAGE = NEW.visit", r"the database refused it"),
    ],
    ids=["a row is altered", "rows get lost", "the database fails midway"],
)
def test_what_does_not_arrive_as_it_was_leaves_nothing_behind(
    on_sqlite: Stored, empty_postgresql: str, happens: str, told: str
) -> None:
    before = everything(on_sqlite.engine)
    target = Stored(empty_postgresql, on_sqlite.secret)
    with write(target.engine) as connection:
        for statement in (ON_THE_WAY.format(happens=happens), TO_EVERY_ROW, FROM_THE_START):
            connection.exec_driver_sql(statement)
    with pytest.raises(CommandError, match=f"nothing was kept: {told}") as refused:
        migrate_database(on_sqlite.url, empty_postgresql, dry_run=False)
    assert not any(visit in str(refused.value) for visit in on_sqlite.visits())
    assert everything(target.engine) == {}
    assert everything(on_sqlite.engine) == before
    target.close()


def test_what_sqlite_had_not_yet_put_into_its_file_moves_too(
    on_sqlite: Stored, empty_postgresql: str, tmp_path: Path
) -> None:
    before = everything(on_sqlite.engine)
    cut = tmp_path / "after a power cut"
    shutil.copytree(tmp_path / "practice", cut, ignore=shutil.ignore_patterns("*-shm"))
    untouched = {file.name: file.read_bytes() for file in cut.iterdir()}
    assert len(untouched["voorop.db-wal"]) > 30_000
    migrate_database(f"sqlite:///{cut / 'voorop.db'}", empty_postgresql, dry_run=False)
    assert {name: (cut / name).read_bytes() for name in untouched} == untouched
    moved = Stored(empty_postgresql, on_sqlite.secret)
    assert everything(moved.engine) == before
    moved.close()


def test_a_database_with_something_in_it_is_not_written_to(on_sqlite: Stored, empty_postgresql: str) -> None:
    target = Stored(empty_postgresql, on_sqlite.secret)
    with write(target.engine) as connection:
        connection.exec_driver_sql("CREATE TABLE somebody_elses (id integer)")
    with pytest.raises(CommandError, match="not empty"):
        migrate_database(on_sqlite.url, empty_postgresql, dry_run=False)
    assert set(everything(target.engine)) == {"somebody_elses"}
    target.close()


def test_only_from_sqlite_to_postgresql(on_sqlite: Stored, empty_postgresql: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="from SQLite"):
        migrate_database(empty_postgresql, on_sqlite.url, dry_run=False)
    with pytest.raises(DatabaseUrlError, match="FROM_URL"):
        migrate_database(f"sqlite:///{tmp_path / 'none'}", empty_postgresql, dry_run=False)
    assert not (tmp_path / "none").exists()
    (tmp_path / "empty").touch()
    with pytest.raises(CommandError, match="no database of Voorop"):
        migrate_database(f"sqlite:///{tmp_path / 'empty'}", empty_postgresql, dry_run=False)
    assert os.path.getsize(tmp_path / "empty") == 0
