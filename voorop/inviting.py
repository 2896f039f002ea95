"""Makes a visit with its invitations from the command line, for practices that script their agenda."""

from datetime import datetime
from zoneinfo import ZoneInfo

import locales
from api.desk.agenda import ListRefused
from api.desk.service import Desk
from careplan.errors import CarePlanError
from careplan.people import Actor, Duty
from careplan.visit_list import read_visit
from voorop.errors import CommandError
from voorop.installation import open_records
from voorop.settings import Settings


def invite(settings: Settings, fields: dict[str, str], public_url: str) -> None:
    """Print a line per invitation: role, language, link, code. `fields` are those of a list of visits.

    Raises:
        CommandError: there is no practice, a field is wrong, or the visit is there already.
    """
    care_plan = open_records(settings).care_plan
    practice = care_plan.only_practice()
    if practice is None:
        raise CommandError("there is no practice yet: `voorop user` makes one")
    desk = Desk(care_plan.books)
    actor = Actor(id="command line", duties=frozenset({Duty.ADMINISTRATOR}), practice=practice)
    zone = desk.timezone(actor)
    languages = {known.code for known in locales.languages()}
    planned, wrong = read_visit(_with_day(fields, zone), zone=zone, languages=languages)
    if planned is None:
        raise CommandError("; ".join(f"{problem.column}: {problem.code}" for problem in wrong))
    try:
        made = desk.make_visits(actor, [planned])
    except ListRefused:
        raise CommandError("this patient has a visit at that moment already") from None
    except CarePlanError as error:
        raise CommandError(f"this visit cannot be made: {error.code} {error.field or ''}".rstrip()) from None
    for visit in made:
        for invitation in visit.invitations:
            link = f"{public_url}/#{invitation.token}"
            print(f"{invitation.role}\t{invitation.language}\t{link}\t{invitation.code}", flush=True)


def _with_day(fields: dict[str, str], zone: ZoneInfo) -> dict[str, str]:
    """Today where the practice is, unless a day is named."""
    return {**fields, "day": fields.get("day") or datetime.now(zone).date().isoformat()}
