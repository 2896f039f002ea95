"""Invitations: a link's token of 132 bits and a typed code of 50 bits, both kept hashed, both ending with the visit.

The code is ten characters of Crockford's base32 in two groups; what people confuse (O and 0, I, L and 1) is the same.
"""

import re
import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api import audit
from api.access import ARRANGES_VISITS, load_visit_for
from api.context import Context, new_id, sha256
from api.views import Invitation, NewInvitation
from careplan.errors import Invalid
from careplan.people import Actor, PersonState, Role, TypedBy
from careplan.reading import LANGUAGE
from records.database import hold

TOKEN_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
CODE_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE = re.compile(rf"[{CODE_CHARACTERS}]{{10}}")
CONFUSED = str.maketrans("OIL", "011")
CODE_LABEL = "invitation codes"
STANDS_AFTER_VISIT = timedelta(days=1)
STANDS_AT_LEAST = timedelta(days=1)


def invite(
    context: Context, connection: Connection, actor: Actor, visit: str, role: str, language: str
) -> NewInvitation:
    """A new invitation for one person of the visit; earlier ones of that person keep standing."""
    arranged = load_visit_for(context, connection, actor, visit, ARRANGES_VISITS)
    if role not in {known.value for known in Role}:
        raise Invalid("value", field="role")
    if not LANGUAGE.fullmatch(language):
        raise Invalid("value", field="language")
    _make_person(context, connection, visit, role, language)
    now = context.now()
    token = "".join(secrets.choice(TOKEN_CHARACTERS) for _ in range(22))
    code = "".join(secrets.choice(CODE_CHARACTERS) for _ in range(10))
    invitation = NewInvitation(
        id=new_id(),
        visit=visit,
        role=role,
        language=language,
        expires=max(arranged["at"] + STANDS_AFTER_VISIT, now + STANDS_AT_LEAST),
        token=token,
        code=f"{code[:5]}-{code[5:]}",
    )
    connection.execute(
        context.tables.invitations.insert().values(
            id=invitation.id,
            visit=visit,
            role=role,
            language=language,
            token_hash=sha256(token),
            code_hash=context.keyed_hash(CODE_LABEL, code),
            expires_at=invitation.expires,
            created_at=now,
        )
    )
    audit.record(context, connection, actor.id, "invite", visit, arranged["practice"])
    return invitation


def resolve(
    context: Context, connection: Connection, *, token: str | None = None, code: str | None = None
) -> Invitation | None:
    """The invitation of a token or a typed code; None when there is none or it has ended, without telling which."""
    invitations = context.tables.invitations
    if token is not None and TOKEN.fullmatch(token):
        found = invitations.c.token_hash == sha256(token)
    elif code is not None and (plain := fold_code(code)) is not None:
        found = invitations.c.code_hash.in_(
            [context.keyed_hash(CODE_LABEL, plain, key_id) for key_id, _ in context.keys.roots]
        )
    else:
        return None
    row = connection.execute(
        sa.select(invitations).where(
            found, invitations.c.expires_at > context.now(), invitations.c.revoked_at.is_(None)
        )
    ).one_or_none()
    return Invitation(row.id, row.visit, row.role, row.language, row.expires_at) if row else None


def fold_code(typed: str) -> str | None:
    """The ten characters a person meant, or None when it cannot be a code."""
    plain = re.sub(r"[\s-]", "", typed[:64]).upper().translate(CONFUSED)
    return plain if CODE.fullmatch(plain) else None


def _make_person(context: Context, connection: Connection, visit: str, role: str, language: str) -> None:
    people = context.tables.people
    hold(connection, f"person {visit} {role}")
    known = sa.select(people.c.role).where(people.c.visit == visit, people.c.role == role)
    if connection.execute(known).first() is None:
        connection.execute(
            people.insert().values(
                visit=visit,
                role=role,
                language=language,
                state=PersonState.INVITED.value,
                typed_by=TypedBy.SELF.value,
            )
        )
