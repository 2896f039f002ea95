"""Signing in and out: passwords, an optional second factor, sessions that the server can end.

A session ends after 15 minutes without use or 12 hours (trust-and-ux A9). Wrong logins are counted per login and
address first, so that nobody else can lock a clinician out, then per address and per login in all.
"""

import secrets
from datetime import timedelta
from functools import cache

import sqlalchemy as sa
from pwdlib import PasswordHash
from sqlalchemy.engine import Connection, RowMapping

from api import audit
from api.context import Context, sha256
from api.second_factor import step_of_code
from careplan.errors import NotSignedIn, TooManyAttempts
from careplan.people import Actor, Duty

IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # not every page view needs a durable write
WINDOW = timedelta(minutes=15)
MOST_FAILURES = 5
MOST_FAILURES_OF_ADDRESS = 30
MOST_FAILURES_OF_LOGIN = 50
LONGEST_PASSWORD = 1_000
LABEL = "sign-in attempts"


@cache
def _nobodys_hash(passwords: PasswordHash) -> str:
    """An unknown login takes as long as a known one."""
    return passwords.hash(secrets.token_urlsafe(16))


def check_attempts(context: Context, connection: Connection, login: str, address: str) -> None:
    """Raises TooManyAttempts when this login or address failed too often in the last quarter of an hour."""
    attempts = context.tables.sign_in_attempts
    same_login = attempts.c.login_hash == context.keyed_hash(LABEL, login)
    same_address = attempts.c.address_hash == context.keyed_hash(LABEL, address)
    recent = attempts.c.at > context.now() - WINDOW
    for most, which in (
        (MOST_FAILURES, same_login & same_address),
        (MOST_FAILURES_OF_ADDRESS, same_address),
        (MOST_FAILURES_OF_LOGIN, same_login),
    ):
        if (connection.scalar(sa.select(sa.func.count()).where(recent, which)) or 0) >= most:
            raise TooManyAttempts(int(WINDOW.total_seconds()))


def add_failure(context: Context, connection: Connection, login: str, address: str) -> None:
    """Remember a wrong login, as hashes, and forget those that no longer count."""
    attempts = context.tables.sign_in_attempts
    now = context.now()
    connection.execute(attempts.delete().where(attempts.c.at <= now - WINDOW))
    connection.execute(
        attempts.insert().values(
            login_hash=context.keyed_hash(LABEL, login),
            address_hash=context.keyed_hash(LABEL, address),
            at=now,
        )
    )


def find_user(context: Context, connection: Connection, login: str) -> RowMapping | None:
    users = context.tables.users
    return connection.execute(sa.select(users).where(users.c.login == login)).mappings().one_or_none()


def password_fits(context: Context, user: RowMapping | None, password: str) -> bool:
    """Whether the password is the user's; slow on purpose, so call it outside a transaction."""
    stored = user["password_hash"] if user else _nobodys_hash(context.passwords)
    fits = len(password) <= LONGEST_PASSWORD and context.passwords.verify(password, stored)
    return fits and user is not None


def use_second_factor(context: Context, connection: Connection, user: RowMapping, code: str | None) -> None:
    """Take the code of the second factor, once.

    Raises:
        NotSignedIn: the user has a second factor and the code is missing, wrong or used before.
    """
    if user["totp_secret"] is None:
        return
    if not code:
        raise NotSignedIn("second_factor_needed", field="code")
    step = step_of_code(user["totp_secret"], code, context.now())
    if step is None:
        raise NotSignedIn("wrong_login")
    users = context.tables.users
    unused = users.c.totp_last_step.is_(None) | (users.c.totp_last_step < step)
    mine = users.update().where(users.c.id == user["id"], unused)
    if connection.execute(mine.values(totp_last_step=step)).rowcount != 1:
        raise NotSignedIn("wrong_login")


def open_session(context: Context, connection: Connection, user: RowMapping) -> str:
    """A new session's token, 256 bits, kept hashed. Raises NotSignedIn when the user has left the practice."""
    if user["closed_at"] is not None:
        raise NotSignedIn("wrong_login")
    sessions = context.tables.clinician_sessions
    token, now = secrets.token_urlsafe(32), context.now()
    connection.execute(sessions.delete().where(sessions.c.created_at <= now - ABSOLUTE))
    connection.execute(sessions.insert().values(token_hash=sha256(token), user=user["id"], created_at=now, seen_at=now))
    audit.record(context, connection, user["id"], "sign_in", None, user["practice"])
    return token


def find_session(context: Context, connection: Connection, token: str) -> tuple[Actor, bool]:
    """The signed-in actor, and whether the session should be marked as seen.

    Raises:
        NotSignedIn: no such session, or it has ended.
    """
    sessions, users = context.tables.clinician_sessions, context.tables.users
    now = context.now()
    row = connection.execute(
        sa.select(users, sessions.c.seen_at)
        .join(sessions, sessions.c.user == users.c.id)
        .where(
            sessions.c.token_hash == sha256(token),
            sessions.c.seen_at > now - IDLE,
            sessions.c.created_at > now - ABSOLUTE,
        )
    ).one_or_none()
    if row is None:
        raise NotSignedIn
    duties = {Duty.CLINICIAN: row.is_clinician, Duty.ADMINISTRATOR: row.is_administrator}
    actor = Actor(
        id=row.id,
        duties=frozenset(duty for duty, has in duties.items() if has),
        practice=row.practice,
        name=row.name,
        language=row.language,
    )
    return actor, now - row.seen_at >= SEEN_EVERY


def mark_seen(context: Context, connection: Connection, token: str) -> None:
    sessions = context.tables.clinician_sessions
    connection.execute(sessions.update().where(sessions.c.token_hash == sha256(token)).values(seen_at=context.now()))


def close_session(context: Context, connection: Connection, token: str) -> None:
    """End a session; one that has ended already is no error."""
    sessions = context.tables.clinician_sessions
    connection.execute(sessions.delete().where(sessions.c.token_hash == sha256(token)))
