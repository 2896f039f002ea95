"""Who read or did what: the audit trail as a page, of everything or of one visit."""

import re

from fastapi import APIRouter, Request
from starlette.responses import Response

import locales
from api.desk.reading_log import PAGE
from web.desk.frame import HOME, Frame
from web.desk.labels import ACTION, AGENT

VISIT = re.compile(r"[0-9a-f]{32}")
HIGHEST = 2**31 - 1


class LogViews:
    """One page."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def add_to(self, router: APIRouter) -> None:
        router.add_api_route(f"{HOME}/log", self.log, methods=["GET"])

    def log(self, request: Request) -> Response:
        actor = self._frame.actor(request)
        asked, before = request.query_params.get("visit", ""), request.query_params.get("before", "")
        visit = asked if VISIT.fullmatch(asked) else None
        older = int(before) if before.isascii() and before.isdigit() and int(before[:12]) <= HIGHEST else None
        lines = self._frame.desk.log_for(actor, visit=visit, before=older)
        reader = self._frame.language(request, actor)
        values = {
            "visit": visit,
            "lines": [
                {
                    "day": locales.format_day(reader, line.at.date()),
                    "time": locales.format_time(reader, line.at),
                    "who": line.who,
                    "agent": AGENT.get(line.agent, line.agent),
                    "action": ACTION.get(line.action),
                    "code": line.action,
                    "visit": line.visit,
                }
                for line in lines
            ],
            "older": lines[-1].seq if len(lines) == PAGE else None,
        }
        return self._frame.page(request, actor, "log.html", values, here=f"{HOME}/log")
