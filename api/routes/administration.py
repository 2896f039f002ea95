"""What administrators arrange and read: users, the audit trail; and reports, which hold no names."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request

from api.care_plan import CarePlan
from api.desk.service import Desk
from api.desk.staff import User
from api.reports import Reports
from api.schemas.answers import AuditPage, NewUserAnswer, ReportAnswer, ReportLine, UserAnswer, UserList
from api.schemas.requests import NewUser
from careplan.people import Actor, Duty

HIGHEST = 2**31 - 1


def router(service: CarePlan, caller: Callable[[Request], Actor]) -> APIRouter:
    """GET audit (newest first, by pages), GET and POST users, GET reports/goals."""
    routes = APIRouter(tags=["administration"])
    desk, reports = Desk(service.books), Reports(service.books)
    Caller = Annotated[Actor, Depends(caller)]

    @routes.get("/users")
    def list_users(actor: Caller) -> UserList:
        return UserList(users=tuple(_user(user) for user in desk.users_for(actor)))

    @routes.post("/users", status_code=201)
    def add_user(actor: Caller, body: NewUser) -> NewUserAnswer:
        made = desk.add_user(
            actor,
            login=body.login,
            name=body.name,
            password=body.password,
            duties=[Duty(duty) for duty in body.duties],
            language=body.language,
        )
        return NewUserAnswer(id=made)

    @routes.get("/reports/goals")
    def report_goals(
        actor: Caller,
        first: Annotated[date | None, Query(alias="from")] = None,
        last: Annotated[date | None, Query(alias="to")] = None,
        scope: Literal["practice", "zone"] = "practice",
    ) -> ReportAnswer:
        report = reports.goals(actor, first=first, last=last, scope=scope)
        lines = [
            ReportLine(part=part, group=line.group, name=line.name, value=line.value) for part, line in report.lines
        ]
        return ReportAnswer(first=report.first, last=report.last, scope=report.scope, lines=tuple(lines))

    @routes.get("/audit")
    def read_audit(
        actor: Caller,
        before: Annotated[int | None, Query(ge=1, le=HIGHEST)] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> AuditPage:
        return AuditPage(entries=tuple(service.audit_for(actor, before=before, limit=limit)))

    return routes


def _user(user: User) -> UserAnswer:
    return UserAnswer(
        id=user.id,
        login=user.login,
        name=user.name,
        language=user.language,
        duties=tuple(sorted(duty.value for duty in user.duties)),
        second_factor=user.second_factor,
        closed=user.closed,
    )
