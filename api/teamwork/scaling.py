"""Goal attainment scaling of goals: levels in versions, scores over time, and all goals together as one figure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from api import audit
from api.access import load_goal_for
from api.context import Context, new_id
from api.once import made_once
from api.teamwork.names import names_of
from api.teamwork.views import ScalingView, ScoreView, TScoreView
from careplan.errors import Conflict, Invalid, TransitionRefused
from careplan.people import Actor
from careplan.reading import check_text
from careplan.scaling import LEVELS, LONGEST_NOTE, Scaling, Scorer, check_scaling, t_score


def of_goals(context: Context, connection: Connection, goals: Collection[str]) -> Mapping[str, ScalingView]:
    """The newest levels of every goal with all its scores."""
    scalings, scores = context.tables.scalings, context.tables.scores
    newest = {
        row["goal"]: row
        for row in connection.execute(
            sa.select(scalings).where(scalings.c.goal.in_(goals)).order_by(scalings.c.goal, scalings.c.version)
        ).mappings()
    }
    scored = (
        connection.execute(sa.select(scores).where(scores.c.goal.in_(goals)).order_by(scores.c.at, scores.c.id))
        .mappings()
        .all()
    )
    names = names_of(context, connection, {row["author"] for row in (*newest.values(), *scored)})
    by_goal: dict[str, tuple[ScoreView, ...]] = defaultdict(tuple)
    for row in scored:
        by_goal[row["goal"]] += (_score(row, names),)
    return {goal: _view(goal, newest.get(goal), by_goal[goal], names) for goal in goals}


def show(context: Context, connection: Connection, actor: Actor, goal: str) -> ScalingView:
    row = load_goal_for(context, connection, actor, goal)
    audit.record(context, connection, actor.id, "read_scaling", goal, row["practice"])
    return of_goals(context, connection, [goal])[goal]


def write(
    context: Context, connection: Connection, actor: Actor, goal: str, version: int, scaling: Scaling
) -> ScalingView:
    """Write a goal's levels as their next version; the first replaces version 0.

    Raises:
        Conflict: the levels no longer stand at `version`; it carries both texts.
    """
    row = load_goal_for(context, connection, actor, goal)
    stands = of_goals(context, connection, [goal])[goal]
    _check_version(stands, version, _text(scaling.levels))
    check_scaling(scaling)
    connection.execute(
        context.tables.scalings.insert().values(
            goal=goal,
            version=version + 1,
            levels=list(scaling.levels),
            weight=scaling.weight,
            author=actor.id,
            created_at=context.now(),
        )
    )
    audit.record(context, connection, actor.id, "write_scaling", goal, row["practice"])
    return of_goals(context, connection, [goal])[goal]


def score(
    context: Context,
    connection: Connection,
    actor: Actor,
    goal: str,
    version: int,
    level: int,
    scored_by: str,
    note: str | None,
    key: str | None,
) -> ScalingView:
    """Add a score on the levels of a version, once per key.

    Raises:
        KeyReused: the key belongs to another request.
        TransitionRefused: nobody has written levels yet.
        Conflict: the levels no longer stand at `version`, so the score may mean something else now.
    """
    row = load_goal_for(context, connection, actor, goal)

    def make() -> str:
        _check_score(context, connection, goal, version, level, scored_by, note)
        score_id = new_id()
        connection.execute(
            context.tables.scores.insert().values(
                id=score_id,
                goal=goal,
                scaling=version,
                level=level,
                scored_by=scored_by,
                note=note,
                author=actor.id,
                at=context.now(),
            )
        )
        audit.record(context, connection, actor.id, "score_goal", goal, row["practice"])
        return score_id

    made_once(context, connection, actor, key, ["score", goal, version, level, scored_by, note], make)
    return of_goals(context, connection, [goal])[goal]


def _check_score(
    context: Context, connection: Connection, goal: str, version: int, level: int, scored_by: str, note: str | None
) -> None:
    if level not in LEVELS:
        raise Invalid("value", field="level")
    if scored_by not in {known.value for known in Scorer}:
        raise Invalid("value", field="scored_by")
    if note is not None:
        check_text(note, "note", LONGEST_NOTE)
    stands = of_goals(context, connection, [goal])[goal]
    if not stands.version:
        raise TransitionRefused
    _check_version(stands, version, note)


def t_scores(scalings: Iterable[ScalingView]) -> tuple[TScoreView, ...]:
    """Of every judge's newest score of each goal, at the weight that the goal has now."""
    newest: dict[str, dict[str, tuple[int, int]]] = {scorer.value: {} for scorer in Scorer}
    for scaling in scalings:
        for one in scaling.scores:
            newest[one.scored_by][scaling.goal] = (scaling.weight, one.level)
    return tuple(
        TScoreView(scorer, round(value, 1), len(goals))
        for scorer, goals in newest.items()
        if (value := t_score(list(goals.values()))) is not None
    )


def _check_version(stands: ScalingView, version: int, yours: str | None) -> None:
    if stands.version != version:
        raise Conflict(current_version=stands.version, current_text=_text(stands.levels), your_text=yours)


def _text(levels: Iterable[str]) -> str:
    return "\n".join(f"{level:+d}: {text}" for level, text in zip(LEVELS, levels, strict=False) if text)


def _view(goal: str, row: RowMapping | None, scores: tuple[ScoreView, ...], names: Mapping[str, str]) -> ScalingView:
    if row is None:
        return ScalingView(goal, 0, (), 1, None, None, scores)
    return ScalingView(
        goal=goal,
        version=row["version"],
        levels=tuple(row["levels"]),
        weight=row["weight"],
        author=names.get(row["author"], row["author"]),
        time=row["created_at"].isoformat(timespec="seconds"),
        scores=scores,
    )


def _score(row: RowMapping, names: Mapping[str, str]) -> ScoreView:
    return ScoreView(
        id=row["id"],
        level=row["level"],
        scored_by=row["scored_by"],
        scaling=row["scaling"],
        note=row["note"],
        author=names.get(row["author"], row["author"]),
        time=row["at"].isoformat(timespec="seconds"),
    )
