"""The care plan of a visit, and its care team."""

from api.fhir import labels, names
from api.fhir.dossier import Dossier, GoalRecord, Member
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
from api.fhir.interview import response_id, tells
from api.fhir.labels import label
from api.fhir.narrative import Line, Said, narrative
from api.fhir.people import ASSISTANT, speaker
from careplan.goals import Status, first_of
from careplan.people import Role

APPROVED = frozenset({Status.ACCEPTED, Status.CHANGED, Status.ACTIVE, Status.ATTAINED, Status.GIVEN_UP})
_ENDED = frozenset({Status.ATTAINED, Status.GIVEN_UP, Status.DECLINED})
_INFORMAL = "informal_caregiver"


def care_plan(dossier: Dossier, lang: str) -> Json | None:
    """All goals of a visit, of each person the first one first: a proposal until the practice accepts one."""
    goals = in_order(dossier)
    if not goals:
        return None
    status, intent = standing(goals)
    roles = [role for role in (Role.PATIENT.value, Role.CAREGIVER.value) if role in dossier.sent]
    return stamped(
        without_nothing(
            {
                "resourceType": "CarePlan",
                "id": dossier.visit,
                "meta": meta(max(goal.newest.at for goal in goals), profile=names.BE_CARE_PLAN),
                "text": narrative(lang, _lines(goals, lang)),
                "identifier": [identifier("CarePlan", dossier.visit)],
                "status": status,
                "intent": intent,
                "title": label(lang, labels.PLAN),
                "subject": reference("Patient", dossier.patient),
                "created": instant(min(goal.states[0].at for goal in goals)),
                "author": speaker(dossier, roles[0]) if roles else None,
                "contributor": [reference("Device", ASSISTANT), *(speaker(dossier, role) for role in roles[1:])],
                "careTeam": [reference("CareTeam", dossier.visit)] if _members(dossier) else [],
                "supportingInfo": [
                    reference("QuestionnaireResponse", response_id(dossier, role))
                    for role in roles
                    if tells(dossier, role)
                ],
                "goal": [reference("Goal", goal.id) for goal in goals],
                "activity": [{"reference": reference("Task", task.id)} for goal in goals for task in goal.tasks],
            }
        )
    )


def in_order(dossier: Dossier) -> list[GoalRecord]:
    """The patient's goals and then the caregiver's, the one thing of each in front."""
    found = []
    for role in (Role.PATIENT.value, Role.CAREGIVER.value):
        own = [goal for goal in dossier.goals if goal.role == role]
        first = first_of([goal.draft for goal in own])
        found += sorted(own, key=lambda goal: goal.draft is not first)
    return found


def standing(goals: list[GoalRecord]) -> tuple[str, str]:
    """Status and intent of a plan with these goals."""
    stands = {Status(goal.newest.version.status) for goal in goals}
    if not stands & APPROVED:
        return "draft", "proposal"
    return ("completed" if stands <= _ENDED else "active"), "plan"


def care_team(dossier: Dossier, lang: str) -> Json | None:
    """Who works on the goals of a visit now."""
    members = _members(dossier)
    if not members:
        return None
    name = label(lang, labels.TEAM)
    return stamped(
        {
            "resourceType": "CareTeam",
            "id": dossier.visit,
            "meta": meta(max(member.at for member in members)),
            "text": narrative(lang, [Line(name, [Said(member.name) for member in members])]),
            "identifier": [identifier("CareTeam", dossier.visit)],
            "status": "active",
            "name": name,
            "subject": reference("Patient", dossier.patient),
            "participant": [_participant(dossier, member) for member in members],
            "managingOrganization": [reference("Organization", dossier.practice)],
        }
    )


def _participant(dossier: Dossier, member: Member) -> Json:
    who: Json = {"display": member.name}
    if member.user:
        who = reference("Practitioner", member.user) | who
    elif member.role == _INFORMAL and Role.CAREGIVER in dossier.people:
        who = speaker(dossier, Role.CAREGIVER) | who
    made: Json = {"role": [concept(coding(names.TEAM_ROLE, member.role))], "member": who}
    if member.organisation and is_text(member.organisation) and member.role != _INFORMAL:
        made["onBehalfOf"] = {"display": member.organisation}
    return made


def _members(dossier: Dossier) -> list[Member]:
    return [member for member in dossier.members if not member.left and is_text(member.name)]


def _lines(goals: list[GoalRecord], lang: str) -> list[Line]:
    return [
        Line(
            label(lang, labels.ROLE[goal.role]),
            [Said(goal.draft.words, goal.draft.lang), label(lang, labels.STATUS[goal.newest.version.status])],
        )
        for goal in goals
    ]
