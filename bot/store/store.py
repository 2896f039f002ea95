"""Reads and writes conversations. Every method is one transaction; all of them block, so call them from a thread."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.store.errors import Conflict, StoreUnavailable
from bot.store.model import Conversation, OfferedChoice, ShownMessage, StoredReply, TurnRecord
from bot.store.tables import build_tables
from records.database import read, write
from records.errors import SealBroken
from records.keys import Keys
from records.locks import SharedLocks
from records.migrations import Migrations

MIGRATIONS = Migrations(Path(__file__).parent / "migrations", "chat_migrations")


class ConversationStore:
    """The conversations of one database. Raises StoreUnavailable from any method when the database cannot be used."""

    def __init__(self, engine: Engine, keys: Keys) -> None:
        self._engine = engine
        self._tables = build_tables(keys)
        self._locks = SharedLocks(engine)
        # the oldest root: a message sent again must have the same digest after a key was added
        self._digest_key = keys.derive("digest of a chat message", keys.roots[-1][0])

    def migrate(self) -> None:
        """Bring the tables to the newest migration."""
        MIGRATIONS.upgrade(self._engine)

    def digest(self, content: str) -> bytes:
        """A keyed digest: short answers could be guessed from a plain one."""
        return hmac.digest(self._digest_key, content.encode(), "sha256")

    @property
    def is_shared(self) -> bool:
        """Whether other processes may serve these conversations too."""
        return self._locks.needed

    def take_lock(self, name: str) -> bool:
        """Whether no other process holds this name; then it is ours until `release_lock` or the end of this process."""
        with _plain_errors():
            return self._locks.take(name)

    def release_lock(self, name: str) -> None:
        with _plain_errors():
            self._locks.release(name)

    def load(self, conversation: str) -> Conversation | None:
        return self._load(self._tables.conversations.c.id == conversation)

    def load_of_invitation(self, invitation: str) -> Conversation | None:
        return self._load(self._tables.conversations.c.invitation == invitation)

    def messages(self, conversation: str) -> tuple[ShownMessage, ...]:
        """Everything said so far, in order."""
        table = self._tables.messages
        query = sa.select(table).where(table.c.conversation == conversation).order_by(table.c.seq)
        with self._reading() as connection:
            return tuple(_message(row) for row in connection.execute(query))

    def open_choices(self, conversation: str) -> tuple[OfferedChoice, ...]:
        """The choices one can make now, in the order they are shown."""
        table = self._tables.choices
        query = sa.select(table).where(table.c.conversation == conversation, table.c.open)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(table.c.seq, table.c.position))
            return tuple(_choice(row) for row in rows)

    def find_choices(self, conversation: str, ids: Iterable[str]) -> dict[str, OfferedChoice]:
        """Those of `ids` that this conversation offered, open or not."""
        table = self._tables.choices
        query = sa.select(table).where(table.c.id.in_(list(ids)), table.c.conversation == conversation)
        with self._reading() as connection:
            return {row.id: _choice(row) for row in connection.execute(query)}

    def find_reply(self, conversation: str, message_id: str) -> StoredReply | None:
        """What was answered to a message id, if it was ever answered."""
        table = self._tables.replies
        query = sa.select(table).where(table.c.conversation == conversation, table.c.message_id == message_id)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else StoredReply(row.message_id, row.digest, row.body)

    def commit_turn(self, turn: TurnRecord) -> None:
        """Write a whole turn in one transaction.

        Raises:
            Conflict: another turn was committed since the version this one was computed from.
        """
        with self._writing() as connection:
            self._write_head(connection, turn)
            if turn.forget_before:
                self._forget(connection, turn.conversation.id)
            self._write_events(connection, turn)
            self._write_messages(connection, turn)
            self._write_choices(connection, turn)
            if turn.reply is not None:
                values = {
                    "conversation": turn.conversation.id,
                    "message_id": turn.reply.message_id,
                    "digest": turn.reply.digest,
                    "body": turn.reply.body,
                    "created": turn.created,
                }
                connection.execute(sa.insert(self._tables.replies), values)

    def delete_everything(self, conversation: str) -> None:
        """Forget a conversation: every row of it, its sessions too."""
        table = self._tables.conversations
        with self._writing() as connection:
            connection.execute(sa.delete(table).where(table.c.id == conversation))

    def count_of_visits(self, visits: Iterable[str]) -> int:
        """How many conversations these visits have."""
        table = self._tables.conversations
        with self._reading() as connection:
            number = sa.select(sa.func.count()).where(table.c.visit.in_(list(visits)))
            return connection.scalar(number) or 0

    def delete_of_visits(self, visits: Iterable[str]) -> int:
        """Forget every conversation of these visits; how many there were."""
        table = self._tables.conversations
        with self._writing() as connection:
            return connection.execute(sa.delete(table).where(table.c.visit.in_(list(visits)))).rowcount

    def check_seal(self) -> None:
        """Raises StoreUnavailable when what is stored does not open with the keys at hand."""
        with self._reading() as connection:
            connection.execute(sa.select(self._tables.conversations.c.snapshot).limit(1)).all()

    def start_session(self, token: str, conversation: str, expires: datetime, now: datetime) -> None:
        """Let whoever holds `token` into the conversation until `expires`. Only a hash of the token is kept."""
        table = self._tables.sessions
        values = {"token_hash": _hash(token), "conversation": conversation, "expires": expires}
        with self._writing() as connection:
            connection.execute(sa.delete(table).where(table.c.expires <= now))
            connection.execute(sa.insert(table), values)

    def end_session(self, token: str) -> None:
        """`token` opens nothing any more; one that has ended already is no error."""
        table = self._tables.sessions
        with self._writing() as connection:
            connection.execute(sa.delete(table).where(table.c.token_hash == _hash(token)))

    def find_session(self, token: str, now: datetime) -> str | None:
        """The conversation that `token` opens at the moment `now`."""
        table = self._tables.sessions
        query = sa.select(table.c.conversation).where(table.c.token_hash == _hash(token), table.c.expires > now)
        with self._reading() as connection:
            found: str | None = connection.execute(query).scalar_one_or_none()
            return found

    def _load(self, condition: sa.ColumnElement[bool]) -> Conversation | None:
        with self._reading() as connection:
            row = connection.execute(sa.select(self._tables.conversations).where(condition)).one_or_none()
        return None if row is None else _conversation(row)

    def _forget(self, connection: Connection, conversation: str) -> None:
        tables = self._tables
        for table in (tables.events, tables.messages, tables.choices, tables.replies):
            connection.execute(sa.delete(table).where(table.c.conversation == conversation))

    def _write_head(self, connection: Connection, turn: TurnRecord) -> None:
        table = self._tables.conversations
        values: dict[str, Any] = {
            "language": turn.language,
            "state": turn.state,
            "question": turn.question,
            "done": turn.done,
            "of": turn.of,
            "snapshot": turn.snapshot,
            "version": turn.version + 1,
            "last_event": turn.last_event + len(turn.events),
            "changed": turn.created,
        }
        if turn.messages:
            values["last_message"] = turn.messages[-1].seq
        new = turn.conversation
        if turn.version == 0:
            values |= {"id": new.id, "invitation": new.invitation, "visit": new.visit, "role": new.role}
            connection.execute(sa.insert(table), {"last_message": 0, "created": turn.created} | values)
            return
        standing = sa.update(table).where(table.c.id == new.id, table.c.version == turn.version)
        if connection.execute(standing.values(values)).rowcount != 1:
            raise Conflict("another turn of this conversation was committed first")

    def _write_events(self, connection: Connection, turn: TurnRecord) -> None:
        rows = [
            {
                "conversation": turn.conversation.id,
                "seq": seq,
                "type": str(event.get("event", "")),
                "data": event,
                "created": turn.created,
            }
            for seq, event in enumerate(turn.events, turn.last_event + 1)
        ]
        if rows:
            connection.execute(sa.insert(self._tables.events), rows)

    def _write_messages(self, connection: Connection, turn: TurnRecord) -> None:
        rows = [
            {
                "conversation": turn.conversation.id,
                "seq": message.seq,
                "sender": message.sender,
                "key": message.key,
                "kind": message.kind,
                "content": message.content,
                "message_id": message.message_id,
                "created": message.created,
            }
            for message in turn.messages
        ]
        if rows:
            connection.execute(sa.insert(self._tables.messages), rows)

    def _write_choices(self, connection: Connection, turn: TurnRecord) -> None:
        table = self._tables.choices
        if not turn.keep_choices:
            asked_before = sa.and_(table.c.conversation == turn.conversation.id, table.c.open, ~table.c.lasting)
            connection.execute(sa.update(table).where(asked_before).values(open=False))
        rows = [
            {
                "id": choice.id,
                "conversation": turn.conversation.id,
                "seq": choice.seq,
                "position": choice.position,
                "offer": {
                    "label": choice.label,
                    "values": choice.label_values,
                    "payload": choice.payload,
                    "value": choice.value,
                },
                "lasting": choice.lasting,
                "open": choice.open,
            }
            for choice in turn.choices
        ]
        if rows:
            connection.execute(sa.insert(table), rows)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _plain_errors(), read(self._engine) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _plain_errors(), write(self._engine) as connection:
            yield connection


@contextmanager
def _plain_errors() -> Iterator[None]:
    # "from None": the database's own message repeats the values of the row
    try:
        yield
    except IntegrityError:
        raise Conflict("the same row was written by another turn") from None
    except DBAPIError as error:
        raise StoreUnavailable(f"the database does not answer: {type(error.orig).__name__}") from None
    except PoolTimeout:
        raise StoreUnavailable("all connections to the database are busy") from None
    except SealBroken as error:
        raise StoreUnavailable(str(error)) from None


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def _conversation(row: Row[Any]) -> Conversation:
    return Conversation(
        id=row.id,
        invitation=row.invitation,
        visit=row.visit,
        role=row.role,
        language=row.language,
        state=row.state,
        question=row.question,
        done=row.done,
        of=row.of,
        snapshot=row.snapshot,
        version=row.version,
        last_event=row.last_event,
        last_message=row.last_message,
    )


def _message(row: Row[Any]) -> ShownMessage:
    return ShownMessage(
        seq=row.seq,
        sender=row.sender,
        key=row.key,
        kind=row.kind,
        content=row.content,
        created=row.created,
        message_id=row.message_id,
    )


def _choice(row: Row[Any]) -> OfferedChoice:
    return OfferedChoice(
        id=row.id,
        seq=row.seq,
        position=row.position,
        label=row.offer["label"],
        label_values=row.offer["values"],
        payload=row.offer["payload"],
        value=row.offer["value"],
        lasting=row.lasting,
        open=row.open,
    )
