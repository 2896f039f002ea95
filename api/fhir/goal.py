"""Goals. The words stand in `description.text` to the letter, in `language`; a clinician's wording is a note beside."""

from collections.abc import Sequence

from api.fhir import labels, names
from api.fhir.dossier import Dossier, GoalRecord, GoalState
from api.fhir.elements import (
    Json,
    annotation,
    coding,
    concept,
    identifier,
    is_text,
    language_tag,
    meta,
    reference,
    without_nothing,
)
from api.fhir.labels import label
from api.fhir.narrative import Line, Said, narrative
from api.fhir.observations import matters_id, score_observations, what_matters
from api.fhir.people import author, speaker
from api.fhir.time_frames import due, in_words
from careplan.areas import AreaOfLife
from careplan.goals import GoalDraft, Status
from careplan.people import Role

LIFECYCLE = {
    Status.SUBMITTED: "proposed",
    Status.TO_DISCUSS: "proposed",
    Status.ACCEPTED: "accepted",
    Status.CHANGED: "accepted",
    Status.DECLINED: "rejected",
    Status.ACTIVE: "active",
    Status.ATTAINED: "completed",
    Status.GIVEN_UP: "cancelled",
}
_ACHIEVEMENT = {
    Status.ACTIVE: "in-progress",
    Status.ATTAINED: "achieved",
    Status.GIVEN_UP: "not-achieved",
}
_DOMAIN = {
    AreaOfLife.FAMILY_FRIENDS: "social-functioning",
    AreaOfLife.GETTING_AROUND: "physical-function",
    AreaOfLife.SELF_CARE: "independence",
    AreaOfLife.HOME_LIFE: "independence",
    AreaOfLife.LEISURE_COMMUNITY: "social-functioning",
    AreaOfLife.FEELINGS_ENERGY: "emotional-and-mental-health",
    AreaOfLife.BODY_SYMPTOMS: "managing-conditions",
    AreaOfLife.CARE_TREATMENT: "medication-management",
    AreaOfLife.LIVING_CONDITIONS: "housing",
    AreaOfLife.END_OF_LIFE: "end-of-life",
}
_LEVELS = ("LA34484-8", "LA34483-0", "LA34481-4", "LA34480-6", "LA34479-8")  # from much less to much better
ASSERTED_BY = {Role.PATIENT.value: "PATAST", Role.CAREGIVER.value: "PACQAST"}


def goal(dossier: Dossier, record: GoalRecord, state: GoalState, lang: str) -> Json:
    """One state of a goal, with a narrative in `lang`."""
    draft, status = state.version.draft, Status(state.version.status)
    told = reason_of(state)
    achievement, target = _ACHIEVEMENT.get(status), due(draft.time_frame)
    return without_nothing(
        {
            "resourceType": "Goal",
            "id": record.id,
            "meta": meta(
                state.at,
                state.id,
                profile=names.BE_GOAL,
                security=coding(names.OBSERVATION_VALUE, ASSERTED_BY[record.role]),
            ),
            "language": language_tag(draft.lang),
            "text": narrative(lang, _lines(record, state, lang)),
            "extension": [
                *_acceptance(dossier, record, draft),
                *_rejected(status, told),
                *_scaling(state, lang),
            ],
            "identifier": [identifier("Goal", record.id)],
            "lifecycleStatus": LIFECYCLE[status],
            "achievementStatus": concept(coding(names.GOAL_ACHIEVEMENT, achievement)) if achievement else None,
            "category": _categories(record, draft, lang),
            "description": {"text": draft.words},
            "subject": reference("Patient", dossier.patient),
            "startDate": record.states[0].at.date().isoformat(),
            "target": [target] if target else [],
            "statusDate": state.at.date().isoformat(),
            "statusReason": told,
            "expressedBy": speaker(dossier, record.role),
            "addresses": [reference("Observation", matters_id(dossier, record.role))]
            if what_matters(dossier, record.role, lang)
            else [],
            "note": _notes(dossier, record, state, lang),
            "outcomeReference": [
                reference("Observation", score["id"]) for score in score_observations(dossier, record, lang)
            ],
        }
    )


def withdrawn(dossier: Dossier, record: GoalRecord, state: GoalState, lang: str) -> Json:
    """What a receiver gets of a goal that its author took back after it had left: that it is, and no words."""
    told = label(lang, labels.WITHDRAWN)
    return {
        "resourceType": "Goal",
        "meta": meta(state.at, profile=names.BE_GOAL),
        "text": narrative(lang, [Line(label(lang, labels.GOAL), [told])]),
        "identifier": [identifier("Goal", record.id)],
        "lifecycleStatus": "cancelled",
        "category": [_unknown_area(lang)],
        "description": {"text": told},
        "subject": reference("Patient", dossier.patient),
        "expressedBy": speaker(dossier, record.role),
    }


def reason_of(state: GoalState) -> str | None:
    """The clinician's reason, when it is one that FHIR can hold."""
    reason = state.version.reason
    return reason if reason and is_text(reason) else None


def _acceptance(dossier: Dossier, record: GoalRecord, draft: GoalDraft) -> list[Json]:
    """Who holds the goal and how important it is to them; a caregiver's goal was not put to the patient."""
    parts: list[Json] = [
        {"url": "individual", "valueReference": speaker(dossier, record.role)},
        {"url": "status", "valueCode": "agree"},
    ]
    if draft.importance is not None:
        height = "high" if draft.importance >= 8 else "medium" if draft.importance >= 4 else "low"
        priority = concept(coding(names.GOAL_PRIORITY, f"{height}-priority"))
        parts.append({"url": "priority", "valueCodeableConcept": priority})
    found = [{"url": names.GOAL_ACCEPTANCE, "extension": parts}]
    if record.role == Role.CAREGIVER:
        pending: list[Json] = [
            {"url": "individual", "valueReference": reference("Patient", dossier.patient)},
            {"url": "status", "valueCode": "pending"},
        ]
        found.append({"url": names.GOAL_ACCEPTANCE, "extension": pending})
    return found


def _rejected(status: Status, told: str | None) -> list[Json]:
    if status is not Status.DECLINED or not told:
        return []
    return [{"url": names.GOAL_REASON_REJECTED, "valueCodeableConcept": {"text": told}}]


def _scaling(state: GoalState, lang: str) -> list[Json]:
    if state.scaling is None:
        return []
    return [
        {
            "url": names.GAS,
            "extension": [
                {"url": "level", "valueCoding": coding(names.LOINC, code)},
                {"url": "progressText", "valueString": text},
            ],
        }
        for code, text in zip(_LEVELS, state.scaling.levels, strict=True)
        if is_text(text)
    ]


def _categories(record: GoalRecord, draft: GoalDraft, lang: str) -> list[Json]:
    """The area of life: our code, ICF's and PCO's. Nobody confirmed it, so none of them is `userSelected`."""
    if draft.domain is None:
        found = [_unknown_area(lang)]
    else:
        codings = [coding(names.AREA_OF_LIFE, draft.domain.value)]
        codings += [coding(names.ICF, code) for code in draft.domain.icf_codes]
        if draft.domain in _DOMAIN:
            codings.append(coding(names.PCO_DOMAINS, _DOMAIN[draft.domain]))
        codings = [made | {"userSelected": False} for made in codings]
        found = [concept(*codings, text=label(lang, labels.AREA_OF_LIFE[draft.domain.value]))]
    if any(item.question == "caregiver_own" for item in draft.statements):
        found.append(concept(coding(names.PCO_DOMAINS, "caregiver-needs")))
    return found


def _unknown_area(lang: str) -> Json:
    return concept(coding(names.DATA_ABSENT, "unknown"), text=label(lang, labels.NO_AREA))


def _notes(dossier: Dossier, record: GoalRecord, state: GoalState, lang: str) -> list[Json]:
    """Why it matters, what is in the way and so on, in the author's words; and the clinician's wording."""
    voice = speaker(dossier, record.role)
    notes = [
        annotation(item.words, author=voice, time=state.at, lang=item.lang)
        for name in labels.ITEMS
        for item in getattr(state.version.draft, name)
        if item.shared and is_text(item.words)
    ]
    if state.version.wording and is_text(state.version.wording):
        notes.append(annotation(state.version.wording, author=_reviewer(dossier, record, state), time=state.at))
    return notes


def _reviewer(dossier: Dossier, record: GoalRecord, state: GoalState) -> Json:
    """Who wrote the wording: it stays when the person adds something to the same words later."""
    wording = state.version.wording
    first = next(earlier for earlier in record.states if earlier.version.wording == wording)
    return author(dossier, first.version.author)


def _lines(record: GoalRecord, state: GoalState, lang: str) -> Sequence[Line]:
    draft, version = state.version.draft, state.version
    area = labels.AREA_OF_LIFE[draft.domain.value] if draft.domain else labels.NO_AREA
    lines = [
        Line(label(lang, labels.ROLE[record.role]), [Said(draft.words, draft.lang)]),
        Line(label(lang, labels.STANDS), [label(lang, labels.STATUS[version.status])]),
        Line(label(lang, labels.AREA), [label(lang, area)]),
    ]
    if draft.importance is not None:
        lines.append(Line(label(lang, labels.IMPORTANCE), [f"{draft.importance}/10"]))
    if draft.time_frame:
        lines.append(Line(label(lang, labels.BY_WHEN), [in_words(draft.time_frame, lang)]))
    for name, msgid in labels.ITEMS.items():
        said = [Said(item.words, item.lang) for item in getattr(draft, name) if item.shared]
        lines.append(Line(label(lang, msgid), said))
    for msgid, text in ((labels.WORDING, version.wording), (labels.REASON, version.reason)):
        if text:
            lines.append(Line(label(lang, msgid), [Said(text)]))
    if state.scaling:
        texts = zip(range(-2, 3), state.scaling.levels, strict=True)
        lines += [Line(label(lang, labels.LEVEL[level]), [Said(text)]) for level, text in texts if text]
    return lines
