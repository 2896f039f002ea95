"""What this server can do: the CapabilityStatement at `/fhir/metadata`."""

from api.fhir import names
from api.fhir.elements import Json, instant
from api.fhir.facade import KINDS
from api.fhir.parameters import COMMON, PARAMETERS
from api.fhir.people import ASSISTANT_NAME
from api.fhir.practice import DEFINED

_PROFILES = {"Goal": [names.BE_GOAL], "CarePlan": [names.BE_CARE_PLAN]}
_INTERACTIONS = ("read", "vread", "history-instance", "search-type")


def capability_statement(base: str, version: str) -> Json:
    """`base`: where this server is reached; `version`: of the program."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": instant(DEFINED),
        "kind": "instance",
        "software": {"name": ASSISTANT_NAME, "version": version},
        "implementation": {"description": ASSISTANT_NAME, "url": base},
        "fhirVersion": names.FHIR_VERSION,
        "format": ["application/fhir+json", "json"],
        "rest": [
            {
                "mode": "server",
                "resource": [_resource(kind) for kind in sorted(KINDS)],
            }
        ],
    }


def _resource(kind: str) -> Json:
    return {
        "type": kind,
        **({"supportedProfile": _PROFILES[kind]} if kind in _PROFILES else {}),
        "interaction": [{"code": code} for code in _INTERACTIONS],
        "versioning": "versioned",
        "readHistory": True,
        "searchParam": [
            {"name": name, "type": "uri" if name == "url" else parameter.kind}
            for name, parameter in sorted((COMMON | PARAMETERS[kind]).items())
        ],
    }
