"""Who is on a care team: roles of medical care, welfare and social care, each counted as one of the team."""

from enum import StrEnum


class Sector(StrEnum):
    """The three worlds that goal-oriented care wants around one table."""

    MEDICAL_CARE = "medical_care"
    WELFARE = "welfare"
    SOCIAL_CARE = "social_care"


class TeamRole(StrEnum):
    """What somebody is for the patient, whether they are paid for it or not."""

    GENERAL_PRACTITIONER = "general_practitioner"
    SPECIALIST = "specialist"
    PRACTICE_NURSE = "practice_nurse"
    HOME_NURSE = "home_nurse"
    PHARMACIST = "pharmacist"
    PHYSIOTHERAPIST = "physiotherapist"
    OCCUPATIONAL_THERAPIST = "occupational_therapist"
    SPEECH_THERAPIST = "speech_therapist"
    DIETITIAN = "dietitian"
    PSYCHOLOGIST = "psychologist"
    SOCIAL_WORKER = "social_worker"
    PUBLIC_WELFARE = "public_welfare"
    HEALTH_FUND = "health_fund"
    MONEY_ADVISER = "money_adviser"
    HOUSING_ADVISER = "housing_adviser"
    INTERPRETER = "interpreter"
    HOME_HELP = "home_help"
    PERSONAL_ASSISTANT = "personal_assistant"
    DAY_CENTRE = "day_centre"
    COMMUNITY_WORKER = "community_worker"
    SPIRITUAL_CAREGIVER = "spiritual_caregiver"
    INFORMAL_CAREGIVER = "informal_caregiver"
    VOLUNTEER = "volunteer"

    @property
    def sector(self) -> Sector:
        return _SECTOR[self]


_ROLES_OF = {
    Sector.MEDICAL_CARE: (
        TeamRole.GENERAL_PRACTITIONER,
        TeamRole.SPECIALIST,
        TeamRole.PRACTICE_NURSE,
        TeamRole.HOME_NURSE,
        TeamRole.PHARMACIST,
        TeamRole.PHYSIOTHERAPIST,
        TeamRole.OCCUPATIONAL_THERAPIST,
        TeamRole.SPEECH_THERAPIST,
        TeamRole.DIETITIAN,
        TeamRole.PSYCHOLOGIST,
    ),
    Sector.WELFARE: (
        TeamRole.SOCIAL_WORKER,
        TeamRole.PUBLIC_WELFARE,
        TeamRole.HEALTH_FUND,
        TeamRole.MONEY_ADVISER,
        TeamRole.HOUSING_ADVISER,
        TeamRole.INTERPRETER,
    ),
    Sector.SOCIAL_CARE: (
        TeamRole.HOME_HELP,
        TeamRole.PERSONAL_ASSISTANT,
        TeamRole.DAY_CENTRE,
        TeamRole.COMMUNITY_WORKER,
        TeamRole.SPIRITUAL_CAREGIVER,
        TeamRole.INFORMAL_CAREGIVER,
        TeamRole.VOLUNTEER,
    ),
}
_SECTOR = {role: sector for sector, roles in _ROLES_OF.items() for role in roles}


def known_as(role: str, name: str, user: str | None) -> tuple[str, ...]:
    """What tells people of a team apart: their account here or else, as names are written loosely, name and role."""
    return ("user", user) if user else (role, " ".join(name.split()).casefold())


def roles_of(sector: Sector) -> tuple[TeamRole, ...]:
    """In the order in which they are offered."""
    return _ROLES_OF[sector]
