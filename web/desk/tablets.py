"""The desk's list of tablets, and how a device becomes one: by whoever holds it, signed in on it, at this page."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

import locales
from careplan.errors import Invalid
from careplan.people import Actor
from web.clinician.forms import Form, read_form
from web.clinician.signing_in import check_own_page
from web.desk.frame import HOME, Frame, Problem, problem_at
from web.pages import see_other
from web.tablet.cookies import TabletCookies

Posted = Annotated[Form, Depends(read_form)]
TABLETS = f"{HOME}/tablets"


class TabletViews:
    """One method per page or form."""

    def __init__(self, frame: Frame, cookies: TabletCookies) -> None:
        self._frame = frame
        self._cookies = cookies

    def add_to(self, router: APIRouter) -> None:
        router.add_api_route(TABLETS, self.tablets, methods=["GET"])
        router.add_api_route(TABLETS, self.enrol, methods=["POST"])
        router.add_api_route(f"{TABLETS}/{{tablet}}/revoke", self.revoke, methods=["POST"])

    def tablets(self, request: Request) -> Response:
        actor = self._frame.actor(request)
        return self._tablets(request, actor)

    def enrol(self, request: Request, form: Posted) -> Response:
        """This device is a tablet from now on, and whoever enrolled it is signed out on it."""
        check_own_page(request)
        actor = self._frame.actor(request)
        try:
            token = self._frame.desk.enrol_tablet(actor, form["tablet"])
        except Invalid as error:
            named = Invalid(error.code, field="tablet")
            return self._tablets(request, actor, form.shown("tablet"), [problem_at(named, otherwise="tablet")])
        response = self._frame.signing_in.end(request)
        response.headers["Location"] = "/tablet"
        del response.headers["Clear-Site-Data"]  # it would take the cookie away that comes along
        self._cookies.give(response, token)
        return response

    def revoke(self, request: Request, tablet: str) -> Response:
        check_own_page(request)
        self._frame.desk.revoke_tablet(self._frame.actor(request), tablet)
        return see_other(TABLETS)

    def _tablets(self, request: Request, actor: Actor, name: str = "", problems: Sequence[Problem] = ()) -> Response:
        reader = self._frame.language(request, actor)
        values = {
            "name": name,
            "tablets": [
                {
                    "id": tablet.id,
                    "name": tablet.name,
                    "since": locales.format_day(reader, tablet.created.date()),
                    "seen": locales.format_day(reader, tablet.seen.date()) if tablet.seen else None,
                }
                for tablet in self._frame.desk.tablets_for(actor)
            ],
        }
        status = 422 if problems else 200
        return self._frame.page(
            request, actor, "tablets.html", values, here=TABLETS, problems=problems, status_code=status
        )
