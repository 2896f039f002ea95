"""A practice for the demonstration: one clinician and some visits today, in several languages."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from api.care_plan import CarePlan
from api.context import utc_now
from api.views import NewInvitation
from careplan.people import Duty, Role

TIMEZONE = "Europe/Brussels"
LOGIN = "demo"
DESK = "desk"
FIRST_AT = 9
LANGUAGES = ("nl", "fr", "en", "ar")


@dataclass(frozen=True)
class Demonstration:
    """What somebody needs to try it: the clinician's login, the desk's, and an invitation per person."""

    login: str
    password: str
    desk_login: str
    desk_password: str
    patients: tuple[NewInvitation, ...]
    caregivers: tuple[NewInvitation, ...]


def seed(
    care_plan: CarePlan,
    number_of_visits: int,
    *,
    languages: Sequence[str] = LANGUAGES,
    now: datetime | None = None,
) -> Demonstration:
    """Fill an empty database. The passwords are made here and told once."""
    practice = care_plan.create_practice("Voorop", timezone=TIMEZONE)
    password, desk_password = _password(), _password()
    language = languages[0]
    care_plan.create_user(practice, LOGIN, password, name="Demo", duties=(Duty.CLINICIAN,), language=language)
    care_plan.create_user(practice, DESK, desk_password, name="Desk", duties=(Duty.ADMINISTRATOR,), language=language)
    actor = care_plan.actor_for(care_plan.sign_in(LOGIN, password))
    patients, caregivers = [], []
    for place, at in enumerate(_times(number_of_visits, now or utc_now())):
        visit, language = care_plan.create_visit(actor, at).id, languages[place % len(languages)]
        patients.append(care_plan.invite(actor, visit, Role.PATIENT, language))
        caregivers.append(care_plan.invite(actor, visit, Role.CAREGIVER, language))
    return Demonstration(LOGIN, password, DESK, desk_password, tuple(patients), tuple(caregivers))


def _password() -> str:
    return "-".join(secrets.token_hex(3) for _ in range(3))


def _times(number: int, now: datetime) -> list[datetime]:
    """Rising times that all lie on today, at most twenty minutes apart."""
    start = now.astimezone(ZoneInfo(TIMEZONE)).replace(hour=FIRST_AT, minute=0, second=0, microsecond=0)
    apart = min(20 * 60, 14 * 3600 // max(number, 1))
    return [start + timedelta(seconds=apart * place) for place in range(number)]
