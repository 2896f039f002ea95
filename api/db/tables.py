"""The care plan's tables.

A contribution and a goal are never overwritten: every write is a new row with a higher version. What people and
clinicians wrote is sealed; what is needed to find, order and count (areas of life, states, times) is not.
"""

from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, String, Table, UniqueConstraint

from api.db.following_tables import following_tables
from api.db.leaving_tables import leaving_tables
from api.db.types import UtcDateTime
from records.keys import Keys
from records.sealed import SealedJSON, SealedText

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Needed = partial(Column, nullable=False)


@dataclass(frozen=True)
class Tables:
    """Every table by its name."""

    metadata: MetaData
    practices: Table
    users: Table
    clinician_sessions: Table
    sign_in_attempts: Table
    visits: Table
    people: Table
    invitations: Table
    contributions: Table
    goals: Table
    goal_versions: Table
    flags: Table
    audit: Table
    audit_head: Table
    idempotency_keys: Table
    patients: Table
    team_members: Table
    tasks: Table
    task_versions: Table
    scalings: Table
    scores: Table
    notes: Table
    shares: Table
    outbox: Table
    recalls: Table
    tablets: Table


def build_tables(keys: Keys) -> Tables:
    """The tables, whose sealed columns open with `keys`."""
    metadata = MetaData(naming_convention=NAMES)
    return Tables(
        metadata=metadata,
        **_practice_tables(metadata, keys),
        **_visit_tables(metadata, keys),
        **_spoken_tables(metadata, keys),
        **_book_keeping_tables(metadata),
        **following_tables(metadata, keys),
        **leaving_tables(metadata, keys),
    )


def _practice_tables(metadata: MetaData, keys: Keys) -> dict[str, Table]:
    practices = Table(
        "practices",
        metadata,
        Column("id", String(32), primary_key=True),
        Needed("name", String(200)),
        Needed("timezone", String(64)),
        Column("zone", String(100)),  # the primary care zone, for reports
        Column("retention_days", Integer),  # None: the installation's own
        Needed("created_at", UtcDateTime),
    )
    users = Table(
        "users",
        metadata,
        Column("id", String(32), primary_key=True),
        Needed("practice", String(32), ForeignKey("practices.id")),
        Needed("login", String(200), unique=True),
        Needed("name", String(200)),
        Needed("language", String(35)),
        Needed("password_hash", String(300)),
        Needed("is_clinician", Boolean),
        Needed("is_administrator", Boolean),
        Column("closed_at", UtcDateTime),  # a user who left keeps their name on what they decided
        Column("totp_secret", SealedText(keys)),
        Column("totp_last_step", Integer),  # a code opens once
        Needed("created_at", UtcDateTime),
    )
    clinician_sessions = Table(
        "clinician_sessions",
        metadata,
        Column("token_hash", String(64), primary_key=True),
        Needed("user", String(32), ForeignKey("users.id", ondelete="CASCADE"), index=True),
        Needed("created_at", UtcDateTime),
        Needed("seen_at", UtcDateTime),
    )
    sign_in_attempts = Table(
        "sign_in_attempts",
        metadata,
        Column("id", Integer, primary_key=True),
        Needed("login_hash", String(64)),
        Needed("address_hash", String(64)),
        Needed("at", UtcDateTime, index=True),
    )
    return {
        "practices": practices,
        "users": users,
        "clinician_sessions": clinician_sessions,
        "sign_in_attempts": sign_in_attempts,
    }


def _visit_tables(metadata: MetaData, keys: Keys) -> dict[str, Table]:
    patients = Table(
        "patients",
        metadata,
        Column("id", String(32), primary_key=True),
        Needed("practice", String(32), ForeignKey("practices.id")),
        Column("name", SealedText(keys)),
        Column("reference", SealedText(keys)),  # the number in the practice's own record
        Column("reference_hash", String(64)),
        Needed("created_at", UtcDateTime),
        UniqueConstraint("practice", "reference_hash"),
    )
    visits = Table(
        "visits",
        metadata,
        Column("id", String(32), primary_key=True),
        Needed("practice", String(32), ForeignKey("practices.id")),
        Column("patient", String(32), ForeignKey("patients.id"), index=True),  # who comes again is the same patient
        Needed("at", UtcDateTime),
        Needed("state", String(16)),
        Needed("created_at", UtcDateTime),
        Column("read_at", UtcDateTime),
        Column("discussed_at", UtcDateTime),
        sa.Index("ix_visits_practice_at", "practice", "at"),
    )
    people = Table(
        "people",
        metadata,
        Needed("visit", String(32), ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True),
        Needed("role", String(16), primary_key=True),
        Column("name", SealedText(keys)),
        Needed("language", String(35)),
        Needed("state", String(16)),
        Needed("typed_by", String(16)),
        Column("minutes", Integer),
    )
    invitations = Table(
        "invitations",
        metadata,
        Column("id", String(32), primary_key=True),
        Needed("visit", String(32), ForeignKey("visits.id", ondelete="CASCADE"), index=True),
        Needed("role", String(16)),
        Needed("language", String(35)),
        Needed("token_hash", String(64), unique=True),
        Needed("code_hash", String(64), unique=True),
        Needed("expires_at", UtcDateTime),
        Needed("created_at", UtcDateTime),
        Column("revoked_at", UtcDateTime),
    )
    return {"patients": patients, "visits": visits, "people": people, "invitations": invitations}


def _spoken_tables(metadata: MetaData, keys: Keys) -> dict[str, Table]:
    contributions = Table(
        "contributions",
        metadata,
        Column("id", Integer, primary_key=True),
        Needed("visit", String(32), ForeignKey("visits.id", ondelete="CASCADE")),
        Needed("role", String(16)),
        Needed("version", Integer),
        Needed("state", String(16)),
        Needed("body", SealedJSON(keys)),
        Needed("created_at", UtcDateTime),
        UniqueConstraint("visit", "role", "version"),
    )
    goals = Table(
        "goals",
        metadata,
        Column("id", String(32), primary_key=True),
        Needed("visit", String(32), ForeignKey("visits.id", ondelete="CASCADE")),
        Needed("role", String(16)),
        Needed("key", String(64)),
        Needed("position", Integer),
        Needed("version", Integer),  # the newest of goal_versions
        UniqueConstraint("visit", "role", "key"),
    )
    goal_versions = Table(
        "goal_versions",
        metadata,
        Needed("goal", String(32), ForeignKey("goals.id", ondelete="CASCADE"), primary_key=True),
        Needed("version", Integer, primary_key=True, autoincrement=False),
        Needed("status", String(16)),
        Column("domain", String(32)),
        Needed("draft", SealedJSON(keys)),
        Column("wording", SealedText(keys)),
        Column("reason", SealedText(keys)),
        Column("meaning", SealedText(keys)),  # the words' sentence vector, base64 of float16, to compare two sides
        Column("decision", String(16)),
        Needed("author", String(64)),  # a role of the visit or the id of a user
        Needed("source", String(64)),  # the contribution's version, or the review
        Needed("created_at", UtcDateTime),
    )
    flags = Table(
        "flags",
        metadata,
        Column("id", String(32), primary_key=True),
        Needed("visit", String(32), ForeignKey("visits.id", ondelete="CASCADE"), index=True),
        Needed("role", String(16)),
        Needed("category", String(32)),
        Needed("words", SealedText(keys)),
        Needed("lang", String(35)),
        Column("rule", String(64)),
        Needed("at", UtcDateTime),
    )
    return {"contributions": contributions, "goals": goals, "goal_versions": goal_versions, "flags": flags}


def _book_keeping_tables(metadata: MetaData) -> dict[str, Table]:
    audit = Table(
        "audit",
        metadata,
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Needed("at", UtcDateTime),
        Needed("actor", String(64)),
        Column("practice", String(32), index=True),
        Needed("action", String(32)),
        Column("subject", String(64), index=True),
        Needed("key_id", String(16)),
        Needed("hash", String(64)),
    )
    audit_head = Table(
        "audit_head",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Needed("seq", Integer),
        Needed("hash", String(64)),
    )
    idempotency_keys = Table(
        "idempotency_keys",
        metadata,
        Column("key", String(200), primary_key=True),
        Needed("request_hash", String(64)),
        Needed("answer", sa.JSON),  # ids and versions only, never words
        Needed("created_at", UtcDateTime),
    )
    return {"audit": audit, "audit_head": audit_head, "idempotency_keys": idempotency_keys}
