"""How long everything is kept, what is due to be erased, and whether another system was told of what was."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

import locales
from api.invitations import STANDS_AFTER_VISIT
from api.recalls import RecallLine
from api.retention import Ended, Retention
from api.sign_in import ABSOLUTE, IDLE
from careplan.people import Actor
from locales import N_
from web.clinician.exports import PROBLEM, WAITING
from web.clinician.forms import Form, read_form
from web.clinician.signing_in import check_own_page
from web.desk.frame import HOME, Frame
from web.pages import see_other

Posted = Annotated[Form, Depends(read_form)]
KEEPING = f"{HOME}/keeping"
MOST_DIGITS = 9
STATE = {
    "waiting": N_("is being told"),
    "sent": N_("was told"),
    "refused": N_("refused it"),
}
REFUSED = N_("Please ask who looks after the other system.")


class KeepingViews:
    """One method per page or form; for administrators only, as the service behind them checks."""

    def __init__(self, frame: Frame, retention: Retention) -> None:
        self._frame = frame
        self._retention = retention

    def add_to(self, router: APIRouter) -> None:
        router.add_api_route(KEEPING, self.keeping, methods=["GET"])
        router.add_api_route(f"{KEEPING}/erase", self.ask, methods=["GET"])
        router.add_api_route(f"{KEEPING}/erase", self.erase, methods=["POST"])
        router.add_api_route(f"{KEEPING}/again", self.again, methods=["POST"])

    def keeping(self, request: Request) -> Response:
        actor = self._frame.actor(request)
        return self._keeping(request, actor)

    def ask(self, request: Request) -> Response:
        """Nothing is erased by one careless click: this page says how much it would be."""
        actor = self._frame.actor(request)
        return self._ask(request, actor)

    def erase(self, request: Request, form: Posted) -> Response:
        """What was agreed to, and only if it is still as much; sent twice, it erases nothing more."""
        check_own_page(request)
        actor, agreed = self._frame.actor(request), form["visits"]
        known = agreed.isascii() and agreed.isdigit() and len(agreed) <= MOST_DIGITS
        ended = self._retention.end_for(actor, int(agreed)) if known else None
        if ended is None:
            return self._ask(request, actor, changed=True)
        return self._keeping(request, actor, ended)

    def again(self, request: Request) -> Response:
        check_own_page(request)
        self._retention.recall_again(self._frame.actor(request))
        return see_other(KEEPING)

    def _keeping(self, request: Request, actor: Actor, ended: Ended | None = None) -> Response:
        keeping = self._retention.keeping_for(actor)
        reader = self._frame.language(request, actor)
        zone = self._frame.desk.timezone(actor)
        lines = self._retention.recalls_for(actor)
        values = {
            "keeping": asdict(keeping),
            "next_day": locales.format_date(reader, keeping.next_day) if keeping.next_day else None,
            "ended": asdict(ended) if ended else None,
            "link_days": STANDS_AFTER_VISIT.days,
            "signed_in_hours": int(ABSOLUTE.total_seconds()) // 3600,
            "signed_in_minutes": int(IDLE.total_seconds()) // 60,
            "recalls": [_line(line, reader, line.since.astimezone(zone)) for line in lines],
            "refused": any(line.state == "refused" for line in lines),
        }
        return self._frame.page(request, actor, "keeping.html", values, here=KEEPING)

    def _ask(self, request: Request, actor: Actor, *, changed: bool = False) -> Response:
        keeping = self._retention.keeping_for(actor)
        if not keeping.due.visits:
            return see_other(KEEPING)
        values = {"keeping": asdict(keeping), "changed": changed}
        status = 409 if changed else 200
        return self._frame.page(request, actor, "erase.html", values, here=f"{KEEPING}/erase", status_code=status)


def _line(line: RecallLine, reader: str, since: datetime) -> dict[str, Any]:
    problem = None
    if line.state == "refused":
        problem = REFUSED
    elif line.state == "waiting" and line.problem:
        problem = PROBLEM.get(line.problem, WAITING)
    return {
        "day": locales.format_date(reader, since.date()),
        "time": locales.format_time(reader, since),
        "records": line.records,
        "state": STATE[line.state],
        "problem": problem,
        "code": line.problem if line.state == "refused" else None,
    }
