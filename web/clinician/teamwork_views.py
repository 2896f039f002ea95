"""The forms of working together: each is read, asked of the service, and answered with its visit (303).

A form that could not be saved comes back on its visit with everything that was typed in it; when the session has
ended, after signing in again. A form that adds something counts once, however often it is sent.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

import locales
from api.teamwork.service import Teamwork
from careplan.errors import CarePlanError, Conflict, Invalid, KeyReused, NotSignedIn, TransitionRefused
from careplan.people import Actor
from careplan.scaling import HEAVIEST, LEVELS
from web.clinician.forms import Form, read_form, typed_in
from web.clinician.interrupted import Interrupted
from web.clinician.responses import Responses, language_of, status_of
from web.clinician.signing_in import HOME, SigningIn, check_own_page, own_path
from web.clinician.teamwork_labels import READY_NOTES
from web.clinician.unfinished import Unfinished, unfinished
from web.pages import see_other

Posted = Annotated[Form, Depends(read_form)]
VisitPage = Callable[[Request, Actor, str, Unfinished, int], Response]


def add_teamwork(router: APIRouter, views: "TeamworkViews") -> None:
    """The routes, onto the router of the clinician's pages."""
    for path, view in (
        ("/clinician/visits/{visit}/team", views.add_member),
        ("/clinician/visits/{visit}/team/earlier", views.take_over_team),
        ("/clinician/members/{member}/leave", views.remove_member),
        ("/clinician/goals/{goal}/step", views.step),
        ("/clinician/goals/{goal}/tasks", views.add_task),
        ("/clinician/goals/{goal}/tasks/{task}", views.change_task),
        ("/clinician/goals/{goal}/scaling", views.write_scaling),
        ("/clinician/goals/{goal}/score", views.score),
        ("/clinician/visits/{visit}/notes", views.write_note),
        ("/clinician/visits/{visit}/shares", views.share),
        ("/clinician/shares/{share}/revoke", views.revoke_share),
    ):
        router.add_api_route(path, view, methods=["POST"])


class TeamworkViews:
    """One method per form. `visit_page` shows a visit with a form that could not be saved."""

    def __init__(self, teamwork: Teamwork, show: Responses, signing_in: SigningIn, visit_page: VisitPage) -> None:
        self._teamwork = teamwork
        self._show = show
        self._signing_in = signing_in
        self._visit_page = visit_page

    def add_member(self, request: Request, visit: str, form: Posted) -> Response:
        """Somebody joins the team."""

        def work(actor: Actor) -> None:
            user = form["user"] or None
            self._teamwork.add_member(
                actor,
                visit,
                form["role"],
                user=user,
                name=None if user else form["name"] or None,
                organisation=form["organisation"] or None,
                key=form.key,
            )

        return self._saved(request, form, work, visit=visit, form_id="new-team", part="team")

    def take_over_team(self, request: Request, visit: str, form: Posted) -> Response:
        """The team of an earlier visit joins."""

        def work(actor: Actor) -> None:
            self._teamwork.take_over_team(actor, visit, form["earlier"])

        return self._saved(request, form, work, visit=visit, form_id="team", part="team")

    def remove_member(self, request: Request, member: str, form: Posted) -> Response:
        """Somebody leaves the team."""

        def work(actor: Actor) -> None:
            self._teamwork.remove_member(actor, member)

        return self._saved(request, form, work, visit=form["visit"], form_id="team", part="team")

    def step(self, request: Request, goal: str, form: Posted) -> Response:
        """Start, keep, attain or give up a goal."""

        def work(actor: Actor) -> None:
            self._teamwork.step(actor, goal, form.number("version"), form["step"], form["reason"] or None)

        return self._about_goal(request, goal, form, work, "step")

    def add_task(self, request: Request, goal: str, form: Posted) -> Response:
        """A task for a goal."""

        def work(actor: Actor) -> None:
            added_value = form["added_value"] or None
            self._teamwork.add_task(actor, goal, form["member"], form["what"], added_value, key=form.key)

        return self._about_goal(request, goal, form, work, "task")

    def change_task(self, request: Request, goal: str, task: str, form: Posted) -> Response:
        """A task as it shall stand."""

        def work(actor: Actor) -> None:
            self._teamwork.change_task(
                actor,
                task,
                form.number("version"),
                member=form["member"],
                what=form["what"],
                added_value=form["added_value"] or None,
                state=form["state"],
                reason=form["reason"] or None,
            )

        return self._about_goal(request, goal, form, work, f"task-{task}")

    def write_scaling(self, request: Request, goal: str, form: Posted) -> Response:
        """The five levels of a goal."""

        def work(actor: Actor) -> None:
            levels = tuple(form[f"level-{place}"] for place in range(len(LEVELS)))
            self._teamwork.write_scaling(actor, goal, form.number("version"), levels, _number(form, "weight", HEAVIEST))

        return self._about_goal(request, goal, form, work, "scaling")

    def score(self, request: Request, goal: str, form: Posted) -> Response:
        """How far a goal is now."""

        def work(actor: Actor) -> None:
            level = {str(level): level for level in LEVELS}.get(form["level"])
            if level is None:
                raise Invalid("value", field="level")
            version, note = form.number("version"), form["note"] or None
            self._teamwork.score(actor, goal, version, level, form["scored_by"], note, key=form.key)

        return self._about_goal(request, goal, form, work, "score")

    def write_note(self, request: Request, visit: str, form: Posted) -> Response:
        """A note back to one person: the sentences that were chosen, then what was typed, in one language."""

        def work(actor: Actor) -> None:
            lang = form["lang"]
            if not locales.is_offered(lang):
                raise Invalid("value", field="lang")
            chosen = [text for place, text in enumerate(READY_NOTES) if form[f"ready-{place}"]]
            whole = [" ".join(locales.translate(lang, text) for text in chosen), form["text"]]
            text = "\n".join(part for part in whole if part.strip())
            self._teamwork.write_note(actor, visit, form["role"], text, lang, key=form.key)

        role = "caregiver" if form["role"] == "caregiver" else "patient"
        return self._saved(request, form, work, visit=visit, form_id=f"note-{role}", part=f"note-{role}")

    def share(self, request: Request, visit: str, form: Posted) -> Response:
        """A link for another organisation. It is shown on a page of its own, this once."""

        def work(actor: Actor) -> Response:
            if not form["organisation"].strip():
                raise Invalid("missing", field="organisation")
            made = self._teamwork.share(
                actor,
                visit,
                organisation=form["organisation"],
                goals=[name.removeprefix("goal-") for name in form.fields if name.startswith("goal-")],
                consent_by=form["consent_by"],
                consent_how=form["consent_how"],
                consent_on=_day(form),
                consent_name=form["consent_name"] or None,
                days=_number(form, "days", 90),
                key=form.key,
            )
            values = {
                "path": f"/shared/{made.token}",
                "url": f"{str(request.base_url).rstrip('/')}/shared/{made.token}",
                "organisation": form["organisation"],
                "expires": locales.format_date(language_of(request, actor), made.expires.date()),
                "visit": visit,
            }
            return self._show.page(request, "share_made.html", values, here=_home_of(visit), actor=actor)

        return self._saved(request, form, work, visit=visit, form_id="new-share", part="share")

    def revoke_share(self, request: Request, share: str, form: Posted) -> Response:
        """The link opens nothing any more."""

        def work(actor: Actor) -> None:
            self._teamwork.revoke_share(actor, share)

        return self._saved(request, form, work, visit=form["visit"], form_id="share", part="share")

    def _about_goal(
        self, request: Request, goal: str, form: Form, work: Callable[[Actor], Response | None], kind: str
    ) -> Response:
        """The goal may be of an earlier visit: the form says on which visit's page it stands."""
        part = f"work-{goal}"
        return self._saved(request, form, work, visit=form["visit"], form_id=f"{kind}-{goal}", part=part)

    def _saved(
        self,
        request: Request,
        form: Form,
        work: Callable[[Actor], Response | None],
        *,
        visit: str,
        form_id: str,
        part: str,
    ) -> Response:
        check_own_page(request)
        try:
            actor = request.state.actor = self._signing_in.actor(request)
        except NotSignedIn as error:
            kept = Interrupted(form_id, visit, form.all_shown())
            return self._signing_in.ask(request, error=error, goes_to=_home_of(visit), kept=kept)
        try:
            answer = work(actor)
            return answer or see_other(f"{_home_of(visit)}?open={part}#{part}")
        except (Invalid, Conflict, KeyReused, TransitionRefused) as error:
            status = 409 if isinstance(error, Conflict) else status_of(error)
            return self._again(request, actor, visit, unfinished(form_id, form, error), status, form)
        except CarePlanError as error:
            return self._show.problem(request, error, actor=actor, kept=typed_in(form.all_shown()))

    def _again(
        self, request: Request, actor: Actor, visit: str, again: Unfinished, status: int, form: Form
    ) -> Response:
        try:
            return self._visit_page(request, actor, visit, again, status)
        except CarePlanError as error:
            return self._show.problem(request, error, actor=actor, kept=typed_in(form.all_shown()))


def _home_of(visit: str) -> str:
    return own_path(f"{HOME}/visits/{visit}")


def _number(form: Form, name: str, highest: int) -> int:
    """A number of a list to choose from."""
    number = form.number(name)
    if not 1 <= number <= highest:
        raise Invalid("value", field=name)
    return number


def _day(form: Form) -> date:
    try:
        return date.fromisoformat(form["consent_on"])
    except ValueError:
        raise Invalid("value", field="consent.on") from None
