"""The users of a practice, as its administrators arrange them. A user who leaves keeps their name on what they did."""

import base64
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import audit
from api.access import require
from api.context import Context
from api.second_factor import step_of_code
from careplan.errors import Invalid, NotFound
from careplan.people import Actor, Duty

ARRANGES_USERS = (Duty.ADMINISTRATOR,)
SECRET_BYTES = 20  # RFC 4226 section 4, requirement 6


@dataclass(frozen=True)
class User:
    """Somebody who can sign in, or could."""

    id: str
    login: str
    name: str
    language: str
    duties: frozenset[Duty]
    second_factor: bool
    closed: bool


def of_practice(context: Context, connection: Connection, actor: Actor) -> tuple[User, ...]:
    """By name; those who left last."""
    require(actor, ARRANGES_USERS)
    table = context.tables.users
    rows = connection.execute(
        sa.select(table)
        .where(table.c.practice == actor.practice)
        .order_by(table.c.closed_at.is_not(None), table.c.name, table.c.id)
    ).mappings()
    return tuple(_user(row) for row in rows)


def change_duties(context: Context, connection: Connection, actor: Actor, user: str, duties: Collection[Duty]) -> None:
    """Give the user these duties and no other.

    Raises:
        Invalid: none was named, or the practice would have no administrator left (`last_administrator`).
    """
    row = _load(context, connection, actor, user)
    if not duties or Duty.SERVICE in duties:
        raise Invalid("missing", field="duties")
    if Duty.ADMINISTRATOR not in duties:
        _check_another_administrator(context, connection, actor, user)
    _update(
        context,
        connection,
        row,
        is_clinician=Duty.CLINICIAN in duties,
        is_administrator=Duty.ADMINISTRATOR in duties,
    )
    audit.record(context, connection, actor.id, "change_duties", user, actor.practice)


def set_password(context: Context, connection: Connection, actor: Actor, user: str, password_hash: str) -> None:
    """A new password; whoever was signed in with the old one no longer is, and a lost second factor is gone."""
    row = _load(context, connection, actor, user)
    _update(context, connection, row, password_hash=password_hash, totp_secret=None, totp_last_step=None)
    _end_sessions(context, connection, user)
    audit.record(context, connection, actor.id, "set_password", user, actor.practice)


def close(context: Context, connection: Connection, actor: Actor, user: str) -> None:
    """The user has left: they are signed out at once and cannot sign in again.

    Raises:
        Invalid: `last_administrator`.
    """
    row = _load(context, connection, actor, user)
    _check_another_administrator(context, connection, actor, user)
    _update(context, connection, row, closed_at=context.now())
    _end_sessions(context, connection, user)
    audit.record(context, connection, actor.id, "close_user", user, actor.practice)


def reopen(context: Context, connection: Connection, actor: Actor, user: str) -> None:
    """The user is back."""
    row = _load(context, connection, actor, user)
    _update(context, connection, row, closed_at=None)
    audit.record(context, connection, actor.id, "reopen_user", user, actor.practice)


def new_secret() -> str:
    """A secret for an app that makes codes, in base32."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def set_second_factor(context: Context, connection: Connection, actor: Actor, secret: str, code: str) -> None:
    """From now on the actor signs in with a code too; `code` proves that their app has the secret.

    Raises:
        Invalid: the secret is none of ours, or the code is not of it.
    """
    try:
        usable = len(base64.b32decode(secret)) == SECRET_BYTES
    except ValueError:
        usable = False
    step = step_of_code(secret, code, context.now()) if usable else None
    if step is None:
        raise Invalid("wrong_code", field="code")
    users = context.tables.users
    connection.execute(users.update().where(users.c.id == actor.id).values(totp_secret=secret, totp_last_step=step))
    audit.record(context, connection, actor.id, "set_second_factor", actor.id, actor.practice)


def _load(context: Context, connection: Connection, actor: Actor, user: str) -> RowMapping:
    require(actor, ARRANGES_USERS)
    table = context.tables.users
    row = (
        connection.execute(sa.select(table).where(table.c.id == user, table.c.practice == actor.practice))
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound
    return row


def _update(context: Context, connection: Connection, row: RowMapping, **values: Any) -> None:
    table = context.tables.users
    connection.execute(table.update().where(table.c.id == row["id"]).values(**values))


def _end_sessions(context: Context, connection: Connection, user: str) -> None:
    sessions = context.tables.clinician_sessions
    connection.execute(sessions.delete().where(sessions.c.user == user))


def _check_another_administrator(context: Context, connection: Connection, actor: Actor, user: str) -> None:
    table = context.tables.users
    others = sa.select(table.c.id).where(
        table.c.practice == actor.practice,
        table.c.is_administrator,
        table.c.closed_at.is_(None),
        table.c.id != user,
    )
    if connection.execute(others).first() is None:
        raise Invalid("last_administrator", field="duties")


def _user(row: RowMapping) -> User:
    has = {Duty.CLINICIAN: row["is_clinician"], Duty.ADMINISTRATOR: row["is_administrator"]}
    return User(
        id=row["id"],
        login=row["login"],
        name=row["name"],
        language=row["language"],
        duties=frozenset(duty for duty, held in has.items() if held),
        second_factor=row["totp_secret"] is not None,
        closed=row["closed_at"] is not None,
    )
