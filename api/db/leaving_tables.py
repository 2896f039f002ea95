"""Tables of what leaves the practice (links for another organisation, outbox, recalls), and of the tablets."""

from functools import partial

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, UniqueConstraint

from api.db.types import UtcDateTime
from records.keys import Keys
from records.sealed import SealedJSON, SealedText

Needed = partial(Column, nullable=False)


def leaving_tables(metadata: MetaData, keys: Keys) -> dict[str, Table]:
    """By name; part of `api.db.tables.Tables`."""
    shares = Table(
        "shares",
        metadata,
        Column("id", String(32), primary_key=True),
        Needed("visit", String(32), ForeignKey("visits.id", ondelete="CASCADE"), index=True),
        Needed("organisation", SealedText(keys)),
        Needed("goals", sa.JSON),  # ids
        Needed("consent", SealedJSON(keys)),  # by whom, how, when, as the practice recorded it
        Needed("token_hash", String(64), unique=True),
        Needed("expires_at", UtcDateTime),
        Needed("author", String(64)),
        Needed("created_at", UtcDateTime),
        Column("revoked_at", UtcDateTime),
    )
    outbox = Table(
        "outbox",
        metadata,
        Column("id", Integer, primary_key=True),
        Needed("visit", String(32), ForeignKey("visits.id", ondelete="CASCADE")),
        Needed("goal", String(32), ForeignKey("goals.id", ondelete="CASCADE")),
        Needed("version", Integer),
        Needed("state", String(16)),  # waiting, sent or refused
        Needed("attempts", Integer),
        Needed("next_at", UtcDateTime),
        Column("problem", String(64)),  # a code, never a body
        Column("answer", sa.JSON),  # locations and ETags that the receiver gave
        Column("records", sa.JSON),  # as `Type/id`: what may have arrived, written down before it left
        Needed("created_at", UtcDateTime),
        Column("sent_at", UtcDateTime),
        UniqueConstraint("goal", "version"),
        sa.Index("ix_outbox_state_next_at", "state", "next_at"),
        sa.Index("ix_outbox_visit", "visit"),
    )
    recalls = Table(
        "recalls",
        metadata,
        Column("id", Integer, primary_key=True),
        Needed("practice", String(32), ForeignKey("practices.id")),
        Needed("visit", String(32), index=True),  # it may be gone, so no key refers to it
        Needed("patient", String(32)),  # and so may this one
        Needed("records", sa.JSON),  # as `Type/id`: what the receiver is to let go of
        Column("standing", sa.JSON),  # those of them that it was told anew instead, without what was erased
        Needed("state", String(16)),  # as in the outbox
        Needed("attempts", Integer),
        Needed("next_at", UtcDateTime),
        Column("problem", String(64)),
        Needed("created_at", UtcDateTime),
        Column("told_at", UtcDateTime),
        sa.Index("ix_recalls_state_next_at", "state", "next_at"),
    )
    tablets = Table(
        "tablets",
        metadata,
        Column("id", String(32), primary_key=True),
        Needed("practice", String(32), ForeignKey("practices.id")),
        Needed("name", String(200)),
        Needed("token_hash", String(64), unique=True),
        Needed("author", String(64)),
        Needed("created_at", UtcDateTime),
        Column("seen_at", UtcDateTime),
        Column("revoked_at", UtcDateTime),
    )
    return {"shares": shares, "outbox": outbox, "recalls": recalls, "tablets": tablets}
