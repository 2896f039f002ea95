"""The desk's users, one's own safer sign-in, and the settings of the practice."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

import locales
from api.desk.staff import new_secret
from careplan.errors import Invalid
from careplan.people import Actor, Duty
from web.clinician.forms import Form, read_form
from web.clinician.signing_in import check_own_page
from web.clinician.words import own_name
from web.desk.frame import HOME, Frame, Problem, problem_at
from web.desk.labels import DUTY, FIELD, PROBLEM
from web.desk.slips import qr_code
from web.pages import see_other

Posted = Annotated[Form, Depends(read_form)]
USERS = f"{HOME}/users"
ARRANGED = (Duty.CLINICIAN, Duty.ADMINISTRATOR)


class PeopleViews:
    """One method per page or form."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._desk = frame.desk

    def add_to(self, router: APIRouter) -> None:
        router.add_api_route(USERS, self.users, methods=["GET"])
        router.add_api_route(USERS, self.add_user, methods=["POST"])
        router.add_api_route(f"{USERS}/{{user}}", self.change_user, methods=["POST"])
        router.add_api_route(f"{HOME}/second-factor", self.ask_second_factor, methods=["GET"])
        router.add_api_route(f"{HOME}/second-factor", self.set_second_factor, methods=["POST"])
        router.add_api_route(f"{HOME}/practice", self.practice, methods=["GET"])
        router.add_api_route(f"{HOME}/practice", self.set_practice, methods=["POST"])

    def users(self, request: Request) -> Response:
        actor = self._frame.actor(request)
        return self._users(request, actor, Form({"language": actor.language}))

    def add_user(self, request: Request, form: Posted) -> Response:
        check_own_page(request)
        actor = self._frame.actor(request)
        if not locales.is_offered(form["language"]):
            return self._users(request, actor, form, [Problem("language", FIELD["language"], PROBLEM["language"])])
        try:
            self._desk.add_user(
                actor,
                login=form["login"],
                name=form["user_name"],
                password=form["password"],
                duties=_duties(form),
                language=form["language"],
            )
        except Invalid as error:
            renamed = Invalid(error.code, field="user_name") if error.field == "name" else error
            return self._users(request, actor, form, [problem_at(renamed, otherwise="login")])
        return see_other(USERS)

    def change_user(self, request: Request, user: str, form: Posted) -> Response:
        """Duties, a new password, leaving and coming back."""
        check_own_page(request)
        actor, action = self._frame.actor(request), form["action"]
        try:
            if action == "duties":
                self._desk.change_duties(actor, user, _duties(form))
            elif action == "password":
                self._desk.set_password(actor, user, form["password"])
            elif action == "close":
                self._desk.close_user(actor, user)
            elif action == "reopen":
                self._desk.reopen_user(actor, user)
            else:
                raise Invalid("value", field="duties")
        except Invalid as error:
            wrong = problem_at(error, otherwise="duties")
            return self._users(request, actor, Form({"language": actor.language}), [wrong], wrong_user=user)
        return see_other(f"{USERS}#user-{user}")

    def ask_second_factor(self, request: Request) -> Response:
        actor = self._frame.actor(request)
        return self._second_factor(request, actor, new_secret())

    def set_second_factor(self, request: Request, form: Posted) -> Response:
        check_own_page(request)
        actor = self._frame.actor(request)
        try:
            self._desk.set_second_factor(actor, form["secret"], form["code"].replace(" ", ""))
        except Invalid as error:
            known = form["secret"].isascii() and form["secret"].isalnum() and len(form["secret"]) <= 64
            secret = form["secret"] if known else new_secret()
            return self._second_factor(request, actor, secret, [problem_at(error, otherwise="code")])
        return self._frame.page(
            request, actor, "second_factor.html", {"done": True, "secret": "", "qr": ""}, here=f"{HOME}/second-factor"
        )

    def practice(self, request: Request) -> Response:
        actor = self._frame.actor(request)
        zone, days = self._desk.practice_settings(actor)
        return self._practice(request, actor, zone or "", "" if days is None else str(days))

    def set_practice(self, request: Request, form: Posted) -> Response:
        check_own_page(request)
        actor, said = self._frame.actor(request), form["days"].strip()
        try:
            if said and not (said.isascii() and said.isdigit() and len(said) < 6):
                raise Invalid("days", field="days")
            self._desk.set_practice(actor, form["zone"], int(said) if said else None)
        except Invalid as error:
            problems = [problem_at(error, otherwise="zone")]
            return self._practice(request, actor, form.shown("zone"), form.shown("days"), problems)
        return see_other(f"{HOME}/practice")

    def _users(
        self, request: Request, actor: Actor, form: Form, problems: Sequence[Problem] = (), *, wrong_user: str = ""
    ) -> Response:
        users = [
            {
                "id": user.id,
                "login": user.login,
                "name": user.name,
                "language": own_name(user.language),
                "duties": [(duty.value, DUTY[duty.value], duty in user.duties) for duty in ARRANGED],
                "second_factor": user.second_factor,
                "closed": user.closed,
                "is_self": user.id == actor.id,
            }
            for user in self._desk.users_for(actor)
        ]
        values: dict[str, Any] = {
            "users": users,
            "wrong_user": wrong_user,
            "form": {name: form.shown(name) for name in ("login", "user_name", "language")},
            "duties": [(duty.value, DUTY[duty.value], bool(form[duty.value])) for duty in ARRANGED],
        }
        status = 422 if problems else 200
        return self._frame.page(request, actor, "users.html", values, here=USERS, problems=problems, status_code=status)

    def _second_factor(self, request: Request, actor: Actor, secret: str, problems: Sequence[Problem] = ()) -> Response:
        address = f"otpauth://totp/Voorop:{quote(actor.name)}?secret={secret}&issuer=Voorop"
        values = {"done": False, "secret": secret, "qr": qr_code(address)}
        here, status = f"{HOME}/second-factor", 422 if problems else 200
        return self._frame.page(
            request, actor, "second_factor.html", values, here=here, problems=problems, status_code=status
        )

    def _practice(
        self, request: Request, actor: Actor, zone: str, days: str, problems: Sequence[Problem] = ()
    ) -> Response:
        values = {"zone": zone, "days": days, "name": self._desk.practice_name(actor)}
        status = 422 if problems else 200
        return self._frame.page(
            request, actor, "practice.html", values, here=f"{HOME}/practice", problems=problems, status_code=status
        )


def _duties(form: Form) -> list[Duty]:
    return [duty for duty in ARRANGED if form[duty.value]]
