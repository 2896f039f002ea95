"""The record keeping under both stores: durable settings, one writer, sealed words, keys."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from records.database import check, create_engine, read, write
from records.errors import DatabaseUrlError, KeyFileError, SealBroken
from records.keys import Keys
from records.sealed import Seal, SealedJSON, SealedText

KEYS = Keys((("k1", b"1" * 32),))


def notes(keys: Keys) -> sa.Table:
    return sa.Table(
        "notes",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("words", SealedText(keys)),
        sa.Column("more", SealedJSON(keys)),
    )


def test_sqlite_keeps_acknowledged_commits_through_a_power_cut(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/a.sqlite")
    with read(engine) as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_second_writer_waits_at_begin_instead_of_failing_later(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/a.sqlite")
    other = sqlite3.connect(f"{tmp_path}/a.sqlite", timeout=0)
    with write(engine), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()


def test_the_writers_of_one_process_take_turns_and_need_not_try_again(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/a.sqlite")
    notes(KEYS).metadata.create_all(engine)
    sa.event.listen(
        engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout=0"), insert=True
    )

    def write_one(number: int) -> None:
        with write(engine) as connection:
            connection.execute(notes(KEYS).insert(), {"id": number, "words": "x"})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write_one, range(40)))
    with read(engine) as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(notes(KEYS))).scalar() == 40


def test_an_error_inside_a_write_leaves_nothing_behind(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/a.sqlite")
    table = notes(KEYS)
    table.metadata.create_all(engine)
    with pytest.raises(sa.exc.IntegrityError), write(engine) as connection:
        connection.execute(table.insert(), [{"id": 1, "words": "x"}, {"id": 1, "words": "y"}])
    with read(engine) as connection:
        assert connection.execute(sa.select(table)).all() == []


def test_what_people_say_is_not_readable_in_the_file(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/a.sqlite")
    table = notes(KEYS)
    table.metadata.create_all(engine)
    with write(engine) as connection:
        connection.execute(table.insert(), {"words": "wandelen met Mieke", "more": {"أريد": [1, None]}})
    with read(engine) as connection:
        row = connection.execute(sa.select(table)).one()
    engine.dispose()
    assert (row.words, row.more) == ("wandelen met Mieke", {"أريد": [1, None]})
    assert all(b"Mieke" not in file.read_bytes() for file in tmp_path.iterdir())


@given(st.binary())
def test_every_value_opens_as_it_was_sealed(plain: bytes) -> None:
    seal = Seal(KEYS)
    assert seal.open(seal.close(plain)) == plain


def test_a_changed_value_or_another_secret_is_told() -> None:
    sealed = Seal(KEYS).close(b"words")
    with pytest.raises(SealBroken):
        Seal(KEYS).open(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(SealBroken):
        Seal(Keys((("k1", b"2" * 32),))).open(sealed)
    with pytest.raises(SealBroken):
        Seal(Keys((("k2", b"1" * 32),))).open(sealed)


def test_a_new_key_in_front_seals_and_the_old_one_still_opens() -> None:
    rotated = Keys((("k2", b"2" * 32), *KEYS.roots))
    assert Seal(rotated).open(Seal(KEYS).close(b"words")) == b"words"
    assert rotated.derive("service") != KEYS.derive("service")


def test_the_secret_file_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secret"
    first = Keys.load(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Keys.load(path) == first
    assert repr(first).find(first.roots[0][1].hex()) == -1


def test_a_damaged_secret_file_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("k1 abc\n")
    with pytest.raises(KeyFileError, match="damaged"):
        Keys.load(path)


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://u@h/d", "postgresql+nothing://u@h/d"])
def test_a_database_url_that_cannot_work_is_one_clear_line(url: str) -> None:
    with pytest.raises(DatabaseUrlError, match="VOOROP_DATABASE_URL"):
        create_engine(url)


def test_a_place_that_cannot_be_opened_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUrlError, match="cannot be opened"):
        check(create_engine(f"sqlite:///{tmp_path}/missing/a.sqlite"))
