"""Finds the visit that a resource belongs to, from its id alone, and the visits that a search must look through."""

import re
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.context import Context

_HEX = "[0-9a-f]{32}"
_VISIT = re.compile(f"({_HEX})")
_OF_PERSON = re.compile(f"({_HEX})-(?:patient|caregiver)")
_MATTERS = re.compile(f"matters-({_HEX})-(?:patient|caregiver)")
_OF_GOAL = re.compile(f"(?:importance|review)-({_HEX})")
_OF_STATE = re.compile(rf"({_HEX})-\d{{1,9}}(?:\.\d{{1,9}})?")


def visit_of(context: Context, connection: Connection, kind: str, record: str) -> str | None:
    """The visit that a record of this type would belong to; None when there can be none."""
    visit = {
        "CarePlan": _VISIT,
        "CareTeam": _VISIT,
        "RelatedPerson": _OF_PERSON,
        "QuestionnaireResponse": _OF_PERSON,
        "Observation": _MATTERS,
    }.get(kind)
    if visit and (found := visit.fullmatch(record)):
        return found[1]
    goal = {"Goal": _VISIT, "Observation": _OF_GOAL, "Task": _OF_GOAL, "Provenance": _OF_STATE}.get(kind)
    if goal and (found := goal.fullmatch(record)):
        return _visit_of_goal(context, connection, found[1])
    if kind in ("Observation", "Task") and _VISIT.fullmatch(record):
        table = context.tables.scores if kind == "Observation" else context.tables.tasks
        found_goal = connection.scalar(sa.select(table.c.goal).where(table.c.id == record))
        return _visit_of_goal(context, connection, found_goal) if found_goal else None
    return None


def _visit_of_goal(context: Context, connection: Connection, goal: str) -> str | None:
    goals = context.tables.goals
    return connection.scalar(sa.select(goals.c.visit).where(goals.c.id == goal))


def visits_to_search(
    context: Context,
    connection: Connection,
    practice: str,
    *,
    patients: Sequence[str] | None,
    visits: Sequence[str] | None,
    after: str,
    limit: int,
) -> list[str]:
    """Ids of the practice's visits after `after`, of these patients and among these visits where they are told."""
    table = context.tables.visits
    query = (
        sa.select(table.c.id)
        .where(table.c.practice == practice, table.c.id > after, table.c.patient.is_not(None))
        .order_by(table.c.id)
        .limit(limit)
    )
    if patients is not None:
        query = query.where(table.c.patient.in_(patients))
    if visits is not None:
        query = query.where(table.c.id.in_(visits))
    return list(connection.scalars(query))
