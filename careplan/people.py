"""Who speaks, who types, and who acts on the care plan."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Whose words they are. A helper has no role: they type for one of these two."""

    PATIENT = "patient"
    CAREGIVER = "caregiver"


class TypedBy(StrEnum):
    """Whose hands typed the words."""

    SELF = "self"
    HELPER = "helper"
    STAFF = "staff"


class PersonState(StrEnum):
    """How far a person has come. One who deleted everything is `invited` again: nobody reads that they did."""

    INVITED = "invited"
    STARTED = "started"
    SUBMITTED = "submitted"


class VisitState(StrEnum):
    """How far the practice has come with a visit."""

    NEW = "new"
    READ = "read"
    DISCUSSED = "discussed"


class Duty(StrEnum):
    """What somebody is in the practice; one user may have several duties."""

    CLINICIAN = "clinician"
    ADMINISTRATOR = "administrator"
    SERVICE = "service"


@dataclass(frozen=True)
class Actor:
    """Who asks for something: a user of a practice, or the action server (of no practice, `SERVICE` only)."""

    id: str
    duties: frozenset[Duty]
    practice: str | None = None
    name: str = ""
    language: str = "en"

    def has(self, *duties: Duty) -> bool:
        """Whether the actor has at least one of these duties."""
        return not self.duties.isdisjoint(duties)


@dataclass(frozen=True)
class Author:
    """Somebody who opened their own invitation: they may know of their own words, and of nothing else."""

    visit: str
    role: str


SERVICE = Actor(id="action-server", duties=frozenset({Duty.SERVICE}))
