"""Visits, their invitations, goals, flags and transcript."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from api.care_plan import CarePlan
from api.routes.idempotency import Key
from api.schemas.answers import ExportList, FlagList, GoalList, NewInvitationAnswer, Transcript, VisitList
from api.schemas.requests import InvitationRequest, NewVisit, VisitMark
from api.views import VisitSummary, VisitView
from careplan.people import Actor


def router(service: CarePlan, caller: Callable[[Request], Actor]) -> APIRouter:
    """Everything under /visits that a practice uses."""
    routes = APIRouter(prefix="/visits", tags=["visits"])
    Caller = Annotated[Actor, Depends(caller)]

    @routes.get("")
    def list_visits(actor: Caller, day: Annotated[date | None, Query()] = None) -> VisitList:
        return VisitList(visits=service.visits_for(actor, day))

    @routes.post("", status_code=201)
    def create_visit(actor: Caller, body: NewVisit, key: Key = None) -> VisitSummary:
        return service.create_visit(actor, body.time, reference=body.reference, name=body.name, key=key)

    @routes.get("/{visit}")
    def read_visit(actor: Caller, visit: str) -> VisitView:
        return service.visit_for(actor, visit)

    @routes.post("/{visit}/state", status_code=204)
    def mark_visit(actor: Caller, visit: str, body: VisitMark) -> None:
        service.mark_visit(actor, visit, body.state)

    @routes.post("/{visit}/invitations", status_code=201)
    def invite(actor: Caller, visit: str, body: InvitationRequest) -> NewInvitationAnswer:
        made = service.invite(actor, visit, body.role, body.language)
        return NewInvitationAnswer(**made.as_json() | {"expires": made.expires.isoformat(timespec="seconds")})

    @routes.get("/{visit}/goals")
    def read_goals(actor: Caller, visit: str) -> GoalList:
        return GoalList(goals=service.goals_for(actor, visit))

    @routes.get("/{visit}/flags")
    def read_flags(actor: Caller, visit: str) -> FlagList:
        return FlagList(flags=service.flags_for(actor, visit))

    @routes.get("/{visit}/transcript")
    def read_transcript(actor: Caller, visit: str) -> Transcript:
        return Transcript(answers=service.transcript_for(actor, visit))

    @routes.get("/{visit}/exports")
    def read_exports(actor: Caller, visit: str) -> ExportList:
        return ExportList(exports=service.exports_for(actor, visit))

    @routes.post("/{visit}/exports/again", status_code=204)
    def export_again(actor: Caller, visit: str) -> None:
        service.export_again(actor, visit)

    return routes
