"""One goal: reading it, its versions, reviewing it. The ETag is the version."""

import re
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Request, Response

from api.care_plan import CarePlan
from api.schemas.answers import GoalVersionList
from api.schemas.requests import ReviewRequest
from api.views import GoalView
from careplan.people import Actor

ETAG = re.compile(r'"(\d{1,9})"')
NEVER = 0  # versions begin at one, so an ETag that is not ours never fits


def router(service: CarePlan, caller: Callable[[Request], Actor]) -> APIRouter:
    """Everything under /goals."""
    routes = APIRouter(prefix="/goals", tags=["goals"])
    Caller = Annotated[Actor, Depends(caller)]

    @routes.get("/{goal}")
    def read_goal(actor: Caller, goal: str, response: Response) -> GoalView:
        view = service.goal_for(actor, goal)
        response.headers["ETag"] = f'"{view.version}"'
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
        if if_match is None:
            raise HTTPException(428)
        known = ETAG.fullmatch(if_match.strip())
        view = service.review_goal(
            actor, goal, int(known[1]) if known else NEVER, body.decision, body.wording, body.reason
        )
        response.headers["ETag"] = f'"{view.version}"'
        return view

    return routes
