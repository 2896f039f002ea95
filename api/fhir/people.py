"""People, organisations and the assistant as resources: Patient, RelatedPerson, Practitioner, Organization, Device."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import locales
from api.fhir import names
from api.fhir.dossier import Dossier
from api.fhir.elements import (
    Json,
    coding,
    concept,
    identifier,
    is_text,
    language_tag,
    meta,
    reference,
    stamped,
    without_nothing,
)
from api.fhir.labels import ROLE, label
from api.fhir.narrative import Line, Said, narrative
from careplan.people import Role

ASSISTANT = "assistant"
ASSISTANT_NAME = "Voorop"


@dataclass(frozen=True)
class PatientRecord:
    """A patient of a practice. `reference`: the number in the practice's own record."""

    id: str
    practice: str
    name: str | None
    reference: str | None
    language: str | None
    since: datetime


def patient(record: PatientRecord, lang: str) -> Json:
    identifiers = [identifier("Patient", record.id)]
    if record.reference and is_text(record.reference):
        identifiers.append(
            {
                "type": concept(coding(names.IDENTIFIER_TYPE, "MR")),
                "system": f"{names.id_system('Organization')}/{record.practice}",
                "value": record.reference,
                "assigner": reference("Organization", record.practice),
            }
        )
    return stamped(
        without_nothing(
            {
                "resourceType": "Patient",
                "id": record.id,
                "meta": meta(record.since),
                "text": narrative(lang, [Line(label(lang, ROLE[Role.PATIENT]), _named(record.name))]),
                "identifier": identifiers,
                "name": _name(record.name),
                "communication": _spoken(record.language, preferred=True),
                "managingOrganization": reference("Organization", record.practice),
            }
        )
    )


def patient_of(dossier: Dossier) -> PatientRecord:
    """The patient as one visit knows them."""
    person = dossier.people.get(Role.PATIENT)
    return PatientRecord(
        id=dossier.patient,
        practice=dossier.practice,
        name=dossier.patient_name or (person.name if person else None),
        reference=dossier.patient_reference,
        language=person.language if person else None,
        since=dossier.patient_since,
    )


def related_person_id(dossier: Dossier) -> str:
    return f"{dossier.visit}-{Role.CAREGIVER.value}"


def related_person(dossier: Dossier, lang: str) -> Json | None:
    """The caregiver of the visit; who they are to the patient in their own words, when they share that."""
    person = dossier.people.get(Role.CAREGIVER)
    if person is None:
        return None
    sent = dossier.sent.get(Role.CAREGIVER)
    relations = [
        answer
        for answer in (sent.contribution.answers if sent else ())
        if answer.question == "caregiver_relation" and is_text(answer.words)
    ]
    said = [Said(answer.words, answer.lang) for answer in relations]
    return stamped(
        without_nothing(
            {
                "resourceType": "RelatedPerson",
                "id": related_person_id(dossier),
                "meta": meta(sent.at if sent else dossier.created_at),
                "text": narrative(lang, [Line(label(lang, ROLE[Role.CAREGIVER]), [*_named(person.name), *said])]),
                "identifier": [identifier("RelatedPerson", related_person_id(dossier))],
                "patient": reference("Patient", dossier.patient),
                "relationship": [{"text": answer.words} for answer in relations],
                "name": _name(person.name),
                "communication": _spoken(person.language, preferred=True),
            }
        )
    )


def speaker(dossier: Dossier, role: str) -> Json:
    """A reference to whose words they are."""
    if role == Role.CAREGIVER:
        return reference("RelatedPerson", related_person_id(dossier))
    return reference("Patient", dossier.patient)


def author(dossier: Dossier, who: str) -> Json:
    """A reference to who wrote a version: one of the two speakers, a user, or (only by name) a program."""
    if who in {role.value for role in Role}:
        return speaker(dossier, who)
    if who in dossier.users:
        return reference("Practitioner", who)
    return {"display": who}


def practitioner(user: str, name: str, since: datetime, lang: str) -> Json:
    """A user of the practice."""
    return stamped(
        {
            "resourceType": "Practitioner",
            "id": user,
            "meta": meta(since),
            "text": narrative(lang, [Line(name, [" "])]),
            "identifier": [identifier("Practitioner", user)],
            "name": [{"text": name}],
        }
    )


def organization(practice: str, name: str, since: datetime, lang: str) -> Json:
    return stamped(
        {
            "resourceType": "Organization",
            "id": practice,
            "meta": meta(since),
            "text": narrative(lang, [Line(name, [" "])]),
            "identifier": [identifier("Organization", practice)],
            "name": name,
        }
    )


def assistant(since: datetime, version: str, lang: str) -> Json:
    """The program that asked the questions and wrote down the answers."""
    return stamped(
        {
            "resourceType": "Device",
            "id": ASSISTANT,
            "meta": meta(since),
            "text": narrative(lang, [Line(ASSISTANT_NAME, [version])]),
            "identifier": [identifier("Device", ASSISTANT)],
            "status": "active",
            "deviceName": [{"name": ASSISTANT_NAME, "type": "user-friendly-name"}],
            "version": [{"value": version}],
        }
    )


def _named(name: str | None) -> Sequence[Said | str]:
    return [Said(name)] if name else [" "]


def _name(name: str | None) -> list[Json]:
    return [{"text": name}] if name and is_text(name) else []


def _spoken(language: str | None, *, preferred: bool) -> list[Json]:
    if not language:
        return []
    tag = language_tag(language)
    own = {known.code: known.name for known in locales.languages()}
    text = own.get(tag.split("-")[0], tag)
    return [{"language": concept(coding("urn:ietf:bcp:47", tag), text=text), "preferred": preferred}]
