"""What the action server writes: contributions and flags, each with an idempotency key."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request

from api.care_plan import CarePlan
from api.routes.idempotency import NeededKey
from careplan.people import Actor


def router(service: CarePlan, caller: Callable[[Request], Actor]) -> APIRouter:
    """PUT and DELETE contributions, POST flags."""
    routes = APIRouter(prefix="/visits", tags=["action server"])
    Caller = Annotated[Actor, Depends(caller)]
    Json = Annotated[Any, Body()]  # read by careplan.contribution and careplan.flags, which say what is wrong

    @routes.put("/{visit}/contributions/{role}")
    def put_contribution(actor: Caller, visit: str, role: str, body: Json, key: NeededKey = "") -> dict[str, Any]:
        return service.put_contribution(actor, visit, role, body, key=key)

    @routes.delete("/{visit}/contributions/{role}", status_code=204)
    def delete_contribution(actor: Caller, visit: str, role: str, key: NeededKey = "") -> None:
        service.delete_contribution(actor, visit, role, key=key)

    @routes.post("/{visit}/flags", status_code=201)
    def post_flag(actor: Caller, visit: str, body: Json, key: NeededKey = "") -> dict[str, Any]:
        return service.add_flag(actor, visit, body, key=key)

    return routes
