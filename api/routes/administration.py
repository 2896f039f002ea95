"""What administrators read: the audit trail."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from api.care_plan import CarePlan
from api.schemas.answers import AuditPage
from careplan.people import Actor

HIGHEST = 2**31 - 1


def router(service: CarePlan, caller: Callable[[Request], Actor]) -> APIRouter:
    """GET audit, newest first, by pages."""
    routes = APIRouter(tags=["administration"])

    @routes.get("/audit")
    def read_audit(
        actor: Annotated[Actor, Depends(caller)],
        before: Annotated[int | None, Query(ge=1, le=HIGHEST)] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> AuditPage:
        return AuditPage(entries=tuple(service.audit_for(actor, before=before, limit=limit)))

    return routes
