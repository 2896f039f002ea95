"""Goals and their versions: what a contribution makes of them, and how they are shown."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import outbox
from api.access import HIDDEN
from api.context import Context, new_id
from api.items import direction, shared_items
from api.views import GoalVersionView, GoalView, ItemView
from careplan.contribution import Contribution, ContributionState, goal_as_json, goal_from_json
from careplan.goals import GoalDraft, Status, author_may, first_of
from careplan.hints import Told, hint_for
from careplan.people import Role

TAKEN_BACK = "taken back"
"""The source of a version with which the author withdrew a goal by hand, and not by saying something else."""


def newest(context: Context, connection: Connection, visit: str) -> Sequence[RowMapping]:
    """Every goal of a visit in its newest version: the patient's first, then in the author's order."""
    return newest_of(context, connection, [visit])


def newest_of(context: Context, connection: Connection, visits: Collection[str]) -> Sequence[RowMapping]:
    """The same for many visits, in one query; visit by visit."""
    goals, versions = context.tables.goals, context.tables.goal_versions
    rest = [column for column in versions.c if column.name not in {"goal", "version"}]
    return (
        connection.execute(
            sa.select(goals, *rest)
            .join(versions, sa.and_(versions.c.goal == goals.c.id, versions.c.version == goals.c.version))
            .where(goals.c.visit.in_(visits))
            .order_by(goals.c.visit, goals.c.role.desc(), goals.c.position, goals.c.id)
        )
        .mappings()
        .all()
    )


def add_version(
    context: Context,
    connection: Connection,
    goal: str,
    version: int,
    draft: GoalDraft,
    *,
    status: Status,
    author: str,
    source: str,
    wording: str | None = None,
    reason: str | None = None,
    decision: str | None = None,
    meaning: str | None = None,
) -> None:
    """Write a version; the goal then stands at it, and what is approved is put out to leave.

    meaning: of the draft's words, when it was just read (careplan.meaning); that of the same words stays what it was.
    """
    connection.execute(
        context.tables.goal_versions.insert().values(
            goal=goal,
            version=version,
            status=status.value,
            domain=draft.domain.value if draft.domain else None,
            draft=goal_as_json(draft),
            wording=wording,
            reason=reason,
            decision=decision,
            meaning=meaning or _stood_for(context, connection, goal, version - 1, draft),
            author=author,
            source=source,
            created_at=context.now(),
        )
    )
    goals = context.tables.goals
    connection.execute(goals.update().where(goals.c.id == goal).values(version=version))
    outbox.put(context, connection, goal, version, status)


def _stood_for(context: Context, connection: Connection, goal: str, version: int, draft: GoalDraft) -> str | None:
    """The meaning that the version before has, if its words are the same."""
    versions = context.tables.goal_versions
    query = sa.select(versions.c.draft, versions.c.meaning)
    row = connection.execute(query.where(versions.c.goal == goal, versions.c.version == version)).one_or_none()
    return row.meaning if row and row.draft["words"] == draft.words else None


def take_over(
    context: Context,
    connection: Connection,
    visit: str,
    role: str,
    contribution: Contribution,
    source: str,
    meanings: Mapping[str, str],
) -> None:
    """Bring the person's goals in line with the contribution: new ones, new versions, withdrawn ones.

    meanings: of its goals, by key, as they are kept.
    """
    of_person = sa.and_(context.tables.goals.c.visit == visit, context.tables.goals.c.role == role)
    locked = sa.select(context.tables.goals.c.id).where(of_person).order_by(context.tables.goals.c.id)
    connection.execute(locked.with_for_update())  # a clinician may be deciding about one of them
    standing = {row["key"]: row for row in newest(context, connection, visit) if row["role"] == role}
    submitted = contribution.state is ContributionState.SUBMITTED
    target = Status.SUBMITTED if submitted else Status.DRAFT
    for position, draft in enumerate(contribution.goals):
        row = standing.pop(draft.key, None)
        if row is None:
            _create(context, connection, visit, role, draft, position, target, source, meanings.get(draft.key))
            continue
        goals = context.tables.goals
        connection.execute(goals.update().where(goals.c.id == row["id"]).values(position=position))
        _follow(context, connection, row, draft, target, source, meanings.get(draft.key))
    for row in standing.values():
        if author_may(Status(row["status"]), Status.WITHDRAWN):
            _next(context, connection, row, goal_from_json(row["draft"]), Status.WITHDRAWN, source)


def _create(
    context: Context,
    connection: Connection,
    visit: str,
    role: str,
    draft: GoalDraft,
    position: int,
    status: Status,
    source: str,
    meaning: str | None,
) -> None:
    goal = new_id()
    connection.execute(
        context.tables.goals.insert().values(
            id=goal, visit=visit, role=role, key=draft.key, position=position, version=1
        )
    )
    add_version(context, connection, goal, 1, draft, status=status, author=role, source=source, meaning=meaning)


def _follow(
    context: Context,
    connection: Connection,
    row: RowMapping,
    draft: GoalDraft,
    target: Status,
    source: str,
    meaning: str | None,
) -> None:
    """A changed goal gets a new version. Only new words reopen the review; the review of the same words stays."""
    now, stood = Status(row["status"]), goal_from_json(row["draft"])
    unreviewed = now in {Status.DRAFT, Status.SUBMITTED, Status.WITHDRAWN}
    if row["source"] == TAKEN_BACK and (draft.words, draft.lang) == (stood.words, stood.lang):
        return  # what else they say later does not bring it back
    if draft == stood and (now is target or not unreviewed):
        return
    if not unreviewed and (draft.words, draft.lang) == (stood.words, stood.lang):
        _next(context, connection, row, draft, now, source, meaning=meaning, keep_review=True)
    elif author_may(now, target) or now is target:
        _next(context, connection, row, draft, target, source, meaning=meaning)


def _next(
    context: Context,
    connection: Connection,
    row: RowMapping,
    draft: GoalDraft,
    status: Status,
    source: str,
    *,
    meaning: str | None = None,
    keep_review: bool = False,
) -> None:
    add_version(
        context,
        connection,
        row["id"],
        row["version"] + 1,
        draft,
        status=status,
        author=row["role"],
        source=source,
        wording=row["wording"] if keep_review else None,
        reason=row["reason"] if keep_review else None,
        meaning=meaning,
    )


def shown(rows: Sequence[RowMapping]) -> tuple[GoalView, ...]:
    """The goals that the practice sees: submitted, shared and not withdrawn."""
    visible = [row for row in rows if row["status"] not in HIDDEN and row["draft"]["shared"]]
    drafts = {row["id"]: goal_from_json(row["draft"]) for row in visible}
    firsts = set()
    for role in {row["role"] for row in visible}:
        first = first_of([drafts[row["id"]] for row in visible if row["role"] == role])
        firsts |= {row["id"] for row in visible if row["role"] == role and drafts[row["id"]] is first}
    return tuple(_view(row, drafts[row["id"]], row["id"] in firsts) for row in visible)


def _view(row: RowMapping, draft: GoalDraft, first: bool) -> GoalView:
    items: dict[str, Any] = {
        name: shared_items(getattr(draft, name), row["role"])
        for name in ("statements", "parts", "why", "obstacles", "supports", "own_part", "expects")
    }
    return GoalView(
        id=row["id"],
        visit=row["visit"],
        version=row["version"],
        words=draft.words,
        lang=draft.lang,
        dir=direction(draft.lang, draft.words),
        role=row["role"],
        typed_by=draft.typed_by.value,
        level=draft.level.value,
        clarity=draft.clarity.value if draft.clarity else None,
        missing=tuple(element.value for element in draft.missing),
        domain=draft.domain.value if draft.domain else None,
        importance=draft.importance,
        first=first,
        time_frame=draft.time_frame,
        status=row["status"],
        clinician_wording=row["wording"],
        reason=row["reason"],
        shared=draft.shared,
        hint=_hint(draft, row["role"], items),
        **items,
    )


def _hint(draft: GoalDraft, role: str, items: Mapping[str, Sequence[ItemView]]) -> str:
    """From what is shared only: what else was said must not show through."""
    return hint_for(
        Told(
            role=Role(role),
            level=draft.level,
            clarity=draft.clarity,
            missing=draft.missing,
            importance=draft.importance,
            why=bool(items["why"]),
            obstacles=bool(items["obstacles"]),
            supports=bool(items["supports"] or items["own_part"]),
        )
    ).value


def shown_versions(context: Context, connection: Connection, goal: str) -> tuple[GoalVersionView, ...]:
    """The versions that were ever shown to the practice, oldest first."""
    return shown_versions_of(context, connection, [goal])[goal]


def shown_versions_of(
    context: Context, connection: Connection, goals: Collection[str]
) -> Mapping[str, tuple[GoalVersionView, ...]]:
    """The same for many goals, in one query; empty for a goal that is not among them."""
    versions, users = context.tables.goal_versions, context.tables.users
    rows = connection.execute(
        sa.select(versions, users.c.name.label("user_name"))
        .join(users, users.c.id == versions.c.author, isouter=True)
        .where(versions.c.goal.in_(goals), versions.c.status.not_in(HIDDEN))
        .order_by(versions.c.goal, versions.c.version)
    ).mappings()
    found: dict[str, tuple[GoalVersionView, ...]] = defaultdict(tuple)
    for row in rows:
        if row["draft"]["shared"]:
            found[row["goal"]] += (_version(row),)
    return found


def _version(row: RowMapping) -> GoalVersionView:
    return GoalVersionView(
        version=row["version"],
        status=row["status"],
        words=row["draft"]["words"],
        lang=row["draft"]["lang"],
        dir=direction(row["draft"]["lang"], row["draft"]["words"]),
        clinician_wording=row["wording"],
        reason=row["reason"],
        decision=row["decision"],
        author=row["user_name"] or row["author"],
        source=row["source"],
        time=row["created_at"].isoformat(timespec="seconds"),
    )
