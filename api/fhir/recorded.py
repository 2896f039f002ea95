"""Which resources a dossier holds, by type: each with all its versions that may be read, newest first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from api.fhir import goal, interview, observations, people, plan, provenance, tasks
from api.fhir.dossier import Dossier, GoalRecord, GoalState, TaskRecord, TaskVersion
from api.fhir.elements import Json
from careplan.people import Role

ROLES = (Role.PATIENT.value, Role.CAREGIVER.value)


@dataclass(frozen=True)
class Recorded:
    """One record; its resources are made when they are asked for. `gone`: it was there, and was taken back."""

    id: str
    versions: Sequence[Callable[[], Json]] = ()
    gone: bool = False

    def newest(self) -> Json:
        return self.versions[0]()


def recorded(kind: str, dossier: Dossier, lang: str) -> list[Recorded]:
    """The records of a type, those that were taken back last. `kind` is one of IN_DOSSIER."""
    return list(IN_DOSSIER[kind](dossier, lang))


def _goals(dossier: Dossier, lang: str) -> Iterator[Recorded]:
    for record in dossier.goals:
        yield Recorded(record.id, [_goal(dossier, record, state, lang) for state in reversed(record.states)])
    for record in dossier.gone:
        yield Recorded(record.id, gone=True)


def _goal(dossier: Dossier, record: GoalRecord, state: GoalState, lang: str) -> Callable[[], Json]:
    return lambda: goal.goal(dossier, record, state, lang)


def _provenances(dossier: Dossier, lang: str) -> Iterator[Recorded]:
    for record in dossier.goals:
        for state in record.states:
            yield Recorded(provenance.provenance_id(record, state), [_provenance(dossier, record, state, lang)])
    for record in dossier.gone:
        for state in record.states:
            yield Recorded(provenance.provenance_id(record, state), gone=True)


def _provenance(dossier: Dossier, record: GoalRecord, state: GoalState, lang: str) -> Callable[[], Json]:
    return lambda: provenance.provenance(dossier, record, state, lang)


def _tasks(dossier: Dossier, lang: str) -> Iterator[Recorded]:
    for record in dossier.goals:
        yield from _now(tasks.review(dossier, record, lang))
        for made in record.tasks:
            yield Recorded(
                made.id, [_task(dossier, record, made, version, lang) for version in reversed(made.versions)]
            )


def _task(
    dossier: Dossier, record: GoalRecord, made: TaskRecord, version: TaskVersion, lang: str
) -> Callable[[], Json]:
    return lambda: tasks.task(dossier, record, made, version, lang)


def _observations(dossier: Dossier, lang: str) -> Iterator[Recorded]:
    for role in ROLES:
        yield from _now(observations.what_matters(dossier, role, lang))
    for record in dossier.goals:
        yield from _now(observations.importance(dossier, record, lang))
        yield from _now(*observations.score_observations(dossier, record, lang))


def _responses(dossier: Dossier, lang: str) -> Iterator[Recorded]:
    return _now(*(interview.response(dossier, role, lang) for role in ROLES))


def _now(*made: Json | None) -> Iterator[Recorded]:
    """What is made of what stands now, and has no earlier versions to read."""
    for resource in made:
        if resource is not None:
            yield Recorded(resource["id"], [_given(resource)])


def _given(resource: Json) -> Callable[[], Json]:
    return lambda: resource


IN_DOSSIER: dict[str, Callable[[Dossier, str], Iterator[Recorded]]] = {
    "Goal": _goals,
    "CarePlan": lambda dossier, lang: _now(plan.care_plan(dossier, lang)),
    "CareTeam": lambda dossier, lang: _now(plan.care_team(dossier, lang)),
    "Observation": _observations,
    "Provenance": _provenances,
    "QuestionnaireResponse": _responses,
    "RelatedPerson": lambda dossier, lang: _now(people.related_person(dossier, lang)),
    "Task": _tasks,
}
