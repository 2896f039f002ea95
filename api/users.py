"""Practices and their users."""

from collections.abc import Collection
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api import audit
from api.context import Context, new_id
from careplan.errors import Invalid
from careplan.people import Duty
from careplan.reading import check_text
from records.database import hold

SHORTEST_PASSWORD = 15
SYSTEM = "command line"


def create_practice(context: Context, connection: Connection, name: str, timezone: str) -> str:
    """A practice's id.

    Raises:
        Invalid: the name is no text, or the time zone is unknown.
    """
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Invalid("value", field="timezone") from None
    practice = new_id()
    connection.execute(
        context.tables.practices.insert().values(
            id=practice, name=check_text(name, "name", 200), timezone=timezone, created_at=context.now()
        )
    )
    audit.record(context, connection, SYSTEM, "create_practice", practice, practice)
    return practice


def check_user(login: str, password: str, name: str, duties: Collection[Duty]) -> None:
    """Raises Invalid when a user like this cannot be made; in particular the password needs 15 characters."""
    check_text(login.strip(), "login", 200)
    check_text(name, "name", 200)
    check_password(password)
    if not duties or Duty.SERVICE in duties:
        raise Invalid("value", field="duties")


def check_password(password: str) -> None:
    """Raises Invalid when it is too short, too long or holds signs that no store keeps."""
    check_text(password, "password", 1_000)
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid("too_short", field="password")


def create_user(
    context: Context,
    connection: Connection,
    *,
    practice: str,
    login: str,
    password_hash: str,
    name: str,
    duties: Collection[Duty],
    language: str,
    totp_secret: str | None,
    author: str = SYSTEM,
) -> str:
    """A user's id.

    Raises:
        Invalid: the practice is unknown or the login is taken.
    """
    users, practices = context.tables.users, context.tables.practices
    if connection.execute(sa.select(practices.c.id).where(practices.c.id == practice)).first() is None:
        raise Invalid("value", field="practice")
    hold(connection, "logins")
    if connection.execute(sa.select(users.c.id).where(users.c.login == login)).first() is not None:
        raise Invalid("taken", field="login")
    user = new_id()
    connection.execute(
        users.insert().values(
            id=user,
            practice=practice,
            login=login,
            name=name,
            language=language,
            password_hash=password_hash,
            is_clinician=Duty.CLINICIAN in duties,
            is_administrator=Duty.ADMINISTRATOR in duties,
            totp_secret=totp_secret,
            created_at=context.now(),
        )
    )
    audit.record(context, connection, author, "create_user", user, practice)
    return user
