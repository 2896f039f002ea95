"""Owns the names that FHIR gives things: profiles, extensions, code systems, identifiers.

Names under CANONICAL are names and not addresses: they must stay the same in every installation and for ever.
Sources: hl7-be/patient-care 1.1.0, HL7/pco-ig 1.0.0 (docs/reference/fhir.md says what is taken from which).
"""

import re
from uuid import UUID, uuid5

CANONICAL = "https://voorop.example/fhir"
FHIR_VERSION = "4.0.1"

_BELGIUM = "https://www.ehealth.fgov.be/standards/fhir/patient-care/StructureDefinition"
BE_GOAL = f"{_BELGIUM}/be-goal"
BE_CARE_PLAN = f"{_BELGIUM}/be-care-plan"

_HL7 = "http://hl7.org/fhir/StructureDefinition"
GOAL_ACCEPTANCE = f"{_HL7}/goal-acceptance"
GOAL_REASON_REJECTED = f"{_HL7}/goal-reasonRejected"
LANGUAGE_OF_NOTE = f"{_HL7}/language"
CANDIDATES = f"{_HL7}/task-candidateList"
GAS = "http://hl7.org/fhir/us/pco/StructureDefinition/pco-goal-attainment-scaling"
SAID_IN = f"{CANONICAL}/StructureDefinition/said-in"
TYPED_BY = f"{CANONICAL}/StructureDefinition/typed-by"

AREA_OF_LIFE = f"{CANONICAL}/CodeSystem/area-of-life"
TEAM_ROLE = f"{CANONICAL}/CodeSystem/team-role"
PROBLEM = f"{CANONICAL}/CodeSystem/problem"
ICF = "http://hl7.org/fhir/sid/icf"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
_PCO = "http://hl7.org/fhir/us/pco/CodeSystem"
PCO_DOMAINS = f"{_PCO}/pco-goal-domains-temporary"
PCO_CONCEPTS = f"{_PCO}/pco-concepts-temporary"
PCO_READINESS = f"{_PCO}/readiness-assessment-concepts-temporary"
_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
GOAL_PRIORITY = f"{_TERMINOLOGY}/goal-priority"
GOAL_ACHIEVEMENT = f"{_TERMINOLOGY}/goal-achievement"
OBSERVATION_CATEGORY = f"{_TERMINOLOGY}/observation-category"
OBSERVATION_VALUE = f"{_TERMINOLOGY}/v3-ObservationValue"
DATA_OPERATION = f"{_TERMINOLOGY}/v3-DataOperation"
PARTICIPANT_TYPE = f"{_TERMINOLOGY}/provenance-participant-type"
DATA_ABSENT = f"{_TERMINOLOGY}/data-absent-reason"
IDENTIFIER_TYPE = f"{_TERMINOLOGY}/v2-0203"
TASK_CODE = "http://hl7.org/fhir/CodeSystem/task-code"

_NAMESPACE = UUID("8d1f3f5e-52f4-4d0b-9a53-7f0f4b9a2c11")
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def id_system(kind: str) -> str:
    """The identifier system of our own records of a resource type, as in `.../care-plan-id`."""
    return f"{CANONICAL}/{_CAPITAL.sub('-', kind).lower()}-id"


def questionnaire(role: str) -> str:
    """The canonical name of the interview of a role."""
    return f"{CANONICAL}/Questionnaire/{role}-interview"


def full_url(kind: str, record: str) -> str:
    """The name of a record within a Bundle that leaves: always the same for the same record."""
    return f"urn:uuid:{uuid5(_NAMESPACE, f'{kind}/{record}')}"
