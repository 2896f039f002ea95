"""What the action server writes: contributions, flags, and their deletion."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api import audit, goals, recalls
from api.access import WRITES_WORDS, load_person_for, load_visit_for
from api.context import Context, new_id
from careplan.contribution import Contribution, ContributionState, contribution_as_json, contribution_from_json
from careplan.errors import Invalid
from careplan.flags import flag_from_json
from careplan.meaning import ReadsMeaning, meaning_as_text
from careplan.people import Actor, PersonState, TypedBy, VisitState


def without_minutes(body: object) -> object:
    """What makes a contribution the same one: how long it took is measured anew when a failed turn is tried again."""
    return {name: body[name] for name in body if name != "minutes"} if isinstance(body, dict) else body


def read_meanings(body: object, reader: ReadsMeaning | None) -> Mapping[str, str]:
    """The meanings of the goals that are sent with this, by key, as they are kept. Reading takes some milliseconds a
    goal, so it is done before the transaction; a body that is not right is told by `put`.
    """
    try:
        contribution = contribution_from_json(body)
    except Invalid:
        return {}
    shared = [goal for goal in contribution.goals if goal.shared]
    if reader is None or not shared or contribution.state is not ContributionState.SUBMITTED:
        return {}
    found = reader.meanings([goal.words for goal in shared])
    return {goal.key: meaning_as_text(meaning) for goal, meaning in zip(shared, found, strict=True)}


def put(
    context: Context,
    connection: Connection,
    actor: Actor,
    visit: str,
    role: str,
    body: object,
    meanings: Mapping[str, str],
) -> dict[str, Any]:
    """Replace what stood for this person; the answer names the contribution's version.

    Once a person has sent it, what they change is kept but takes effect only when they send it again.
    """
    load_person_for(context, connection, actor, visit, role)
    contribution = contribution_from_json(body)
    table = context.tables.contributions
    of_person = sa.and_(table.c.visit == visit, table.c.role == role)
    version = (connection.scalar(sa.select(sa.func.max(table.c.version)).where(of_person)) or 0) + 1
    submitted = contribution.state is ContributionState.SUBMITTED
    sent_before = connection.scalar(
        sa.select(table.c.body)
        .where(of_person, table.c.state == ContributionState.SUBMITTED.value)
        .order_by(table.c.version.desc())
        .limit(1)
    )
    connection.execute(
        table.insert().values(
            visit=visit,
            role=role,
            version=version,
            state=contribution.state.value,
            body=contribution_as_json(contribution),
            created_at=context.now(),
        )
    )
    if submitted or sent_before is None:
        goals.take_over(context, connection, visit, role, contribution, f"contribution {version}", meanings)
        people = context.tables.people
        state = PersonState.SUBMITTED if submitted else PersonState.STARTED
        connection.execute(
            people.update()
            .where(people.c.visit == visit, people.c.role == role)
            .values(
                state=state.value,
                language=contribution.language,
                typed_by=contribution.typed_by.value,
                minutes=contribution.minutes,
            )
        )
    if submitted:
        _tell_practice(context, connection, visit, (VisitState.READ,))
        if sent_before and _shared(contribution_from_json(sent_before)) - _shared(contribution):
            recalls.put_answers(context, connection, visit, role)
    return {"version": version, "state": contribution.state.value}


def add_flag(context: Context, connection: Connection, actor: Actor, visit: str, body: object) -> dict[str, Any]:
    """Keep what the safety rules found; shown to the practice at once."""
    load_visit_for(context, connection, actor, visit, WRITES_WORDS)
    flag = flag_from_json(body)
    load_person_for(context, connection, actor, visit, flag.role.value)
    flag_id = new_id()
    connection.execute(
        context.tables.flags.insert().values(
            id=flag_id,
            visit=visit,
            role=flag.role.value,
            category=flag.category.value,
            words=flag.words,
            lang=flag.lang,
            rule=flag.rule,
            at=context.now(),
        )
    )
    _tell_practice(context, connection, visit, (VisitState.READ, VisitState.DISCUSSED))
    return {"id": flag_id}


def delete(context: Context, connection: Connection, actor: Actor, visit: str, role: str) -> dict[str, Any]:
    """Erase everything this person said, every version of it, with what followed on it; their invitation stands.

    What had left for another system, that one is asked to take back.
    """
    load_person_for(context, connection, actor, visit, role)
    recalls.put(context, connection, visit, role)
    tables = context.tables
    for table in (tables.contributions, tables.flags, tables.goals, tables.notes):
        connection.execute(table.delete().where(table.c.visit == visit, table.c.role == role))
    people = tables.people
    connection.execute(
        people.update()
        .where(people.c.visit == visit, people.c.role == role)
        .values(state=PersonState.INVITED.value, typed_by=TypedBy.SELF.value, minutes=None)
    )
    practice = load_visit_for(context, connection, actor, visit, WRITES_WORDS)["practice"]
    audit.record(context, connection, actor.id, f"erase_{role}", visit, practice)
    return {}


def _shared(contribution: Contribution) -> set[tuple[str, str]]:
    """The answers that the practice may read."""
    return {(answer.question, answer.words) for answer in contribution.answers if answer.shared}


def _tell_practice(context: Context, connection: Connection, visit: str, states: tuple[VisitState, ...]) -> None:
    """Something new was said: a visit that was read is new again; one that was discussed is so only for a danger."""
    visits = context.tables.visits
    connection.execute(
        visits.update()
        .where(visits.c.id == visit, visits.c.state.in_([state.value for state in states]))
        .values(state=VisitState.NEW.value)
    )
