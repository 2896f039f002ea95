"""Patients of a practice: who comes again is found by the practice's own number, which is kept sealed and hashed."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.context import Context, new_id
from careplan.people import Actor
from careplan.reading import check_text
from records.database import hold

REFERENCE_LABEL = "patient references"
LONGEST_NAME = 200
LONGEST_REFERENCE = 100


def has_reference(context: Context, *references: str) -> sa.ColumnElement[bool]:
    """Whether a patient has one of these numbers, under whichever key it was kept."""
    hashes = [
        context.keyed_hash(REFERENCE_LABEL, each, key_id) for each in references for key_id, _ in context.keys.roots
    ]
    return context.tables.patients.c.reference_hash.in_(hashes)


def find_or_add(
    context: Context, connection: Connection, actor: Actor, *, reference: str | None = None, name: str | None = None
) -> str:
    """The id of the patient with this number in the actor's practice; a new one when nobody has it or none is given.

    A name that is given replaces the one that was kept: the practice's own record is the source of both.

    Raises:
        Invalid: the name or the number is too long or holds signs that no store keeps.
    """
    for field, text, longest in (("name", name, LONGEST_NAME), ("reference", reference, LONGEST_REFERENCE)):
        if text is not None:
            check_text(text, field, longest)
    patients = context.tables.patients
    if reference is not None:
        hold(connection, f"patients of {actor.practice}")  # two visits of a new patient, made at once
        known: str | None = connection.scalar(
            sa.select(patients.c.id).where(patients.c.practice == actor.practice, has_reference(context, reference))
        )
        if known:
            if name is not None:
                connection.execute(patients.update().where(patients.c.id == known).values(name=name))
            return known
    patient = new_id()
    connection.execute(
        patients.insert().values(
            id=patient,
            practice=actor.practice,
            name=name,
            reference=reference,
            reference_hash=context.keyed_hash(REFERENCE_LABEL, reference) if reference is not None else None,
            created_at=context.now(),
        )
    )
    return patient
