"""The demonstration: a practice with visits in several languages, and the links to try them.

The links are shown again at every start, so they are kept beside the demonstration's database. A real installation
keeps none: an invitation is shown once.
"""

import json
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from api.care_plan import CarePlan
from api.context import utc_now
from api.seeding import Demonstration, seed
from api.views import NewInvitation
from careplan.people import Actor, Role

LINKS = "links.json"
AHEAD = timedelta(days=14)  # an invitation stands until the day after its visit


def demonstration_links(care_plan: CarePlan, data: Path, number_of_visits: int) -> dict[str, Any]:
    """The links of the demonstration in `data`, which is made when the database is empty."""
    path = data / LINKS
    if care_plan.only_practice() and path.exists():
        return dict(json.loads(path.read_text("utf-8")))
    links = _as_json(seed(care_plan, number_of_visits))
    _keep(links, data)
    return links


def add_visit(care_plan: CarePlan, data: Path, language: str) -> dict[str, Any]:
    """The links with one more visit, in two weeks, for a patient and a caregiver; theirs stand last."""
    links = demonstration_links(care_plan, data, 0)
    actor = clinician_of(care_plan, links)
    visit = care_plan.create_visit(actor, utc_now() + AHEAD).id
    for role in Role:
        links[role].append(_invitation(care_plan.invite(actor, visit, role, language)))
    _keep(links, data)
    return links


def clinician_of(care_plan: CarePlan, links: dict[str, Any]) -> Actor:
    """The demonstration's clinician, signed in."""
    clinician = links["clinician"]
    return care_plan.actor_for(care_plan.sign_in(clinician["login"], clinician["password"]))


def _keep(links: dict[str, Any], data: Path) -> None:
    handle = os.open(data / LINKS, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(links, file)


def _as_json(demonstration: Demonstration) -> dict[str, Any]:
    return {
        "patient": [_invitation(invitation) for invitation in demonstration.patients],
        "caregiver": [_invitation(invitation) for invitation in demonstration.caregivers],
        "clinician": {"login": demonstration.login, "password": demonstration.password},
        "administrator": {"login": demonstration.desk_login, "password": demonstration.desk_password},
    }


def _invitation(invitation: NewInvitation) -> dict[str, str]:
    return {
        "token": invitation.token,
        "code": invitation.code,
        "language": invitation.language,
        "visit": invitation.visit,
    }


@dataclass(frozen=True)
class Shown:
    """The links as text for a terminal."""

    url: str
    links: dict[str, Any]

    def __str__(self) -> str:
        lines = ["", "Voorop is ready. This is a demonstration: do not enter real data.", ""]
        for role in ("patient", "caregiver"):
            seen: set[str] = set()
            for person in self.links[role]:
                if person["language"] in seen:
                    continue
                seen.add(person["language"])
                link = f"{self.url}/#{person['token']}"
                lines.append(f"  {role:<10} {person['language']}  {link}   code {person['code']}")
        for who, path in (("clinician", "/clinician"), ("administrator", "/clinician/desk")):
            user = self.links[who]
            lines += [
                "",
                f"  {who:<14} {self.url}{path}",
                f"                 login {user['login']}   password {user['password']}",
            ]
        lines += [
            "",
            "Stop with Ctrl-C; what was said is kept.",
        ]
        return "\n".join(lines)
