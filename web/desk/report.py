"""The report about goals, as a page with bars and as CSV: inputs, outputs, outcomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

import locales
from api.csv_text import csv_text
from api.reports import Reports
from careplan.areas import AreaOfLife
from careplan.errors import Invalid
from careplan.people import Actor
from careplan.report import GoalReport, Line
from locales import N_
from web.clinician.day import asked_day
from web.clinician.labels import AREA_OF_LIFE, ROLE, STATUS
from web.clinician.words import own_name
from web.desk.frame import HOME, Frame, Problem
from web.desk.labels import FIELD
from web.pages import SECURITY_HEADERS

REPORT = f"{HOME}/report"
PART = {"inputs": N_("What was put in"), "outputs": N_("What came of it"), "outcomes": N_("What changed for people")}
GROUP = {
    "invited": N_("People who were invited"),
    "started": N_("People who began"),
    "finished": N_("People who finished"),
    "languages": N_("Languages of those invited"),
    "minutes": N_("Minutes"),
    "visits": N_("Visits"),
    "goals": N_("Goals"),
    "areas": N_("Areas of life of the goals"),
    "statuses": N_("Where the goals stand"),
}
NAME = {
    "all": N_("all"),
    "median": N_("half of the people needed less"),
    "reviewed": N_("with a goal that was reviewed"),
    "discussed": N_("discussed"),
    "none": N_("no area named"),
}
NO_ZONE = N_("The practice has no primary care zone yet. An administrator can fill it in.")
WRONG_PERIOD = N_("The last day must not come before the first.")


@dataclass(frozen=True)
class Bar:
    """One figure with its bar: `width` is in percent of the largest of its group; `text` None means hidden."""

    name: str
    text: str | None
    width: int
    lang: str | None = None


class ReportViews:
    """The page and the file."""

    def __init__(self, frame: Frame, reports: Reports) -> None:
        self._frame = frame
        self._reports = reports

    def add_to(self, router: APIRouter) -> None:
        router.add_api_route(REPORT, self.page, methods=["GET"])
        router.add_api_route(f"{REPORT}.csv", self.file, methods=["GET"])

    def page(self, request: Request) -> Response:
        actor = self._frame.actor(request)
        try:
            report = self._report(request, actor)
        except Invalid as error:
            problem = Problem("to", FIELD["to"], NO_ZONE if error.field == "zone" else WRONG_PERIOD)
            values: dict[str, Any] = {
                "report": None,
                "parts": (),
                "from": "",
                "to": "",
                "scope": "practice",
                "asked": "",
            }
            return self._frame.page(
                request, actor, "report.html", values, here=REPORT, problems=[problem], status_code=422
            )
        reader = self._frame.language(request, actor)
        values = {
            "report": report,
            "parts": [(PART[part], _groups(lines, reader)) for part, lines in _parts(report)],
            "from": report.first.isoformat(),
            "to": report.last.isoformat(),
            "scope": report.scope,
            "asked": f"from={report.first}&to={report.last}&scope={report.scope}",
        }
        return self._frame.page(request, actor, "report.html", values, here=REPORT)

    def file(self, request: Request) -> Response:
        """The same figures with names that programs can rely on."""
        actor = self._frame.actor(request)
        report = self._report(request, actor)
        head = ["part", "group", "name", "value"]
        rows = [
            [part, line.group, line.name, "<5" if line.value is None else line.value] for part, line in report.lines
        ]
        name = f"voorop-{report.scope}-{report.first}-{report.last}.csv"
        headers = {**SECURITY_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(csv_text([head, *rows]), media_type="text/csv; charset=utf-8", headers=headers)

    def _report(self, request: Request, actor: Actor) -> GoalReport:
        asked = request.query_params
        return self._reports.goals(
            actor,
            first=asked_day(asked.get("from")),
            last=asked_day(asked.get("to")),
            scope=asked.get("scope", "practice"),
        )


def _parts(report: GoalReport) -> tuple[tuple[str, Sequence[Line]], ...]:
    return ("inputs", report.inputs), ("outputs", report.outputs), ("outcomes", report.outcomes)


def _groups(lines: Sequence[Line], reader: str) -> list[tuple[str, list[Bar]]]:
    """The lines by group, in order of appearance."""
    names = list(dict.fromkeys(line.group for line in lines))
    return [(GROUP[name], _bars([line for line in lines if line.group == name], reader)) for name in names]


def _bars(lines: Sequence[Line], reader: str) -> list[Bar]:
    largest = max((line.value or 0 for line in lines), default=0) or 1
    return [
        Bar(
            name=_name(line),
            text=None if line.value is None else locales.format_number(reader, line.value),
            width=round(100 * (line.value or 0) / largest),
            lang=own_name(line.name).code if line.group == "languages" else None,
        )
        for line in lines
    ]


def _name(line: Line) -> str:
    """A message id; a language is named by itself."""
    if line.group == "languages":
        return own_name(line.name).name
    if line.group == "statuses":
        return STATUS.get(line.name, line.name)
    if line.name in {area.value for area in AreaOfLife}:
        return AREA_OF_LIFE[line.name]
    return NAME.get(line.name) or ROLE[line.name]
