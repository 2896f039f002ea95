"""Records that belong to no visit: patients, the practice and its users, the assistant, and what our codes mean."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.context import Context
from api.fhir import interview, labels, names
from api.fhir.elements import Json, meta, stamped
from api.fhir.labels import label
from api.fhir.narrative import Line, narrative
from api.fhir.people import PatientRecord, assistant, organization, patient, practitioner
from careplan.areas import AreaOfLife
from careplan.people import Role
from careplan.team import TeamRole

DEFINED = datetime(2026, 11, 22, tzinfo=UTC)  # when the codes and the questions got the form they have now
OF_PRACTICE = ("Patient", "Practitioner", "Organization")
DEFINITIONS = ("Device", "CodeSystem", "Questionnaire")


def of_practice(
    context: Context,
    connection: Connection,
    kind: str,
    practice: str,
    lang: str,
    *,
    only: Sequence[str] | None = None,
    after: str = "",
    limit: int = 1,
) -> list[Json]:
    """Records of a practice by id, `limit` of them after the id `after`; `kind` is one of OF_PRACTICE."""
    table = {
        "Patient": context.tables.patients,
        "Practitioner": context.tables.users,
        "Organization": context.tables.practices,
    }[kind]
    belongs = (table.c.id if kind == "Organization" else table.c.practice) == practice
    query = sa.select(table).where(belongs, table.c.id > after).order_by(table.c.id).limit(limit)
    if only is not None:
        query = query.where(table.c.id.in_(only))
    rows = connection.execute(query).mappings().all()
    if kind == "Practitioner":
        return [practitioner(row["id"], row["name"], row["created_at"], lang) for row in rows]
    if kind == "Organization":
        return [organization(row["id"], row["name"], row["created_at"], lang) for row in rows]
    names_and_languages = _spoken(context, connection, [row["id"] for row in rows])
    return [
        patient(
            PatientRecord(
                id=row["id"],
                practice=practice,
                name=row["name"] or names_and_languages.get(row["id"], (None, None))[0],
                reference=row["reference"],
                language=names_and_languages.get(row["id"], (None, None))[1],
                since=row["created_at"],
            ),
            lang,
        )
        for row in rows
    ]


def _spoken(context: Context, connection: Connection, patients: Sequence[str]) -> dict[str, tuple[str | None, str]]:
    """Name and language of patients at their newest visit."""
    visits, people = context.tables.visits, context.tables.people
    rows = connection.execute(
        sa.select(visits.c.patient, people.c.name, people.c.language)
        .join(people, sa.and_(people.c.visit == visits.c.id, people.c.role == Role.PATIENT.value))
        .where(visits.c.patient.in_(patients))
        .order_by(visits.c.at, visits.c.id)
    )
    return {row.patient: (row.name, row.language) for row in rows}


def definitions(kind: str, lang: str) -> list[Json]:
    """What every installation has; `kind` is one of DEFINITIONS."""
    if kind == "Device":
        return [assistant(DEFINED, _version(), lang)]
    if kind == "Questionnaire":
        return [interview.questionnaire(role.value, DEFINED, lang) for role in Role]
    return [_areas_of_life(lang), _team_roles(lang)]


@cache
def _version() -> str:
    return version("voorop")


def _areas_of_life(lang: str) -> Json:
    shown = {area: label(lang, labels.AREA_OF_LIFE[area.value]) for area in AreaOfLife}
    codes = [{"code": area.value, "display": display} for area, display in shown.items()]
    return _code_system("area-of-life", names.AREA_OF_LIFE, [label(lang, labels.AREA), *shown.values()], codes, lang)


def _team_roles(lang: str) -> Json:
    codes = [{"code": role.value} for role in TeamRole]
    return _code_system("team-role", names.TEAM_ROLE, [label(lang, labels.TEAM), *TeamRole], codes, lang)


def _code_system(record: str, url: str, told: Sequence[str], codes: Sequence[Json], lang: str) -> Json:
    """`told`: what the narrative says, the name first."""
    return stamped(
        {
            "resourceType": "CodeSystem",
            "id": record,
            "meta": meta(DEFINED),
            "language": lang,
            "text": narrative(lang, [Line(told[0], told[1:])]),
            "url": url,
            "status": "active",
            "caseSensitive": True,
            "content": "complete",
            "concept": list(codes),
        }
    )
