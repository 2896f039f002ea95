"""Provenance: for every state of a goal who said or reviewed it, who typed, and that the assistant wrote it down."""

from api.fhir import labels, names
from api.fhir.dossier import Dossier, GoalRecord, GoalState
from api.fhir.elements import Json, coding, concept, instant, meta, reference, without_nothing
from api.fhir.interview import response_id, tells
from api.fhir.labels import label
from api.fhir.narrative import Line, Said, narrative
from api.fhir.people import ASSISTANT, author, speaker
from careplan.people import Role, TypedBy


def provenance_id(record: GoalRecord, state: GoalState) -> str:
    return f"{record.id}-{state.id}"


def provenance(dossier: Dossier, record: GoalRecord, state: GoalState, lang: str) -> Json:
    """Of one state; it names its version."""
    before = record.states[record.states.index(state) - 1] if state is not record.states[0] else None
    said = state.author in {role.value for role in Role}
    return without_nothing(
        {
            "resourceType": "Provenance",
            "id": provenance_id(record, state),
            "meta": meta(state.at, "1"),
            "text": narrative(lang, [_line(dossier, record, state, lang)]),
            "target": [reference("Goal", record.id, state.id)],
            "recorded": instant(state.at),
            "activity": concept(coding(names.DATA_OPERATION, "UPDATE" if before else "CREATE")),
            "agent": _speakers(dossier, record, state, lang) if said else [_clinician(dossier, state)],
            "entity": [*_source(dossier, record, said=said), *_revision(record, before)],
        }
    )


def _speakers(dossier: Dossier, record: GoalRecord, state: GoalState, lang: str) -> list[Json]:
    informant = _agent("informant", speaker(dossier, record.role))
    if record.role == Role.CAREGIVER:
        informant["onBehalfOf"] = reference("Patient", dossier.patient)
    typed_by = state.version.draft.typed_by
    hands = speaker(dossier, record.role)
    if typed_by is TypedBy.HELPER:
        hands = {"display": label(lang, labels.TYPED_BY[typed_by.value])}
    elif typed_by is TypedBy.STAFF:
        hands = reference("Organization", dossier.practice)
    return [informant, _agent("enterer", hands), _agent("assembler", reference("Device", ASSISTANT))]


def _clinician(dossier: Dossier, state: GoalState) -> Json:
    """Somebody of the practice: who decided verifies, who followed the goal later is an author."""
    decided = state.version.decision is not None and not state.measured
    agent = _agent("verifier" if decided else "author", author(dossier, state.author))
    return agent | {"onBehalfOf": reference("Organization", dossier.practice)}


def _agent(kind: str, who: Json) -> Json:
    return {"type": concept(coding(names.PARTICIPANT_TYPE, kind)), "who": who}


def _source(dossier: Dossier, record: GoalRecord, *, said: bool) -> list[Json]:
    if not said or not tells(dossier, record.role):
        return []
    return [{"role": "source", "what": reference("QuestionnaireResponse", response_id(dossier, record.role))}]


def _revision(record: GoalRecord, before: GoalState | None) -> list[Json]:
    return [{"role": "revision", "what": reference("Goal", record.id, before.id)}] if before else []


def _line(dossier: Dossier, record: GoalRecord, state: GoalState, lang: str) -> Line:
    draft = state.version.draft
    who = labels.ROLE.get(state.author)
    name = label(lang, who) if who else dossier.users.get(state.author, state.author)
    return Line(name, [label(lang, labels.STATUS[state.version.status]), Said(draft.words, draft.lang)])
