"""Sharing goals with another organisation: only with the consent of the person whose goals they are."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careplan.people import Role

LONGEST_NAME = 200
MOST_DAYS = 90


class ConsentBy(StrEnum):
    """Who agreed. A representative speaks for the patient."""

    PATIENT = "patient"
    CAREGIVER = "caregiver"
    REPRESENTATIVE = "representative"


class ConsentHow(StrEnum):
    """In which form they agreed."""

    SPOKEN = "spoken"
    WRITTEN = "written"


@dataclass(frozen=True)
class Consent:
    """As the practice recorded it; `name` tells who a representative is."""

    by: ConsentBy
    how: ConsentHow
    on: date
    name: str | None = None

    def covers(self, author: Role) -> bool:
        """Nobody consents for another's words: a caregiver not for the patient's, nor the reverse."""
        return (self.by is ConsentBy.CAREGIVER) == (author is Role.CAREGIVER)
