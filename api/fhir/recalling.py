"""What a receiver is asked to let go of, in Bundles that name our records by identifier.

Of what may still be read here (the plan of which one goal went, an interview of which one answer did) it gets what
stands now. Everything else is written over with what R4 gives a record that nobody should rely on any more:
`entered-in-error`, and nothing of what it held. Where R4 has no such status, `active` is false, or the activity of a
Provenance is NULLIFY. Told twice it changes nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from api.fhir import names
from api.fhir.bundle import Referring, Transaction, entry, key_of, plan_to_leave
from api.fhir.dossier import Dossier, GoalRecord
from api.fhir.elements import Json, coding, concept, identifier, instant, reference
from api.fhir.goal import withdrawn
from api.fhir.interview import response
from api.fhir.people import related_person
from api.outbox import Place
from careplan.people import Role

MOST = 8
"""Entries of a Bundle: some engines take no more in a conditional transaction."""
ERROR = "entered-in-error"
_MASKED = concept(coding(names.DATA_ABSENT, "masked"))


def recall(
    practice: str,
    patient: str,
    records: Sequence[str],
    since: datetime,
    standing: Mapping[str, Json],
    referring: Referring,
) -> tuple[Transaction, ...]:
    """Asks for `records` (as `Type/id`), but tells anew those that are `standing`; since: when they were erased."""
    made = []
    for key in records:
        kind, _, record = key.partition("/")
        if key in standing:
            made.append((key, entry(referring, standing[key], update=True)))
        elif kind in _EMPTIED:
            emptied = {"resourceType": kind, "id": record, **_identified(kind, record)}
            emptied |= _EMPTIED[kind](record, practice, reference("Patient", patient), since)
            made.append((key, entry(referring, emptied, update=True)))
    gone = frozenset(key for key, _ in made if key not in standing)
    return tuple(_bundle(made[start : start + MOST], gone) for start in range(0, len(made), MOST))


def standing_of(dossier: Dossier, lang: str) -> dict[str, Json]:
    """What may still be read of a visit and is told anew when a part of it was erased, by `Type/id`."""
    found = [
        plan_to_leave(dossier, lang),
        related_person(dossier, lang),
        *(response(dossier, role, lang) for role in (Role.PATIENT, Role.CAREGIVER)),
    ]
    return {key_of(resource): resource for resource in found if resource}


def withdrawal(
    dossier: Dossier, record: GoalRecord, records: Sequence[str], lang: str, places: Mapping[str, Place]
) -> tuple[Transaction, ...]:
    """A goal that its author took back, or no longer shares, after `records` may have left with it."""
    standing = standing_of(dossier, lang)
    at = record.newest.at
    referring = Referring(dossier, {}, places)
    told = f"Goal/{record.id}"
    standing[told] = withdrawn(dossier, record, record.newest, lang) | {"id": record.id}
    bundles = recall(dossier.practice, dossier.patient, records, at, standing, referring)
    return tuple(Transaction(one.bundle, one.records, one.gone | ({told} & set(one.records))) for one in bundles)


def _bundle(made: Sequence[tuple[str, Json]], gone: frozenset[str]) -> Transaction:
    keys = tuple(key for key, _ in made)
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": [one for _, one in made]}
    return Transaction(bundle, keys, gone & set(keys))


def _identified(kind: str, record: str) -> Json:
    if kind == "Provenance":  # it has a tag instead
        return {}
    own = identifier(kind, record)
    return {"identifier": own if kind == "QuestionnaireResponse" else [own]}


def _goal(record: str, practice: str, patient: Json, since: datetime) -> Json:
    return {"lifecycleStatus": ERROR, "description": _MASKED, "subject": patient}


def _plan(record: str, practice: str, patient: Json, since: datetime) -> Json:
    return {"status": ERROR, "intent": "plan", "subject": patient}


def _observation(record: str, practice: str, patient: Json, since: datetime) -> Json:
    return {"status": ERROR, "code": _MASKED, "subject": patient}


def _response(record: str, practice: str, patient: Json, since: datetime) -> Json:
    return {"status": ERROR, "subject": patient}


def _related_person(record: str, practice: str, patient: Json, since: datetime) -> Json:
    return {"active": False, "patient": patient}


def _provenance(record: str, practice: str, patient: Json, since: datetime) -> Json:
    goal = record.rpartition("-")[0]  # `provenance_id` put the state's number behind it
    return {
        "target": [reference("Goal", goal)],
        "recorded": instant(since),
        "activity": concept(coding(names.DATA_OPERATION, "NULLIFY")),
        "agent": [{"who": reference("Organization", practice)}],
    }


_EMPTIED = {
    "Goal": _goal,
    "CarePlan": _plan,
    "Observation": _observation,
    "QuestionnaireResponse": _response,
    "RelatedPerson": _related_person,
    "Provenance": _provenance,
}
"""All that ever leaves, but patients: they are the receiver's own, and it has more of them than ours."""
