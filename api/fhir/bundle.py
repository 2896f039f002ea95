"""The transaction Bundle that leaves with a version of a goal: the goal, whose it is, what was said, who reviewed it.

Sent twice it changes nothing: what is new is created only if its identifier is not there yet (`ifNoneExist`), what was
sent before is updated where its identifier is. Practitioners, the organisation and the assistant are named, not sent:
a receiver knows its own. At most eight entries, since some engines take no more in a conditional transaction.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from api.fhir import names
from api.fhir.dossier import Dossier, GoalRecord, GoalState
from api.fhir.elements import Json
from api.fhir.goal import goal
from api.fhir.interview import response
from api.fhir.observations import importance
from api.fhir.people import ASSISTANT_NAME, patient, patient_of, related_person
from api.fhir.plan import APPROVED, care_plan
from api.fhir.provenance import provenance
from api.outbox import Place
from careplan.goals import Status
from careplan.people import Role

_UPDATED = frozenset({"Goal", "CarePlan", "Observation", "QuestionnaireResponse"})
_TASK_STATUS = {"proposed": "not-started", "doing": "in-progress", "done": "completed", "dropped": "cancelled"}
_ELSEWHERE = ("addresses", "outcomeReference")  # what they refer to stays here


@dataclass(frozen=True)
class Transaction:
    """A Bundle, and which of our records (`Type/id`) each of its entries is. `gone`: those it asks to let go of."""

    bundle: Json
    records: tuple[str, ...]
    gone: frozenset[str] = field(default_factory=frozenset)


def transaction(
    dossier: Dossier,
    record: GoalRecord,
    version: int,
    lang: str,
    places: Mapping[str, Place],
    recalled: Collection[str] = (),
) -> Transaction | None:
    """What leaves with `version` of a goal; None when there is no such version to be read.

    places: of what this visit sent before. recalled: what the receiver was asked to take back since: it is still there,
    without words, and is written again.
    """
    state = next((state for state in reversed(record.states) if state.version.number == version), None)
    if state is None:
        return None
    resources = _resources(dossier, record, state, lang)
    within = {key_of(resource): names.full_url(resource["resourceType"], resource["id"]) for resource in resources}
    referring = Referring(dossier, within, places)
    entries = []
    for resource in resources:
        key = key_of(resource)
        stands = key in places and (resource["resourceType"] in _UPDATED or places[key].gone)
        entries.append(entry(referring, resource, update=stands or key in recalled))
    return Transaction({"resourceType": "Bundle", "type": "transaction", "entry": entries}, tuple(within))


def _resources(dossier: Dossier, record: GoalRecord, state: GoalState, lang: str) -> list[Json]:
    changed = next(one for one in record.states if one.version.number == state.version.number)
    made = [
        patient(patient_of(dossier), lang),
        related_person(dossier, lang) if record.role == Role.CAREGIVER else None,
        response(dossier, record.role, lang),
        goal(dossier, record, state, lang),
        importance(dossier, record, lang),
        plan_to_leave(dossier, lang, record.id),
        provenance(dossier, record, record.states[0], lang),
        provenance(dossier, record, changed, lang) if changed is not record.states[0] else None,
    ]
    return [resource for resource in made if resource]


def plan_to_leave(dossier: Dossier, lang: str, goal: str | None = None) -> Json | None:
    """The plan of the goals that are approved, and of one that leaves just now."""
    goals = [one for one in dossier.goals if Status(one.newest.version.status) in APPROVED or one.id == goal]
    plan = care_plan(replace(dossier, goals=goals), lang)
    return _with_work(dossier, plan, goals) if plan else None


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


def entry(referring: "Referring", resource: Json, *, update: bool) -> Json:
    """Of a resource: created if its identifier is not there yet, or written where it is."""
    kind, record = resource["resourceType"], resource["id"]
    content = referring.rewritten({name: value for name, value in resource.items() if name not in ("id", *_ELSEWHERE)})
    content["meta"] = {name: value for name, value in content.get("meta", {}).items() if name not in _SERVERS}
    if kind == "Provenance":  # R4 gives it no identifier
        content["meta"]["tag"] = [{"system": names.id_system(kind), "code": record}]
    if not content["meta"]:
        del content["meta"]
    condition = urlencode({"_tag" if kind == "Provenance" else "identifier": f"{names.id_system(kind)}|{record}"})
    if update:
        request = {"method": "PUT", "url": f"{kind}?{condition}"}
    else:
        request = {"method": "POST", "url": kind, "ifNoneExist": condition}
    return {"fullUrl": names.full_url(kind, record), "resource": content, "request": request}


_SERVERS = ("versionId", "lastUpdated")


@dataclass(frozen=True)
class Referring:
    """Where a reference of ours leads for the receiver. Without a dossier, nothing is named but by identifier."""

    dossier: Dossier | None
    within: Mapping[str, str]
    places: Mapping[str, Place]

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
        place = self.places.get(key)
        if place and place.location:
            return {"reference": place.location}
        named = {"type": kind, "identifier": {"system": names.id_system(kind), "value": record}}
        display = dict(self._displays()).get(key)
        return named | ({"display": display} if display else {})

    def _displays(self) -> Iterator[tuple[str, str]]:
        if self.dossier is None:
            return
        yield f"Organization/{self.dossier.practice}", self.dossier.practice_name
        yield "Device/assistant", ASSISTANT_NAME
        for user, name in self.dossier.users.items():
            yield f"Practitioner/{user}", name


def key_of(resource: Json) -> str:
    """As `Type/id`."""
    return f"{resource['resourceType']}/{resource['id']}"
