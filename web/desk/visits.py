"""The desk's visits: the day, a new visit, a list of many, one visit's invitations."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

import locales
from api.context import new_id
from api.desk.agenda import ListRefused, MadeVisit, VisitAtDesk
from api.views import NewInvitation
from careplan.errors import Invalid, KeyReused
from careplan.people import Actor, Role
from careplan.visit_list import RowProblem, VisitList, decode, read_visit, read_visit_list
from web.clinician.day import asked_day
from web.clinician.forms import ONCE, Form, read_form
from web.clinician.labels import PERSON_STATE, ROLE, SAVED_BEFORE
from web.clinician.signing_in import check_own_page
from web.clinician.words import own_name
from web.desk.frame import HOME, Frame, Problem
from web.desk.labels import FIELD, PROBLEM
from web.desk.slips import Slip, slip
from web.pages import Pages, see_other

MOST_LIST_BYTES = 1024 * 1024
FIELDS = ("day", "time", "name", "reference", "patient_language", "caregiver_language")
Posted = Annotated[Form, Depends(read_form)]


class VisitViews:
    """One method per page or form."""

    def __init__(self, frame: Frame, pages: Pages) -> None:
        self._frame = frame
        self._desk = frame.desk
        self._pages = pages

    def add_to(self, router: APIRouter) -> None:
        router.add_api_route(HOME, self.day, methods=["GET"])
        router.add_api_route(f"{HOME}/visits", self.ask_visit, methods=["GET"])
        router.add_api_route(f"{HOME}/visits", self.make_visit, methods=["POST"])
        router.add_api_route(f"{HOME}/visits/{{visit}}", self.visit, methods=["GET"])
        router.add_api_route(f"{HOME}/visits/{{visit}}", self.invite, methods=["POST"])
        router.add_api_route(f"{HOME}/invitations/{{invitation}}/revoke", self.revoke, methods=["POST"])
        router.add_api_route(f"{HOME}/list", self.ask_list, methods=["GET"])
        router.add_api_route(f"{HOME}/list", self.take_list, methods=["POST"])

    def day(self, request: Request) -> Response:
        """The visits of a day and how far everybody is."""
        actor = self._frame.actor(request)
        day, visits = self._desk.day_for(actor, asked_day(request.query_params.get("day")))
        reader = self._frame.language(request, actor)
        values = {
            "date": locales.format_day(reader, day),
            "before": (day - timedelta(days=1)).isoformat(),
            "after": (day + timedelta(days=1)).isoformat(),
            "visits": [_line(visit, reader) for visit in visits],
        }
        return self._frame.page(request, actor, "day.html", values, here=f"{HOME}?day={day}")

    def ask_visit(self, request: Request) -> Response:
        actor = self._frame.actor(request)
        today = self._desk.today(actor)
        fields = dict.fromkeys(FIELDS, "") | {"day": today.isoformat(), "patient_language": actor.language}
        return self._visit_form(request, actor, fields)

    def make_visit(self, request: Request, form: Posted) -> Response:
        """One visit, and its invitations on slips; what is wrong is told at its field and everything typed stays."""
        check_own_page(request)
        actor = self._frame.actor(request)
        fields = {name: form.shown(name) for name in FIELDS}
        planned, wrong = read_visit(form.fields, zone=self._desk.timezone(actor), languages=_codes())
        if planned is not None:
            try:
                return self._slips(request, actor, self._desk.make_visits(actor, [planned], key=form.key))
            except ListRefused as error:
                wrong = error.problems
            except KeyReused:
                return self._visit_form(request, actor, fields, [Problem("day", FIELD["day"], SAVED_BEFORE)])
        return self._visit_form(request, actor, fields, _at_fields(wrong), key=form.key)

    def ask_list(self, request: Request) -> Response:
        actor = self._frame.actor(request)
        values = {"text": "", "rows": (), "key": new_id()}
        return self._frame.page(request, actor, "list.html", values, here=f"{HOME}/list")

    async def take_list(self, request: Request) -> Response:
        """A file or pasted lines: all visits of it, or every row that is wrong and nothing taken."""
        check_own_page(request)
        text, key = await _read_list(request)
        return await to_thread.run_sync(self._take_list, request, text, key)

    def _take_list(self, request: Request, text: str | None, key: str | None) -> Response:
        actor = self._frame.actor(request)
        if text is None:
            problems: Sequence[Problem] = [Problem("list", FIELD["list"], PROBLEM["too_large"])]
            return self._list_form(request, actor, "", (), problems)
        found = read_visit_list(text, zone=self._desk.timezone(actor), languages=_codes())
        if not found.problems:
            try:
                return self._slips(request, actor, self._desk.make_visits(actor, found.visits, key=key))
            except ListRefused as error:
                found = VisitList((), error.problems)
            except KeyReused:
                return self._list_form(request, actor, text, (), [Problem("list", FIELD["list"], SAVED_BEFORE)])
        return self._list_form(request, actor, text, [_row(problem) for problem in found.problems], key=key)

    def visit(self, request: Request, visit: str) -> Response:
        actor = self._frame.actor(request)
        return self._visit_page(request, actor, self._desk.visit_for(actor, visit))

    def invite(self, request: Request, visit: str, form: Posted) -> Response:
        """One more invitation, for somebody new or because the first was lost."""
        check_own_page(request)
        actor = self._frame.actor(request)
        stands = self._desk.visit_for(actor, visit)
        if form["language"] not in _codes() or form["role"] not in set(Role):
            wrong = "language" if form["language"] not in _codes() else "role"
            problem = Problem(wrong, FIELD[wrong], PROBLEM["value"])
            return self._visit_page(request, actor, stands, [problem])
        made = self._frame.care_plan.invite(actor, visit, form["role"], form["language"])
        return self._slips(request, actor, [MadeVisit(stands.id, stands.at, stands.name, (made,))])

    def revoke(self, request: Request, invitation: str) -> Response:
        check_own_page(request)
        actor = self._frame.actor(request)
        return see_other(f"{HOME}/visits/{self._desk.revoke_invitation(actor, invitation)}")

    def _visit_form(
        self,
        request: Request,
        actor: Actor,
        fields: Mapping[str, str],
        problems: Sequence[Problem] = (),
        *,
        key: str | None = None,
    ) -> Response:
        """key: of the sending that was not saved."""
        status = 422 if problems else 200
        values = {"fields": fields, "key": key or new_id()}
        here = f"{HOME}/visits"
        return self._frame.page(
            request, actor, "visit_new.html", values, here=here, problems=problems, status_code=status
        )

    def _list_form(
        self,
        request: Request,
        actor: Actor,
        text: str,
        rows: Sequence[Mapping[str, Any]],
        problems: Sequence[Problem] = (),
        *,
        key: str | None = None,
    ) -> Response:
        """key: as of `_visit_form`."""
        shown = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
        values = {"text": shown, "rows": rows, "key": key or new_id()}
        return self._frame.page(
            request, actor, "list.html", values, here=f"{HOME}/list", problems=problems, status_code=422
        )

    def _visit_page(
        self, request: Request, actor: Actor, visit: VisitAtDesk, problems: Sequence[Problem] = ()
    ) -> Response:
        reader = self._frame.language(request, actor)
        values = {
            "visit": _line(visit, reader),
            "id": visit.id,
            "date": locales.format_day(reader, visit.at.date()),
            "reference": visit.reference,
            "roles": [(role.value, ROLE[role.value]) for role in Role],
            "invitations": [
                {
                    "id": one.id,
                    "label": ROLE[one.role],
                    "language": own_name(one.language),
                    "short_code": one.short_code,
                    "until": locales.format_day(reader, one.expires.date()),
                }
                for one in visit.invitations
            ],
        }
        status = 422 if problems else 200
        here = f"{HOME}/visits/{visit.id}"
        return self._frame.page(request, actor, "visit.html", values, here=here, problems=problems, status_code=status)

    def _slips(self, request: Request, actor: Actor, made: Sequence[MadeVisit]) -> Response:
        """Shown this once, so not behind a redirect: a second try of the same list is refused as known."""
        today = self._desk.today(actor)
        practice = self._desk.practice_name(actor)
        slips = [
            (visit, [self._slip(practice, visit, one, is_today=visit.at.date() == today) for one in visit.invitations])
            for visit in made
        ]
        values = {"made": slips, "number": sum(len(each) for _, each in slips)}
        return self._frame.page(request, actor, "slips.html", values, here=HOME)

    def _slip(self, practice: str, visit: MadeVisit, invitation: NewInvitation, *, is_today: bool) -> Slip:
        return slip(
            self._pages,
            invitation,
            public_url=self._frame.public_url,
            practice=practice,
            at=visit.at,
            name=visit.name if invitation.role == Role.PATIENT.value else None,
            short_code=self._desk.short_code(invitation) if is_today else None,
        )


def _line(visit: VisitAtDesk, reader: str) -> Mapping[str, Any]:
    return {
        "id": visit.id,
        "time": locales.format_time(reader, visit.at),
        "name": visit.name,
        "people": [
            {"label": ROLE[role], "language": own_name(language), "state": PERSON_STATE[state], "key": state}
            for role, language, state in visit.people
        ],
        "codes": [(ROLE[one.role], one.short_code) for one in visit.invitations],
    }


def _row(problem: RowProblem) -> Mapping[str, Any]:
    code = "empty_list" if problem.code == "empty" else problem.code
    return {"row": problem.row, "column": FIELD.get(problem.column or ""), "text": PROBLEM[code]}


def _at_fields(wrong: Sequence[RowProblem]) -> list[Problem]:
    found = []
    for problem in wrong:
        field = problem.column or "time"
        found.append(Problem(field, FIELD[field], PROBLEM[problem.code]))
    return found


async def _read_list(request: Request) -> tuple[str | None, str | None]:
    """The file if there is one, else the pasted lines, None when it is too large; and the key of this sending."""
    size = request.headers.get("content-length", "")
    if not size.isdigit() or int(size) > MOST_LIST_BYTES:
        return None, None
    async with request.form(max_files=1, max_fields=4, max_part_size=MOST_LIST_BYTES) as form:
        file, pasted, once = form.get("file"), form.get("text"), form.get(ONCE)
        key = once if isinstance(once, str) and once else None
        content = await file.read() if file is not None and not isinstance(file, str) else b""
        if content.strip():
            return decode(content), key
        if not isinstance(pasted, str):
            raise Invalid("missing", field="list")
        return pasted.replace("\r\n", "\n"), key


def _codes() -> frozenset[str]:
    return frozenset(known.code for known in locales.languages())
