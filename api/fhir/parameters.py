"""The search parameters of every resource type: what of a resource each of them looks at.

Names and meanings are those of FHIR R4. `patient` of Provenance is wider than there: whose goal it is about.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from api.fhir.elements import Json

Values = Callable[[Json], Sequence[Any]]


@dataclass(frozen=True)
class Parameter:
    """`kind`: token, reference or date. `values`: codings, references or dates of a resource."""

    kind: str
    values: Values
    targets: tuple[str, ...] = ()


def _codes(*names: str) -> Parameter:
    """Of elements that hold a plain code."""
    return Parameter("token", lambda resource: [{"code": resource[name]} for name in names if name in resource])


def _concepts(name: str) -> Parameter:
    """Of a CodeableConcept or a list of them."""
    return Parameter("token", lambda resource: [made for one in _all(resource, name) for made in one.get("coding", ())])


def _identifiers() -> Parameter:
    def values(resource: Json) -> Sequence[Any]:
        return [{"system": one["system"], "code": one["value"]} for one in _all(resource, "identifier")]

    return Parameter("token", values)


def _references(name: str, *targets: str) -> Parameter:
    def values(resource: Json) -> Sequence[Any]:
        return [one["reference"] for one in _all(resource, name) if "reference" in one]

    return Parameter("reference", values, targets)


def _dates(name: str) -> Parameter:
    return Parameter("date", lambda resource: _all(resource, name))


def _all(resource: Json, name: str) -> list[Any]:
    found = resource.get(name, [])
    return found if isinstance(found, list) else [found]


def _of_patient(name: str = "subject") -> dict[str, Parameter]:
    patient = _references(name, "Patient")
    return {"patient": patient, "subject": patient}


COMMON = {
    "_id": Parameter("token", lambda resource: [{"code": resource["id"]}]),
    "_lastUpdated": Parameter("date", lambda resource: [resource["meta"]["lastUpdated"]]),
}

PARAMETERS: dict[str, dict[str, Parameter]] = {
    "Goal": {
        **_of_patient(),
        "lifecycle-status": _codes("lifecycleStatus"),
        "achievement-status": _concepts("achievementStatus"),
        "category": _concepts("category"),
        "start-date": _dates("startDate"),
        "target-date": Parameter(
            "date", lambda resource: [one["dueDate"] for one in resource.get("target", ()) if "dueDate" in one]
        ),
        "identifier": _identifiers(),
    },
    "CarePlan": {
        **_of_patient(),
        "status": _codes("status"),
        "intent": _codes("intent"),
        "goal": _references("goal", "Goal"),
        "care-team": _references("careTeam", "CareTeam"),
        "identifier": _identifiers(),
    },
    "CareTeam": {**_of_patient(), "status": _codes("status"), "identifier": _identifiers()},
    "Observation": {
        **_of_patient(),
        "status": _codes("status"),
        "code": _concepts("code"),
        "category": _concepts("category"),
        "focus": _references("focus", "Goal"),
        "derived-from": _references("derivedFrom", "QuestionnaireResponse"),
        "date": _dates("effectiveDateTime"),
        "identifier": _identifiers(),
    },
    "Provenance": {
        "target": _references("target", "Goal"),
        "patient": Parameter("reference", lambda _: (), ("Patient",)),
        "agent": Parameter(
            "reference",
            lambda resource: [one["who"]["reference"] for one in resource["agent"] if "reference" in one["who"]],
            ("Patient", "RelatedPerson", "Practitioner", "Device", "Organization"),
        ),
        "recorded": _dates("recorded"),
    },
    "QuestionnaireResponse": {
        **_of_patient(),
        "source": _references("source", "Patient", "RelatedPerson"),
        "author": _references("author", "Device"),
        "status": _codes("status"),
        "authored": _dates("authored"),
        "identifier": _identifiers(),
    },
    "RelatedPerson": {"patient": _references("patient", "Patient"), "identifier": _identifiers()},
    "Task": {
        "patient": _references("for", "Patient"),
        "subject": _references("for", "Patient"),
        "focus": _references("focus", "Goal"),
        "status": _codes("status"),
        "intent": _codes("intent"),
        "code": _concepts("code"),
        "owner": _references("owner", "Practitioner"),
        "identifier": _identifiers(),
    },
    "Patient": {"identifier": _identifiers()},
    "Practitioner": {"identifier": _identifiers()},
    "Organization": {"identifier": _identifiers()},
    "Device": {"identifier": _identifiers()},
    "CodeSystem": {"url": Parameter("token", lambda resource: [{"code": resource["url"]}])},
    "Questionnaire": {"url": Parameter("token", lambda resource: [{"code": resource["url"]}])},
}
