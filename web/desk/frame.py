"""What every page of the desk shares: who is there, where the page stands, and how problems of a form are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api.care_plan import CarePlan
from api.desk.service import Desk
from careplan.errors import Invalid
from careplan.people import Actor, Duty
from locales import N_
from web.clinician.responses import Responses, language_of
from web.clinician.signing_in import SigningIn
from web.desk.labels import FIELD, PROBLEM

HOME = "/clinician/desk"
SECTIONS: tuple[tuple[str, str, bool], ...] = (
    (HOME, N_("Today's visits"), False),
    (f"{HOME}/visits", N_("New visit"), False),
    (f"{HOME}/list", N_("List of visits"), False),
    (f"{HOME}/tablets", N_("Tablets"), False),
    (f"{HOME}/report", N_("Report"), False),
    (f"{HOME}/users", N_("Users"), True),
    (f"{HOME}/practice", N_("Practice"), True),
    (f"{HOME}/keeping", N_("Keeping and erasing"), True),
    (f"{HOME}/log", N_("Who read what"), True),
    (f"{HOME}/second-factor", N_("Safer sign-in"), False),
)
"""Path, label, and whether only administrators see it."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a form: at which field, and what to do, as message ids."""

    field: str
    label: str
    text: str


@dataclass(frozen=True)
class Frame:
    """Handed to every group of views."""

    care_plan: CarePlan
    desk: Desk
    show: Responses
    signing_in: SigningIn
    public_url: str

    def actor(self, request: Request) -> Actor:
        """Raises NotSignedIn."""
        request.state.actor = self.signing_in.actor(request)
        actor: Actor = request.state.actor
        return actor

    def page(
        self,
        request: Request,
        actor: Actor,
        template: str,
        values: Mapping[str, Any],
        *,
        here: str,
        problems: Sequence[Problem] = (),
        status_code: int = 200,
    ) -> Response:
        """A page of the desk; `problems` stand above it and beside their fields."""
        is_administrator = actor.has(Duty.ADMINISTRATOR)
        shared = {
            "sections": [(path, label) for path, label, closed in SECTIONS if is_administrator or not closed],
            "problems": problems,
            "beside": {problem.field: problem.text for problem in problems},
        }
        return self.show.page(request, template, shared | dict(values), here=here, actor=actor, status_code=status_code)

    def language(self, request: Request, actor: Actor) -> str:
        return language_of(request, actor)


def problem_at(error: Invalid, *, otherwise: str) -> Problem:
    """What a refused field is told; `otherwise` is the field when the error names none."""
    field = error.field if error.field in FIELD else otherwise
    return Problem(field, FIELD[field], PROBLEM.get(error.code, PROBLEM["value"]))
