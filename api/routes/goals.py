"""One goal: reading it, its versions, reviewing it. The ETag is the version."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response

from api.care_plan import CarePlan
from api.routes.etags import etag, seen_version
from api.schemas.answers import GoalVersionList
from api.schemas.requests import ReviewRequest
from api.views import GoalView
from careplan.people import Actor


def router(service: CarePlan, caller: Callable[[Request], Actor]) -> APIRouter:
    """Everything under /goals."""
    routes = APIRouter(prefix="/goals", tags=["goals"])
    Caller = Annotated[Actor, Depends(caller)]

    @routes.get("/{goal}")
    def read_goal(actor: Caller, goal: str, response: Response) -> GoalView:
        view = service.goal_for(actor, goal)
        response.headers["ETag"] = etag(view.version)
        return view

    @routes.get("/{goal}/versions")
    def read_versions(actor: Caller, goal: str) -> GoalVersionList:
        return GoalVersionList(versions=service.goal_versions_for(actor, goal))

    @routes.post("/{goal}/review")
    def review(
        actor: Caller,
        goal: str,
        body: ReviewRequest,
        response: Response,
        if_match: Annotated[str | None, Header()] = None,
    ) -> GoalView:
        version = seen_version(if_match)
        view = service.review_goal(actor, goal, version, body.decision, body.wording, body.reason)
        response.headers["ETag"] = etag(view.version)
        return view

    return routes
