"""Sharing a visit's goals with another organisation: by consent, by a link that ends, every opening on record."""

import base64
import re
from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import audit, goals
from api.access import load_share_for, load_visit_for
from api.context import Context, new_id, sha256
from api.once import FIELD, made_once
from api.teamwork import tasks
from api.teamwork.names import names_of
from api.teamwork.views import NewShare, SharedGoalView, SharedView, ShareView, TaskView
from api.views import GoalView
from careplan.errors import Invalid, KeyReused, NotFound
from careplan.people import Actor, Role
from careplan.reading import check_text
from careplan.sharing import LONGEST_NAME, MOST_DAYS, Consent, ConsentBy
from careplan.tasks import TaskState

TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
OPENED = "open_share"
LINKS = "links of shares"


def create(
    context: Context,
    connection: Connection,
    actor: Actor,
    visit: str,
    organisation: str,
    chosen: Collection[str],
    consent: Consent,
    days: int,
    key: str | None,
) -> NewShare:
    """A link to some goals of a visit, for an organisation, for some days; once per key.

    Sent again, it is the same link for as long as that opens something.

    Raises:
        Invalid: no or unknown goals, a consent of somebody else than their author, or one of tomorrow.
        KeyReused: the key belongs to another request, or to a link that has ended.
    """
    row = load_visit_for(context, connection, actor, visit)

    def make() -> str:
        return _create(context, connection, actor, row, organisation, chosen, consent, days)

    consented = [consent.by.value, consent.how.value, consent.on.isoformat(), consent.name]
    request = ["share", visit, organisation, sorted(set(chosen)), consented, days]
    return _link(context, connection, made_once(context, connection, actor, key, request, make))


def _create(
    context: Context,
    connection: Connection,
    actor: Actor,
    visit: RowMapping,
    organisation: str,
    chosen: Collection[str],
    consent: Consent,
    days: int,
) -> str:
    _check(context, visit, organisation, consent, days)
    authors = {goal.id: Role(goal.role) for goal in goals.shown(goals.newest(context, connection, visit["id"]))}
    if not chosen:
        raise Invalid("missing", field="goals")
    if not set(chosen) <= authors.keys():
        raise Invalid("value", field="goals")
    if not all(consent.covers(authors[goal]) for goal in chosen):
        raise Invalid("not_covered", field="goals")
    share, now = new_id(), context.now()
    connection.execute(
        context.tables.shares.insert().values(
            id=share,
            visit=visit["id"],
            organisation=organisation,
            goals=[goal for goal in authors if goal in chosen],
            consent={
                "by": consent.by.value,
                "how": consent.how.value,
                "on": consent.on.isoformat(),
                "name": consent.name,
            },
            token_hash=sha256(_token(context, share)),
            expires_at=now + timedelta(days=days),
            author=actor.id,
            created_at=now,
        )
    )
    audit.record(context, connection, actor.id, "share_goals", share, visit["practice"])
    return share


def _link(context: Context, connection: Connection, share: str) -> NewShare:
    """The token is kept as a hash only; the same request, sent again, finds it by making it anew."""
    shares = context.tables.shares
    row = connection.execute(sa.select(shares).where(shares.c.id == share)).mappings().one()
    tokens = (_token(context, share, key_id) for key_id, _ in context.keys.roots)
    token = next((one for one in tokens if sha256(one) == row["token_hash"]), None)
    if token is None or row["revoked_at"] is not None or row["expires_at"] <= context.now():
        raise KeyReused(field=FIELD)
    return NewShare(share, token, row["expires_at"])


def _token(context: Context, share: str, key_id: str | None = None) -> str:
    """128 bits that nobody can tell without the secret file."""
    digest = bytes.fromhex(context.keyed_hash(LINKS, share, key_id))
    return base64.urlsafe_b64encode(digest[:16]).decode("ascii").rstrip("=")


def revoke(context: Context, connection: Connection, actor: Actor, share: str) -> str:
    """End a share at once; the answer is the visit's id."""
    row = load_share_for(context, connection, actor, share)
    shares = context.tables.shares
    standing = sa.and_(shares.c.id == share, shares.c.revoked_at.is_(None))
    connection.execute(shares.update().where(standing).values(revoked_at=context.now()))
    audit.record(context, connection, actor.id, "revoke_share", share, row["practice"])
    visit: str = row["visit"]
    return visit


def show(context: Context, connection: Connection, actor: Actor, visit: str) -> tuple[ShareView, ...]:
    row = load_visit_for(context, connection, actor, visit)
    audit.record(context, connection, actor.id, "read_shares", visit, row["practice"])
    return of_visit(context, connection, row)


def of_visit(context: Context, connection: Connection, visit: RowMapping) -> tuple[ShareView, ...]:
    """Every share of a visit, the newest first, with how often it was opened."""
    shares, log = context.tables.shares, context.tables.audit
    rows = connection.execute(sa.select(shares).where(shares.c.visit == visit["id"])).mappings().all()
    if not rows:
        return ()
    rows = sorted(rows, key=lambda row: (row["created_at"], row["id"]), reverse=True)
    opened = {
        row.subject: (row.number, row.last)
        for row in connection.execute(
            sa.select(log.c.subject, sa.func.count().label("number"), sa.func.max(log.c.at).label("last"))
            .where(log.c.subject.in_([row["id"] for row in rows]), log.c.action == OPENED)
            .group_by(log.c.subject)
        )
    }
    names = names_of(context, connection, {row["author"] for row in rows})
    return tuple(
        _view(
            context, row, visit["timezone"], names.get(row["author"], row["author"]), *opened.get(row["id"], (0, None))
        )
        for row in rows
    )


def open_link(context: Context, connection: Connection, token: str) -> SharedView:
    """What a link shows now: of the chosen goals those that their author still shares.

    Raises:
        NotFound: there is no such link, it has ended, or it was revoked; without telling which.
    """
    shares, visits, practices = context.tables.shares, context.tables.visits, context.tables.practices
    if not TOKEN.fullmatch(token):
        raise NotFound
    row = (
        connection.execute(
            sa.select(shares, visits.c.practice, practices.c.name, practices.c.timezone)
            .join(visits, visits.c.id == shares.c.visit)
            .join(practices, practices.c.id == visits.c.practice)
            .where(
                shares.c.token_hash == sha256(token),
                shares.c.expires_at > context.now(),
                shares.c.revoked_at.is_(None),
            )
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound
    chosen = [goal for goal in goals.shown(goals.newest(context, connection, row["visit"])) if goal.id in row["goals"]]
    their_tasks = tasks.of_goals(context, connection, [goal.id for goal in chosen])
    audit.record(context, connection, f"share {row['id']}", OPENED, row["id"], row["practice"])
    return SharedView(
        practice=row["name"],
        organisation=row["organisation"],
        consent=row["consent"],
        expires=context.local(row["expires_at"], row["timezone"]),
        goals=tuple(
            _goal(goal, tuple(task for task in their_tasks[goal.id] if task.state != TaskState.DROPPED))
            for goal in chosen
        ),
    )


def _check(context: Context, visit: RowMapping, organisation: str, consent: Consent, days: int) -> None:
    if not organisation.strip():
        raise Invalid("missing", field="organisation")
    check_text(organisation, "organisation", LONGEST_NAME)
    if not 1 <= days <= MOST_DAYS:
        raise Invalid("value", field="days")
    if consent.by is ConsentBy.REPRESENTATIVE and not (consent.name or "").strip():
        raise Invalid("missing", field="consent.name")
    if consent.name is not None:
        check_text(consent.name, "consent.name", LONGEST_NAME)
    if consent.on > context.now().astimezone(ZoneInfo(visit["timezone"])).date():
        raise Invalid("value", field="consent.on")


def _view(
    context: Context, row: RowMapping, timezone: str, author: str, openings: int, last: datetime | None
) -> ShareView:
    state = "revoked" if row["revoked_at"] else "open" if row["expires_at"] > context.now() else "ended"
    return ShareView(
        id=row["id"],
        visit=row["visit"],
        organisation=row["organisation"],
        goals=tuple(row["goals"]),
        consent=row["consent"],
        state=state,
        author=author,
        time=context.local(row["created_at"], timezone),
        expires=context.local(row["expires_at"], timezone),
        revoked=context.local(row["revoked_at"], timezone) if row["revoked_at"] else None,
        openings=openings,
        last_opened=context.local(last, timezone) if last else None,
    )


def _goal(goal: GoalView, tasks: tuple[TaskView, ...]) -> SharedGoalView:
    return SharedGoalView(
        words=goal.words,
        lang=goal.lang,
        dir=goal.dir,
        role=goal.role,
        domain=goal.domain,
        status=goal.status,
        clinician_wording=goal.clinician_wording,
        tasks=tasks,
    )
