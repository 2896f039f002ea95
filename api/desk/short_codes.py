"""Short codes for the waiting room: eight digits that open an invitation of today, on an enrolled tablet only.

They are made from the invitation's id with a key that is not in the database, so nothing more is kept for them.
"""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.context import Context
from api.practices import on_day, today, zone_of
from api.views import Invitation

LABEL = "short codes of the waiting room"
DIGITS = 8


def short_code(context: Context, invitation: str, key_id: str | None = None) -> str:
    """`1234 5678`."""
    number = int(context.keyed_hash(LABEL, invitation, key_id)[:16], 16) % 10**DIGITS
    plain = f"{number:0{DIGITS}}"
    return f"{plain[:4]} {plain[4:]}"


def fold(typed: str) -> str | None:
    """The code a person meant, in whatever digits their language writes; None when it cannot be one."""
    signs = [sign for sign in typed[:64] if not (sign.isspace() or sign in "-.")]
    if len(signs) != DIGITS or not all(sign.isdecimal() for sign in signs):
        return None
    plain = "".join(str(int(sign)) for sign in signs)
    return f"{plain[:4]} {plain[4:]}"


def find(context: Context, connection: Connection, practice: str, typed: str) -> Invitation | None:
    """The standing invitation of today in this practice with this code; None when there is none, or more than one."""
    meant = fold(typed)
    if meant is None:
        return None
    invited, visits = context.tables.invitations, context.tables.visits
    zone = zone_of(context, connection, practice)
    rows = connection.execute(
        sa.select(invited)
        .join(visits, visits.c.id == invited.c.visit)
        .where(
            visits.c.practice == practice,
            on_day(visits, today(context, zone), zone),
            invited.c.revoked_at.is_(None),
            invited.c.expires_at > context.now(),
        )
    ).all()
    keys = [key_id for key_id, _ in context.keys.roots]
    fitting = [row for row in rows if any(short_code(context, row.id, key_id) == meant for key_id in keys)]
    if len(fitting) != 1:
        return None
    row = fitting[0]
    return Invitation(row.id, row.visit, row.role, row.language, row.expires_at)
