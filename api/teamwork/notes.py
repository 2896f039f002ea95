"""Notes back to the people of a visit, and who of the practice read what they sent."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import audit
from api.access import load_visit_for
from api.context import Context, new_id
from api.items import direction
from api.once import made_once
from api.teamwork.names import names_of
from api.teamwork.views import NoteView, ReadView
from careplan.contribution import ContributionState
from careplan.errors import Invalid, NotFound
from careplan.people import Actor
from careplan.reading import LANGUAGE, check_text

LONGEST_NOTE = 1_000
READINGS = ("read_visit", "open_visit")  # by a program, and on the page


def write(
    context: Context,
    connection: Connection,
    actor: Actor,
    visit: str,
    role: str,
    text: str,
    lang: str | None,
    key: str | None,
) -> NoteView:
    """A note to one person, once per key; without `lang` it counts as written in the person's own language.

    Raises:
        Invalid: nobody has this role in the visit, or the text is empty or none.
        KeyReused: the key belongs to another request.
        NotFound: it was sent before, and the person has erased everything since.
    """
    row = load_visit_for(context, connection, actor, visit)

    def make() -> str:
        return _write(context, connection, actor, row, role, text, lang)

    note = made_once(context, connection, actor, key, ["note", visit, role, text, lang], make)
    found = next((one for one in of_visit(context, connection, visit, row["timezone"]) if one.id == note), None)
    if found is None:
        raise NotFound
    return found


def _write(
    context: Context, connection: Connection, actor: Actor, visit: RowMapping, role: str, text: str, lang: str | None
) -> str:
    people = context.tables.people
    spoken = connection.scalar(sa.select(people.c.language).where(people.c.visit == visit["id"], people.c.role == role))
    if spoken is None:
        raise Invalid("value", field="role")
    if not text.strip():
        raise Invalid("missing", field="text")
    check_text(text, "text", LONGEST_NOTE)
    if lang is not None and not LANGUAGE.fullmatch(lang):
        raise Invalid("value", field="lang")
    note = new_id()
    connection.execute(
        context.tables.notes.insert().values(
            id=note,
            visit=visit["id"],
            role=role,
            text=text,
            lang=lang or spoken,
            author=actor.id,
            created_at=context.now(),
        )
    )
    audit.record(context, connection, actor.id, "write_note", visit["id"], visit["practice"])
    return note


def of_visit(
    context: Context, connection: Connection, visit: str, timezone: str, role: str | None = None
) -> tuple[NoteView, ...]:
    """The notes of a visit, newest first; of one person if asked."""
    notes = context.tables.notes
    query = sa.select(notes).where(notes.c.visit == visit)
    if role is not None:
        query = query.where(notes.c.role == role)
    rows = connection.execute(query.order_by(notes.c.created_at.desc(), notes.c.id)).mappings().all()
    names = names_of(context, connection, {row["author"] for row in rows})
    return tuple(
        NoteView(
            id=row["id"],
            role=row["role"],
            text=row["text"],
            lang=row["lang"],
            dir=direction(row["lang"], row["text"]),
            author=names.get(row["author"], row["author"]),
            time=context.local(row["created_at"], timezone),
        )
        for row in rows
    )


def reads(
    context: Context, connection: Connection, visit: str, timezone: str, roles: Sequence[str]
) -> tuple[ReadView, ...]:
    """For each of these people who has sent something: who first opened the visit after that, if anybody did."""
    said, log, users = context.tables.contributions, context.tables.audit, context.tables.users
    sent = connection.execute(
        sa.select(said.c.role, sa.func.max(said.c.created_at).label("at"))
        .where(said.c.visit == visit, said.c.state == ContributionState.SUBMITTED.value)
        .group_by(said.c.role)
    )
    since = {row.role: row.at for row in sent}
    found = []
    for role in roles:
        if role not in since:
            continue
        row = connection.execute(
            sa.select(log.c.at, users.c.name)
            .join(users, users.c.id == log.c.actor)
            .where(log.c.subject == visit, log.c.action.in_(READINGS), log.c.at >= since[role])
            .order_by(log.c.seq)
            .limit(1)
        ).one_or_none()
        if row:
            found.append(ReadView(role, row.name, context.local(row.at, timezone)))
    return tuple(found)
