"""The pages of clinicians: read a form, ask the care plan, show a page or go and read one (303).

Every page works without JavaScript. Views are synchronous, as the care plan is: FastAPI runs them in its threads.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

import locales
from api.care_plan import CarePlan
from api.messages import message_for
from api.teamwork.service import Teamwork
from careplan.errors import CarePlanError, Conflict, Invalid, NotSignedIn, TooManyAttempts, TransitionRefused
from careplan.people import Actor
from web.clinician.day import DayPage, asked_day, day_of, present_day, top_of
from web.clinician.exports import present_exports
from web.clinician.forms import Form, read_form, typed_in
from web.clinician.goal_cards import Unsaved
from web.clinician.interrupted import REVIEW, Interrupted, carried_by
from web.clinician.presenters import present
from web.clinician.refusing import refusing_route
from web.clinician.responses import Responses, language_of, problem_of, status_of
from web.clinician.shared_page import SharedViews
from web.clinician.signing_in import HOME, SIGN_IN, SigningIn, check_own_page, own_path
from web.clinician.teamwork_views import TeamworkViews, add_teamwork
from web.clinician.together import opened_part, present_together
from web.clinician.unfinished import Unfinished, resumed
from web.pages import Pages, see_other

Posted = Annotated[Form, Depends(read_form)]


def clinician_pages(care_plan: CarePlan, pages: Pages, public_url: str) -> APIRouter:
    """All routes of the clinician's side, to be included at the root. public_url: where browsers reach us."""
    show = Responses(pages, public_url)
    signing_in, teamwork = SigningIn(care_plan, show, public_url), Teamwork(care_plan.books)
    views = ClinicianViews(care_plan, show, signing_in, teamwork)
    router = APIRouter(include_in_schema=False, route_class=refusing_route(show, signing_in))
    router.add_api_route("/clinician", views.day, methods=["GET"])
    router.add_api_route("/clinician/sign-in", views.ask_sign_in, methods=["GET"])
    router.add_api_route("/clinician/sign-in", views.sign_in, methods=["POST"])
    router.add_api_route("/clinician/sign-out", views.sign_out, methods=["POST"])
    router.add_api_route("/clinician/language", views.set_language, methods=["POST"])
    router.add_api_route("/clinician/visits/{visit}", views.visit, methods=["GET"])
    router.add_api_route("/clinician/visits/{visit}/text", views.text, methods=["GET"])
    router.add_api_route("/clinician/visits/{visit}/state", views.mark, methods=["POST"])
    router.add_api_route("/clinician/visits/{visit}/exports", views.export_again, methods=["POST"])
    router.add_api_route("/clinician/goals/{goal}/review", views.review, methods=["POST"])
    add_teamwork(router, TeamworkViews(teamwork, show, signing_in, views.visit_page))
    router.add_api_route("/shared/{token}", SharedViews(teamwork, pages).page, methods=["GET"])
    return router


class ClinicianViews:
    """One method per page or form."""

    def __init__(self, care_plan: CarePlan, show: Responses, signing_in: SigningIn, teamwork: Teamwork) -> None:
        self._care_plan = care_plan
        self._teamwork = teamwork
        self._show = show
        self._signing_in = signing_in

    def ask_sign_in(self, request: Request) -> Response:
        goes_to = own_path(request.query_params.get("next", HOME))
        return (
            see_other(goes_to)
            if self._signing_in.is_signed_in(request)
            else self._signing_in.ask(request, goes_to=goes_to)
        )

    def sign_in(self, request: Request, form: Posted) -> Response:
        """A session; then the page that was asked for, or the form that was sent when the one before had ended."""
        check_own_page(request)
        kept = carried_by(form)
        try:
            token, actor = self._signing_in.take(request, form)
        except (NotSignedIn, TooManyAttempts) as error:
            return self._signing_in.ask(request, form, error, goes_to=form["next"], kept=kept)
        response = self._resume(request, actor, kept) if kept else see_other(own_path(form["next"]))
        return self._signing_in.give(request, response, token)

    def sign_out(self, request: Request) -> Response:
        check_own_page(request)
        return self._signing_in.end(request)

    def set_language(self, request: Request, form: Posted) -> Response:
        check_own_page(request)
        here = form["here"] if form["here"] == SIGN_IN else own_path(form["here"])
        response = see_other(here)
        if locales.is_offered(form["language"]):
            self._show.choose_language(request, response, form["language"])
        return response

    def day(self, request: Request) -> Response:
        """The visits of today, or of the day that was asked for."""
        asked = asked_day(request.query_params.get("day"))
        actor = self._actor(request)
        page = self._day(request, actor, asked)
        here = f"{HOME}?day={page.day}" if asked else HOME
        return self._show.page(request, "day.html", {"page": page, "top": page.top}, here=here, actor=actor)

    def visit(self, request: Request, visit: str) -> Response:
        """One visit on one screen; opening it marks it as read."""
        actor = self._actor(request)
        return self._visit(request, actor, visit)

    def text(self, request: Request, visit: str) -> Response:
        """One visit as plain text, to be copied into the practice's own record."""
        actor = self._actor(request)
        page = present(self._teamwork.open_visit(actor, visit).opened, reader=language_of(request, actor))
        return self._show.text(request, "visit.txt", {"page": page}, actor=actor)

    def mark(self, request: Request, visit: str, form: Posted) -> Response:
        """Discussed, or new again."""
        check_own_page(request)
        actor = self._actor(request)
        self._care_plan.mark_visit(actor, visit, form["state"])
        return see_other(f"{HOME}/visits/{visit}")

    def export_again(self, request: Request, visit: str) -> Response:
        """Send once more what another system refused."""
        check_own_page(request)
        actor = self._actor(request)
        self._care_plan.export_again(actor, visit)
        return see_other(f"{HOME}/visits/{visit}")

    def review(self, request: Request, goal: str, form: Posted) -> Response:
        """A decision about one draft. What was typed is shown again whenever it could not be saved."""
        check_own_page(request)
        try:
            actor = self._actor(request)
        except NotSignedIn as error:
            return self._signing_in.ask(request, error=error, kept=Interrupted(REVIEW + goal, "", form.all_shown()))
        try:
            reviewed = self._care_plan.review_goal(
                actor,
                goal,
                form.number("version"),
                form["decision"],
                wording=form["wording"] if form["decision"] == "change" else None,
                reason=form["reason"] if form["decision"] == "decline" else None,
            )
        except (Invalid, Conflict, TransitionRefused) as error:
            conflict = isinstance(error, Conflict)
            unsaved = _unsaved(goal, form, problem_of(error), conflict=conflict)
            stands = self._care_plan.goal_for(actor, goal)
            return self._visit(request, actor, stands.visit, unsaved, 409 if conflict else status_of(error))
        except CarePlanError as error:
            return self._show.problem(request, error, actor=actor, kept=typed_in(form.all_shown()))
        return see_other(f"{HOME}/visits/{reviewed.visit}#goal-{reviewed.id}")

    def _resume(self, request: Request, actor: Actor, kept: Interrupted) -> Response:
        """The visit with the form that was sent when the session had ended, as it was filled in and not saved."""
        try:
            if kept.goal is None:
                return self._visit(request, actor, kept.visit, unfinished=resumed(kept))
            goal = self._care_plan.goal_for(actor, kept.goal)
            newer = kept.filled and kept.version != goal.version
            problem = message_for("version_conflict") if newer else kept.problem
            unsaved = _unsaved(goal.id, Form(dict(kept.values)), problem, conflict=newer)
            return self._visit(request, actor, goal.visit, unsaved)
        except CarePlanError as error:
            return self._show.problem(request, error, actor=actor, kept=kept.typed)

    def visit_page(
        self, request: Request, actor: Actor, visit: str, unfinished: Unfinished, status_code: int
    ) -> Response:
        """The visit with a form of the care team that could not be saved."""
        return self._visit(request, actor, visit, status_code=status_code, unfinished=unfinished)

    def _visit(
        self,
        request: Request,
        actor: Actor,
        visit: str,
        unsaved: Unsaved | None = None,
        status_code: int = 200,
        unfinished: Unfinished | None = None,
    ) -> Response:
        reader = language_of(request, actor)
        found = self._teamwork.open_visit(actor, visit)
        page = present(found.opened, reader=reader, unsaved=unsaved)
        values: dict[str, Any] = {"page": page, "top": top_of(found.opened, reader)}
        part = opened_part(request.query_params.get("open", ""))
        values["together"] = present_together(found.together, reader=reader, opened=part, unfinished=unfinished)
        values["export"] = present_exports(found.exports)
        here = f"{HOME}/visits/{visit}"
        return self._show.page(request, "visit.html", values, here=here, actor=actor, status_code=status_code)

    def _day(self, request: Request, actor: Actor, asked: date | None) -> DayPage:
        visits = self._care_plan.visits_for(actor, asked)
        day = asked or day_of(visits, otherwise=datetime.now(UTC).astimezone().date())
        return present_day(visits, day=day, reader=language_of(request, actor))

    def _actor(self, request: Request) -> Actor:
        request.state.actor = self._signing_in.actor(request)
        actor: Actor = request.state.actor
        return actor


def _unsaved(goal: str, form: Form, problem: str, *, conflict: bool = False) -> Unsaved:
    return Unsaved(goal, form["decision"], problem, form.shown("wording"), form.shown("reason"), conflict)
