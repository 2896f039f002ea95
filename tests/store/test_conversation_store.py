"""The conversation store: a turn is there whole or not at all, and only its own conversation is touched."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.store import (
    Conflict,
    ConversationStore,
    NewConversation,
    OfferedChoice,
    ShownMessage,
    StoredReply,
    StoreUnavailable,
    TurnRecord,
)
from bot.store.tables import build_tables
from records.database import create_engine, write
from records.keys import Keys

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.postgresql_every_day
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    made = create_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys.load(tmp_path / "secret")


@pytest.fixture
def store(engine: sa.Engine, keys: Keys) -> ConversationStore:
    made = ConversationStore(engine, keys)
    made.migrate()
    return made


def turn(number: int, *, conversation: str = "c1", keep_choices: bool = False) -> TurnRecord:
    """The `number`-th turn of a conversation: a message, a choice and a reply of that number."""
    return TurnRecord(
        conversation=NewConversation(conversation, f"invitation of {conversation}", "v1", "patient"),
        version=number - 1,
        language="nl",
        state="open",
        question=f"question_{number}",
        done=number,
        of=8,
        snapshot={"at": number},
        events=({"event": "user", "text": f"words {number}"}, {"event": "action", "name": "action_listen"}),
        messages=(ShownMessage(number, "person", "welcome", "text", {"text": f"words {number}"}, NOW, f"m{number}"),),
        choices=(OfferedChoice(f"{conversation}-{number}", number, 0, "Yes", {}, "/affirm", "affirm"),),
        last_event=2 * (number - 1),
        created=NOW,
        reply=StoredReply(f"m{number}", b"digest", {"question": number}),
        keep_choices=keep_choices,
    )


def test_the_migrated_tables_are_the_tables_of_the_code(
    engine: sa.Engine, keys: Keys, store: ConversationStore
) -> None:
    with write(engine) as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "chat_migrations"})
        assert compare_metadata(context, build_tables(keys).metadata) == []
    store.migrate()


def test_a_turn_is_read_back_as_it_was_written(store: ConversationStore) -> None:
    store.commit_turn(turn(1))
    store.commit_turn(turn(2))
    standing = store.load("c1")
    assert standing is not None
    assert (standing.version, standing.question, standing.done) == (2, "question_2", 2)
    assert (standing.last_event, standing.last_message, standing.snapshot) == (4, 2, {"at": 2})
    assert store.load_of_invitation("invitation of c1") == standing
    assert store.messages("c1") == turn(1).messages + turn(2).messages
    assert store.find_reply("c1", "m1") == turn(1).reply
    assert store.find_reply("c1", "m3") is None


def test_choices_close_when_the_next_question_is_asked_but_lasting_ones_stay(store: ConversationStore) -> None:
    lasting = OfferedChoice("change", 1, 0, "Change", {}, "/change_answer", "change:m1", lasting=True)
    first = turn(1)
    store.commit_turn(replace(first, choices=(*first.choices, lasting)))
    store.commit_turn(turn(2))
    assert {choice.id for choice in store.open_choices("c1")} == {"change", "c1-2"}
    assert store.find_choices("c1", ["c1-1"])["c1-1"].open is False
    store.commit_turn(turn(3, keep_choices=True))
    assert {choice.id for choice in store.open_choices("c1")} == {"change", "c1-2", "c1-3"}


def test_choices_of_another_conversation_are_not_found(store: ConversationStore) -> None:
    store.commit_turn(turn(1))
    store.commit_turn(turn(1, conversation="c2"))
    assert set(store.find_choices("c2", ["c1-1", "c2-1"])) == {"c2-1"}


def test_of_two_turns_from_one_version_the_second_changes_nothing(store: ConversationStore) -> None:
    store.commit_turn(turn(1))
    store.commit_turn(turn(2))
    late = replace(turn(2), question="late", messages=(), choices=(), reply=None)
    with pytest.raises(Conflict):
        store.commit_turn(late)
    standing = store.load("c1")
    assert standing is not None
    assert standing.question == "question_2"


def test_a_turn_that_breaks_in_the_middle_leaves_nothing(store: ConversationStore) -> None:
    store.commit_turn(turn(1))
    used_id = replace(turn(2), reply=StoredReply("m1", b"", {}))
    with pytest.raises(Conflict):
        store.commit_turn(used_id)
    standing = store.load("c1")
    assert standing is not None
    assert (standing.version, len(store.messages("c1"))) == (1, 1)


def test_an_invitation_has_one_conversation(store: ConversationStore) -> None:
    store.commit_turn(turn(1))
    second = replace(turn(1), conversation=NewConversation("c2", "invitation of c1", "v1", "patient"))
    with pytest.raises(Conflict):
        store.commit_turn(second)


def test_deleting_leaves_no_row_and_no_other_conversation_is_touched(
    engine: sa.Engine, keys: Keys, store: ConversationStore
) -> None:
    for conversation in ("c1", "c2"):
        store.commit_turn(turn(1, conversation=conversation))
        store.start_session(f"token of {conversation}", conversation, NOW + timedelta(days=1), NOW)
    store.delete_everything("c1")
    assert store.load("c1") is None
    assert store.find_session("token of c1", NOW) is None
    assert store.find_session("token of c2", NOW) == "c2"
    with engine.connect() as connection:
        for table in build_tables(keys).metadata.sorted_tables:
            left = connection.execute(sa.select(table)).mappings().all()
            assert {row.get("conversation", "c2") for row in left} == {"c2"}


def test_a_session_is_found_by_its_token_until_it_expires_and_only_its_hash_is_kept(
    engine: sa.Engine, store: ConversationStore
) -> None:
    store.commit_turn(turn(1))
    store.start_session("secret token", "c1", NOW + timedelta(hours=1), NOW)
    assert store.find_session("secret token", NOW) == "c1"
    assert store.find_session("secret token", NOW + timedelta(hours=1)) is None
    assert store.find_session("another", NOW) is None
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT token_hash FROM chat_sessions").scalars().all()
    assert b"secret token" not in rows[0]
    store.start_session("later", "c1", NOW + timedelta(days=2), NOW + timedelta(days=1))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM chat_sessions").scalar_one() == 1


def test_what_was_said_is_sealed_and_the_seal_is_checked(
    engine: sa.Engine, store: ConversationStore, tmp_path: Path
) -> None:
    store.commit_turn(turn(1))
    with engine.connect() as connection:
        for column in ("chat_events.data", "chat_messages.content", "chat_replies.body", "chat_choices.offer"):
            table, _, name = column.partition(".")
            stored = connection.execute(sa.select(sa.column(name)).select_from(sa.table(table))).scalars().first()
            assert isinstance(stored, bytes)
            assert b"words" not in stored
    stranger = ConversationStore(engine, Keys.load(tmp_path / "another secret"))
    with pytest.raises(StoreUnavailable):
        stranger.load("c1")


def test_the_digest_of_an_answer_depends_on_the_installation(store: ConversationStore, tmp_path: Path) -> None:
    other = ConversationStore(sa.create_engine("sqlite://"), Keys.load(tmp_path / "another secret"))
    assert store.digest("yes") == store.digest("yes") != store.digest("no")
    assert store.digest("yes") != other.digest("yes")


def test_a_database_without_tables_is_unavailable_not_a_crash(engine: sa.Engine, keys: Keys) -> None:
    with pytest.raises(StoreUnavailable) as told:
        ConversationStore(engine, keys).commit_turn(turn(1))
    assert "words" not in str(told.value)
    assert told.value.__cause__ is None


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_conversation_store import ConversationStore, Keys, create_engine, turn
folder = Path({folder!r})
store = ConversationStore(create_engine({url!r}), Keys.load(folder / "secret"))
standing = store.load("c1")
number = standing.version if standing else 0
while True:
    number += 1
    store.commit_turn(turn(number))
    print(number, flush=True)
"""


def test_a_killed_writer_loses_nothing_acknowledged_and_leaves_no_half_turn(
    store: ConversationStore, database_url: str, tmp_path: Path
) -> None:
    script = WRITER.format(tests=str(Path(__file__).parent), folder=str(tmp_path), url=database_url)
    for round_ in range(3):
        with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
            assert writer.stdout is not None
            acknowledged = [int(writer.stdout.readline()) for _ in range(5 + 7 * round_)]
            os.kill(writer.pid, signal.SIGKILL)
            acknowledged += [int(line) for line in writer.stdout.read().splitlines() if line]
        standing = store.load("c1")
        assert standing is not None
        assert standing.version - acknowledged[-1] in (0, 1)
        assert standing.snapshot == {"at": standing.version}
        assert [message.seq for message in store.messages("c1")] == list(range(1, standing.version + 1))
        assert store.find_reply("c1", f"m{standing.version}") is not None
