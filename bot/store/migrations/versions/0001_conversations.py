"""The first tables of the conversations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.String(64)
WORD = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "chat_conversations",
        sa.Column("id", ID, primary_key=True),
        sa.Column("invitation", ID, nullable=False, unique=True),
        sa.Column("visit", ID, nullable=False, index=True),
        sa.Column("role", WORD, nullable=False),
        sa.Column("language", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("question", ID),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("of", sa.Integer, nullable=False),
        sa.Column("snapshot", sa.LargeBinary, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("last_event", sa.Integer, nullable=False),
        sa.Column("last_message", sa.Integer, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
    )
    _events_and_messages()
    _choices_and_replies()
    op.create_table(
        "chat_sessions",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        _of_conversation(),
        sa.Column("expires", sa.DateTime, nullable=False),
        sa.Index("chat_sessions_conversation", "conversation"),
        sa.Index("chat_sessions_expires", "expires"),
    )


def downgrade() -> None:
    for table in ("sessions", "replies", "choices", "messages", "events", "conversations"):
        op.drop_table(f"chat_{table}")


def _of_conversation() -> sa.Column[str]:
    return sa.Column("conversation", ID, sa.ForeignKey("chat_conversations.id", ondelete="CASCADE"), nullable=False)


def _events_and_messages() -> None:
    op.create_table(
        "chat_events",
        _of_conversation(),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("type", ID, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "seq"),
    )
    op.create_table(
        "chat_messages",
        _of_conversation(),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("sender", WORD, nullable=False),
        sa.Column("key", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("message_id", ID),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "seq"),
    )


def _choices_and_replies() -> None:
    op.create_table(
        "chat_choices",
        sa.Column("id", ID, primary_key=True),
        _of_conversation(),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("offer", sa.LargeBinary, nullable=False),
        sa.Column("lasting", sa.Boolean, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Index("chat_choices_open", "conversation", "open"),
    )
    op.create_table(
        "chat_replies",
        _of_conversation(),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "message_id"),
    )
