"""The tables of the conversations. Sealed columns need the installation's keys, so the tables are built with them."""

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from records.keys import Keys
from records.sealed import SealedJSON

ID = sa.String(64)
WORD = sa.String(32)


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as UTC; SQLite would lose the zone."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Tables:
    """The tables, bound to one set of keys."""

    metadata: sa.MetaData
    conversations: sa.Table
    events: sa.Table
    messages: sa.Table
    choices: sa.Table
    replies: sa.Table
    sessions: sa.Table


def build_tables(keys: Keys) -> Tables:
    """The tables with the columns for people's words sealed by `keys`."""
    metadata = sa.MetaData()
    return Tables(
        metadata,
        conversations=_conversations(metadata, keys),
        events=_events(metadata, keys),
        messages=_messages(metadata, keys),
        choices=_choices(metadata, keys),
        replies=_replies(metadata, keys),
        sessions=_sessions(metadata),
    )


def _conversations(metadata: sa.MetaData, keys: Keys) -> sa.Table:
    return sa.Table(
        "chat_conversations",
        metadata,
        sa.Column("id", ID, primary_key=True),
        sa.Column("invitation", ID, nullable=False, unique=True),
        sa.Column("visit", ID, nullable=False, index=True),
        sa.Column("role", WORD, nullable=False),
        sa.Column("language", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("question", ID),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("of", sa.Integer, nullable=False),
        sa.Column("snapshot", SealedJSON(keys), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("last_event", sa.Integer, nullable=False),
        sa.Column("last_message", sa.Integer, nullable=False),
        sa.Column("created", Moment, nullable=False),
        sa.Column("changed", Moment, nullable=False),
    )


def _of_conversation() -> sa.Column[str]:
    foreign = sa.ForeignKey("chat_conversations.id", ondelete="CASCADE")
    return sa.Column("conversation", ID, foreign, nullable=False)


def _events(metadata: sa.MetaData, keys: Keys) -> sa.Table:
    return sa.Table(
        "chat_events",
        metadata,
        _of_conversation(),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("type", ID, nullable=False),
        sa.Column("data", SealedJSON(keys), nullable=False),
        sa.Column("created", Moment, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "seq"),
    )


def _messages(metadata: sa.MetaData, keys: Keys) -> sa.Table:
    return sa.Table(
        "chat_messages",
        metadata,
        _of_conversation(),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("sender", WORD, nullable=False),
        sa.Column("key", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("content", SealedJSON(keys), nullable=False),
        sa.Column("message_id", ID),
        sa.Column("created", Moment, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "seq"),
    )


def _choices(metadata: sa.MetaData, keys: Keys) -> sa.Table:
    return sa.Table(
        "chat_choices",
        metadata,
        sa.Column("id", ID, primary_key=True),
        _of_conversation(),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("offer", SealedJSON(keys), nullable=False),  # label, its values, payload, value
        sa.Column("lasting", sa.Boolean, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Index("chat_choices_open", "conversation", "open"),
    )


def _replies(metadata: sa.MetaData, keys: Keys) -> sa.Table:
    return sa.Table(
        "chat_replies",
        metadata,
        _of_conversation(),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("body", SealedJSON(keys), nullable=False),
        sa.Column("created", Moment, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "message_id"),
    )


def _sessions(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "chat_sessions",
        metadata,
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        _of_conversation(),
        sa.Column("expires", Moment, nullable=False),
        sa.Index("chat_sessions_conversation", "conversation"),
        sa.Index("chat_sessions_expires", "expires"),
    )
