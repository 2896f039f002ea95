"""Runs a search, page by page. What people said is sealed, so values are compared after opening.

The database narrows a search to visits (by patient, by id, by goal) before anything is opened. A search that it cannot
narrow looks through SCAN visits at a time: a page may then be short, and only the link `next` tells that it goes on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.context import Context
from api.fhir import names
from api.fhir.elements import Json
from api.fhir.loading import load_dossiers
from api.fhir.locating import visit_of, visits_to_search
from api.fhir.matching import token_parts
from api.fhir.practice import OF_PRACTICE, definitions, of_practice
from api.fhir.query import Query
from api.fhir.recorded import IN_DOSSIER, recorded
from api.patients import has_reference
from careplan.errors import Invalid
from careplan.people import Actor

SCAN = 200
AT_ONCE = 50
_PAGE = re.compile(r"([0-9a-f]{0,32})\.(\d{1,9})", re.ASCII)
_OF_GOAL = ("target", "focus", "goal")


@dataclass(frozen=True)
class Page:
    """`next`: where to go on, if there is more; `total` where it is known; `visits` whose words are in it."""

    resources: tuple[Json, ...]
    next: str | None = None
    total: int | None = None
    visits: tuple[str, ...] = ()


def search(context: Context, connection: Connection, actor: Actor, query: Query, lang: str) -> Page:
    """One page of what the actor's practice may read."""
    if query.kind in IN_DOSSIER:
        return _in_dossiers(context, connection, actor, query, lang)
    if query.kind in OF_PRACTICE:
        return _of_practice(context, connection, actor, query, lang)
    found = [resource for resource in definitions(query.kind, lang) if _fits(query, resource)]
    return Page(tuple(found[: query.count]), total=len(found))


def _in_dossiers(context: Context, connection: Connection, actor: Actor, query: Query, lang: str) -> Page:
    after, skip = _place(query.page)
    patients = _narrowed([wanted.ids_of("Patient") for wanted in query.named("patient", "subject")])
    visits = _visits(context, connection, query)
    candidates = visits_to_search(
        context,
        connection,
        actor.practice or "",
        patients=patients,
        visits=visits,
        after=after,
        limit=SCAN + 1,
    )
    whole = not query.page and len(candidates) <= SCAN
    matches: list[tuple[str, Json]] = []
    passed, since = after, 0  # the last visit looked through, and the matches that came after it
    enough = query.count + skip
    for visit, found in _matches(context, connection, actor, query, lang, candidates[:SCAN]):
        matches += [(visit, resource) for resource in found]
        if not whole and len(matches) > enough:
            break
        if len(matches) <= enough:
            passed, since = visit, len(matches)
    shown = matches[skip:enough]
    more = len(matches) > enough or len(candidates) > SCAN
    return Page(
        resources=tuple(resource for _, resource in shown),
        next=f"{passed}.{max(min(enough, len(matches)) - since, 0)}" if more and query.count else None,
        total=len(matches) if whole else None,
        visits=tuple(dict.fromkeys(visit for visit, _ in shown)),
    )


def _matches(
    context: Context,
    connection: Connection,
    actor: Actor,
    query: Query,
    lang: str,
    visits: Sequence[str],
) -> Iterator[tuple[str, list[Json]]]:
    for start in range(0, len(visits), AT_ONCE):
        part = visits[start : start + AT_ONCE]
        for dossier in load_dossiers(context, connection, part, actor.practice):
            newest = (record.newest() for record in recorded(query.kind, dossier, lang) if not record.gone)
            yield dossier.visit, [resource for resource in newest if _fits(query, resource)]


def _of_practice(context: Context, connection: Connection, actor: Actor, query: Query, lang: str) -> Page:
    only = _narrowed(
        [list(wanted.values) for wanted in query.named("_id")]
        + [
            _ids_by_identifier(context, connection, actor, query.kind, wanted.values)
            for wanted in query.named("identifier")
        ]
    )
    found = of_practice(
        context,
        connection,
        query.kind,
        actor.practice or "",
        lang,
        only=only,
        after=_place(query.page)[0],
        limit=query.count + 1,
    )
    page = found[: query.count]
    kept = tuple(resource for resource in page if _fits(query, resource))
    more = len(found) > query.count and query.count > 0
    total = len(kept) if not (query.page or len(found) > query.count) else None
    return Page(kept, next=f"{page[-1]['id']}.0" if more else None, total=total)


def _ids_by_identifier(
    context: Context, connection: Connection, actor: Actor, kind: str, values: Sequence[str]
) -> list[str]:
    """By our own identifier, or a patient by the number in the practice's own record."""
    codes = [token_parts(value)[1] for value in values]
    if kind != "Patient":
        return codes
    patients = context.tables.patients
    by_number = connection.scalars(
        sa.select(patients.c.id).where(patients.c.practice == actor.practice, has_reference(context, *codes))
    )
    return [*codes, *by_number]


def _fits(query: Query, resource: Json) -> bool:
    """Provenance names no patient: there the visits were narrowed to the patient's, and that is all there is to it."""
    return all(
        wanted.fits(resource)
        for wanted in query.wanted
        if not (query.kind == "Provenance" and wanted.name == "patient")
    )


def _visits(context: Context, connection: Connection, query: Query) -> list[str] | None:
    """The only visits that can hold a match, or None when the parameters do not tell."""
    narrowed = []
    for wanted in query.named("_id", "identifier"):
        systems = {names.id_system(query.kind), None}
        ids = [token_parts(value)[1] for value in wanted.values if token_parts(value)[0] in systems]
        narrowed.append([visit_of(context, connection, query.kind, record) for record in ids])
    for wanted in query.named(*_OF_GOAL):
        narrowed.append([visit_of(context, connection, "Goal", goal) for goal in wanted.ids_of("Goal")])
    return _narrowed([[visit for visit in visits if visit] for visits in narrowed])


def _narrowed(sets: Sequence[Sequence[str]]) -> list[str] | None:
    return sorted(set.intersection(*(set(one) for one in sets))) if sets else None


def _place(page: str) -> tuple[str, int]:
    """Where to go on: after this id, and past so many matches. Raises Invalid for a page that we never named."""
    found = _PAGE.fullmatch(page or ".0")
    if not found:
        raise Invalid("search_value")
    return found[1], int(found[2])
