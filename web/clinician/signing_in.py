"""Signing in and out on pages. What somebody typed while their session ended is kept until they are back."""

import re

from fastapi import Request
from starlette.responses import Response

from api.care_plan import CarePlan
from api.cookies import clear_session, session_token, set_session
from careplan.errors import CarePlanError, NotAllowed, NotSignedIn, TooManyAttempts
from careplan.people import Actor
from web.clinician.forms import Form
from web.clinician.interrupted import Interrupted
from web.clinician.responses import Responses, problem_of, status_of
from web.pages import is_same_origin, see_other

HOME = "/clinician"
SIGN_IN = "/clinician/sign-in"
OWN_PATH = re.compile(r"/clinician(\?day=\d{4}-\d\d-\d\d|/visits/[0-9a-f]{32}|/desk(/[a-z0-9-]{1,32}){0,2})?")


class SigningIn:
    """Who is there, and the page that asks."""

    def __init__(self, care_plan: CarePlan, show: Responses, public_url: str) -> None:
        self._care_plan = care_plan
        self._show = show
        self._public_url = public_url

    def actor(self, request: Request) -> Actor:
        """Raises NotSignedIn."""
        return self._care_plan.actor_for(session_token(request, self._public_url))

    def is_signed_in(self, request: Request) -> bool:
        try:
            self.actor(request)
        except NotSignedIn:
            return False
        return True

    def ask(
        self,
        request: Request,
        form: Form | None = None,
        error: CarePlanError | None = None,
        *,
        goes_to: str = HOME,
        kept: Interrupted | None = None,
    ) -> Response:
        """The page of signing in; `form` is shown again but for the password, and `kept` travels along."""
        form = form or Form({})
        values = {
            "problem": problem_of(error) if error else None,
            "wants_code": bool(error and error.code == "second_factor_needed") or bool(form["code"]),
            "login": form.shown("login"),
            "next": own_path(goes_to),
            "kept": kept,
        }
        status = status_of(error) if error else 200
        response = self._show.page(request, "sign_in.html", values, here=SIGN_IN, status_code=status)
        if isinstance(error, TooManyAttempts):
            response.headers["Retry-After"] = str(error.retry_after)
        return response

    def first(self, request: Request, error: NotSignedIn) -> Response:
        """Signing in before anything else. It leads back to the page; what was sent has to be sent again there."""
        begins = OWN_PATH.match(f"{request.url.path}?{request.url.query}")
        goes_to = begins[0] if begins else HOME
        if request.method != "GET":
            return self.ask(request, error=error, goes_to=goes_to)
        return see_other(SIGN_IN if goes_to == HOME else f"{SIGN_IN}?next={goes_to}")

    def take(self, request: Request, form: Form) -> tuple[str, Actor]:
        """The token of a new session and whose it is; one that stood before ends.

        Raises:
            NotSignedIn, TooManyAttempts
        """
        address = request.client.host if request.client else ""
        token = self._care_plan.sign_in(
            form["login"], form["password"], form["code"].replace(" ", "") or None, address=address
        )
        earlier = session_token(request, self._public_url)
        if earlier:
            self._care_plan.sign_out(earlier)
        return token, self._care_plan.actor_for(token)

    def give(self, request: Request, response: Response, token: str) -> Response:
        """Have the browser keep the session."""
        set_session(request, response, token, self._public_url)
        return response

    def end(self, request: Request) -> Response:
        """Sign out; nothing stays on the device."""
        token = session_token(request, self._public_url)
        if token:
            self._care_plan.sign_out(token)
        response = see_other(SIGN_IN)
        clear_session(request, response, self._public_url)
        self._show.forget_language(response)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def check_own_page(request: Request) -> None:
    """Raises NotAllowed when another site made the browser send this."""
    if not is_same_origin(request):
        raise NotAllowed("foreign_origin")


def own_path(path: str) -> str:
    """Where to go after signing in: one of our own pages, whatever the address said."""
    return path if OWN_PATH.fullmatch(path) else HOME
