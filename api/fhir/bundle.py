"""The transaction Bundle that leaves with a version of a goal: the goal, whose it is, what was said, who reviewed it.

Sent twice it changes nothing: what is new is created only if its identifier is not there yet (`ifNoneExist`), what was
sent before is updated where its identifier is. Practitioners, the organisation and the assistant are named, not sent:
a receiver knows its own. At most eight entries, since some engines take no more in a conditional transaction.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from api.fhir import names
from api.fhir.dossier import Dossier, GoalRecord, GoalState
from api.fhir.elements import Json
from api.fhir.goal import goal, withdrawn
from api.fhir.interview import response
from api.fhir.observations import importance
from api.fhir.people import ASSISTANT_NAME, patient, patient_of, related_person
from api.fhir.plan import APPROVED, care_plan
from api.fhir.provenance import provenance
from careplan.goals import Status
from careplan.people import Role

_UPDATED = frozenset({"Goal", "CarePlan", "Observation", "QuestionnaireResponse"})
_TASK_STATUS = {"proposed": "not-started", "doing": "in-progress", "done": "completed", "dropped": "cancelled"}
_ELSEWHERE = ("addresses", "outcomeReference")  # what they refer to stays here


@dataclass(frozen=True)
class Transaction:
    """A Bundle, and which of our records (`Type/id`) each of its entries is."""

    bundle: Json
    records: tuple[str, ...]


def transaction(
    dossier: Dossier, record: GoalRecord, version: int, lang: str, known: Mapping[str, str | None]
) -> Transaction | None:
    """What leaves with `version` of a goal; None when nothing may.

    known: what this visit sent before, with the place that the receiver gave it.
    """
    if record.gone:
        resources = _taken_back(dossier, record, lang, known)
    else:
        state = next((state for state in reversed(record.states) if state.version.number == version), None)
        resources = _resources(dossier, record, state, lang) if state else []
    if not resources:
        return None
    within = {_key(resource): names.full_url(resource["resourceType"], resource["id"]) for resource in resources}
    place = _Places(dossier, within, known)
    entries = [_entry(place, resource, _key(resource) in known) for resource in resources]
    return Transaction({"resourceType": "Bundle", "type": "transaction", "entry": entries}, tuple(within))


def _resources(dossier: Dossier, record: GoalRecord, state: GoalState, lang: str) -> list[Json]:
    approved = [one for one in dossier.goals if Status(one.newest.version.status) in APPROVED or one.id == record.id]
    changed = next(one for one in record.states if one.version.number == state.version.number)
    plan = care_plan(replace(dossier, goals=approved), lang)
    made = [
        patient(patient_of(dossier), lang),
        related_person(dossier, lang) if record.role == Role.CAREGIVER else None,
        response(dossier, record.role, lang),
        goal(dossier, record, state, lang),
        importance(dossier, record, lang),
        _with_work(dossier, plan, approved) if plan else None,
        provenance(dossier, record, record.states[0], lang),
        provenance(dossier, record, changed, lang) if changed is not record.states[0] else None,
    ]
    return [resource for resource in made if resource]


def _taken_back(dossier: Dossier, record: GoalRecord, lang: str, known: Mapping[str, str | None]) -> list[Json]:
    """Words that were taken back do not leave; a receiver that has them is told to let go of them."""
    if f"Goal/{record.id}" not in known:
        return []
    goal_without_words = withdrawn(dossier, record, record.newest, lang) | {"id": record.id}
    people = [patient(patient_of(dossier), lang)]
    speaker = related_person(dossier, lang) if record.role == Role.CAREGIVER else None
    return [*people, *([speaker] if speaker else []), goal_without_words]


def _with_work(dossier: Dossier, plan: Json, goals: list[GoalRecord]) -> Json:
    """Who does what, within the plan itself: a receiver need not know our team and its tasks as records."""
    plan = {name: value for name, value in plan.items() if name not in ("careTeam", "activity")}
    activities = []
    for one in goals:
        for task in one.tasks:
            now = task.versions[-1]
            member = dossier.member(now.member)
            detail: Json = {
                "kind": "Task",
                "goal": [{"reference": f"Goal/{one.id}"}],
                "status": _TASK_STATUS[now.state],
                "description": now.what,
            }
            if member:
                detail["performer"] = [{"display": member.name}]
            activities.append({"detail": detail})
    return plan | ({"activity": activities} if activities else {})


def _entry(place: "_Places", resource: Json, known: bool) -> Json:
    kind, record = resource["resourceType"], resource["id"]
    content = place.rewritten({name: value for name, value in resource.items() if name not in ("id", *_ELSEWHERE)})
    content["meta"] = {name: value for name, value in content["meta"].items() if name not in _SERVERS}
    if kind == "Provenance":  # R4 gives it no identifier
        content["meta"]["tag"] = [{"system": names.id_system(kind), "code": record}]
    if not content["meta"]:
        del content["meta"]
    condition = urlencode({"_tag" if kind == "Provenance" else "identifier": f"{names.id_system(kind)}|{record}"})
    if known and kind in _UPDATED:
        request = {"method": "PUT", "url": f"{kind}?{condition}"}
    else:
        request = {"method": "POST", "url": kind, "ifNoneExist": condition}
    return {"fullUrl": names.full_url(kind, record), "resource": content, "request": request}


_SERVERS = ("versionId", "lastUpdated")


@dataclass(frozen=True)
class _Places:
    """Where a reference of ours leads for the receiver."""

    dossier: Dossier
    within: Mapping[str, str]
    known: Mapping[str, str | None]

    def rewritten(self, content: Any) -> Any:
        """A copy in which every reference is one that the receiver understands."""
        if isinstance(content, list):
            return [self.rewritten(one) for one in content]
        if not isinstance(content, dict):
            return content
        there = content.get("reference")
        if isinstance(there, str):
            return self._reference(there) | {name: value for name, value in content.items() if name != "reference"}
        return {name: self.rewritten(value) for name, value in content.items()}

    def _reference(self, there: str) -> Json:
        """Within the Bundle, at the receiver, or by identifier alone."""
        kind, record, *version = there.split("/")
        key = f"{kind}/{record}"
        if key in self.within:
            return {"reference": self.within[key]}
        if place := self.known.get(key):
            return {"reference": place}
        named = {"type": kind, "identifier": {"system": names.id_system(kind), "value": record}}
        display = dict(self._displays()).get(key)
        return named | ({"display": display} if display else {})

    def _displays(self) -> Iterator[tuple[str, str]]:
        yield f"Organization/{self.dossier.practice}", self.dossier.practice_name
        yield "Device/assistant", ASSISTANT_NAME
        for user, name in self.dossier.users.items():
            yield f"Practitioner/{user}", name


def _key(resource: Json) -> str:
    return f"{resource['resourceType']}/{resource['id']}"
