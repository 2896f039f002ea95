"""Tasks: what somebody of the team does for a goal, and the review itself as a piece of work."""

from api.fhir import labels, names
from api.fhir.dossier import Dossier, GoalRecord, TaskRecord, TaskVersion
from api.fhir.elements import (
    Json,
    coding,
    concept,
    identifier,
    instant,
    is_text,
    meta,
    reference,
    stamped,
    without_nothing,
)
from api.fhir.labels import label
from api.fhir.narrative import Line, Said, narrative
from api.fhir.people import author, speaker
from careplan.goals import Status

_STATUS = {"proposed": "requested", "doing": "in-progress", "done": "completed", "dropped": "cancelled"}
_REVIEW = {Status.SUBMITTED: "requested", Status.TO_DISCUSS: "on-hold", Status.DECLINED: "rejected"}


def task(dossier: Dossier, record: GoalRecord, made: TaskRecord, version: TaskVersion, lang: str) -> Json:
    """One version of what a member of the team does; `reasonCode` is what this role adds."""
    member = dossier.member(version.member)
    owner = {"display": member.name} if member and is_text(member.name) else None
    if member and member.user:
        owner = reference("Practitioner", member.user)
    lines = [Line(member.name if member else "", [Said(version.what)])]
    if version.added_value:
        lines.append(Line(label(lang, labels.ITEMS["why"]), [Said(version.added_value)]))
    return without_nothing(
        {
            "resourceType": "Task",
            "id": made.id,
            "meta": meta(version.at, str(version.number)),
            "text": narrative(lang, lines),
            "identifier": [identifier("Task", made.id)],
            "status": _STATUS[version.state],
            "statusReason": {"text": version.reason} if version.reason and is_text(version.reason) else None,
            "intent": "plan",
            "description": version.what,
            "focus": reference("Goal", record.id),
            "for": reference("Patient", dossier.patient),
            "authoredOn": instant(made.versions[0].at),
            "lastModified": instant(version.at),
            "requester": author(dossier, made.versions[0].author),
            "performerType": [concept(coding(names.TEAM_ROLE, member.role))] if member else [],
            "owner": owner,
            "reasonCode": {"text": version.added_value}
            if version.added_value and is_text(version.added_value)
            else None,
        }
    )


def review_id(goal: str) -> str:
    return f"review-{goal}"


def review(dossier: Dossier, record: GoalRecord, lang: str) -> Json:
    """The practice is asked to look at the goal."""
    state, first = record.newest, record.states[0]
    name = label(lang, labels.REVIEW)
    return stamped(
        {
            "resourceType": "Task",
            "id": review_id(record.id),
            "meta": meta(state.at),
            "text": narrative(lang, [Line(name, [Said(record.draft.words, record.draft.lang)])]),
            "extension": [
                {"url": names.CANDIDATES, "valueReference": reference("Organization", dossier.practice)},
            ],
            "identifier": [identifier("Task", review_id(record.id))],
            "status": _REVIEW.get(Status(state.version.status), "completed"),
            "intent": "proposal",
            "code": concept(coding(names.TASK_CODE, "approve"), text=name),
            "focus": reference("Goal", record.id),
            "for": reference("Patient", dossier.patient),
            "authoredOn": instant(first.at),
            "lastModified": instant(state.at),
            "requester": speaker(dossier, record.role),
        }
    )
