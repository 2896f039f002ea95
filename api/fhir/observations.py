"""Observations: how important a goal is (0 to 10), what matters to a person, and how far a goal has come."""

from datetime import datetime

from api.fhir import labels, names
from api.fhir.dossier import Dossier, GoalRecord
from api.fhir.elements import (
    Json,
    annotation,
    coding,
    concept,
    identifier,
    instant,
    is_text,
    language_tag,
    meta,
    reference,
    stamped,
    without_nothing,
)
from api.fhir.interview import response_id, tells
from api.fhir.labels import label
from api.fhir.narrative import Line, Said, narrative
from api.fhir.people import author, speaker
from careplan.people import Role

_MATTERS = {Role.PATIENT.value: "matters_most", Role.CAREGIVER.value: "caregiver_own"}
_LEVELS = {-2: "LA34484-8", -1: "LA34483-0", 0: "LA34481-4", 1: "LA34480-6", 2: "LA34479-8"}
_SCORED = {"patient": "107334-5", "caregiver": "107331-1", "clinician": "107333-7"}


def importance_id(goal: str) -> str:
    return f"importance-{goal}"


def importance(dossier: Dossier, record: GoalRecord, lang: str) -> Json | None:
    """The exact number that the person gave."""
    number = record.draft.importance
    if number is None:
        return None
    name = label(lang, labels.IMPORTANCE)
    said = next(state for state in reversed(record.states) if state.author == record.role)
    return _survey(
        dossier,
        importance_id(record.id),
        said.at,
        code=concept(coding(names.PCO_READINESS, "importance"), text=name),
        text=narrative(lang, [Line(name, [f"{number}/10", Said(record.draft.words, record.draft.lang)])]),
        focus=[reference("Goal", record.id)],
        performer=[speaker(dossier, record.role)],
        valueInteger=number,
        derivedFrom=_source(dossier, record.role),
    )


def matters_id(dossier: Dossier, role: str) -> str:
    return f"matters-{dossier.visit}-{role}"


def what_matters(dossier: Dossier, role: str, lang: str) -> Json | None:
    """What a person answered when asked what matters most (a caregiver: to themselves)."""
    sent = dossier.sent.get(role)
    answers = [
        answer
        for answer in (sent.contribution.answers if sent else ())
        if answer.question == _MATTERS[role] and is_text(answer.words)
    ]
    if sent is None or not answers:
        return None
    name = label(lang, labels.MATTERS)
    code = concept(coding(names.PCO_CONCEPTS, "what-matters"), text=name)
    value: Json = {"valueString": answers[0].words}
    if len(answers) > 1:
        value = {"component": [{"code": code, "valueString": answer.words} for answer in answers]}
    return _survey(
        dossier,
        matters_id(dossier, role),
        sent.at,
        code=code,
        concept=coding(names.PCO_CONCEPTS, "what-matters"),
        text=narrative(lang, [Line(name, [Said(answer.words, answer.lang) for answer in answers])]),
        language=language_tag(answers[0].lang),
        performer=[speaker(dossier, role)],
        derivedFrom=_source(dossier, role),
        **value,
    )


def score_observations(dossier: Dossier, record: GoalRecord, lang: str) -> list[Json]:
    """The scores of goal attainment scaling, oldest first."""
    found = []
    for score in record.scores:
        level = label(lang, labels.LEVEL[score.level])
        who = author(dossier, score.author)
        voice = speaker(dossier, score.scored_by) if score.scored_by in _MATTERS else who
        noted = score.note if score.note and is_text(score.note) else None
        name = label(lang, labels.ATTAINMENT)
        found.append(
            _survey(
                dossier,
                score.id,
                score.at,
                code=concept(coding(names.LOINC, _SCORED[score.scored_by]), text=name),
                text=narrative(lang, [Line(name, [level, *([Said(noted)] if noted else [])])]),
                focus=[reference("Goal", record.id)],
                performer=[voice],
                valueCodeableConcept=concept(coding(names.LOINC, _LEVELS[score.level]), text=level),
                note=[annotation(noted, author=who, time=score.at)] if noted else [],
            )
        )
    return found


def _survey(dossier: Dossier, record: str, at: datetime, *, concept: Json | None = None, **content: object) -> Json:
    categories = [coding(names.OBSERVATION_CATEGORY, "survey"), *([concept] if concept else [])]
    return stamped(
        without_nothing(
            {
                "resourceType": "Observation",
                "id": record,
                "meta": meta(at),
                "identifier": [identifier("Observation", record)],
                "status": "final",
                "category": [{"coding": [made]} for made in categories],
                "subject": reference("Patient", dossier.patient),
                "effectiveDateTime": instant(at),
                **content,
            }
        )
    )


def _source(dossier: Dossier, role: str) -> list[Json]:
    return [reference("QuestionnaireResponse", response_id(dossier, role))] if tells(dossier, role) else []
