"""The care-plan API as an application of its own, to be mounted at `/api/v1`: so its errors and limits are its own."""

from fastapi import Depends, FastAPI, Response

from api import problems
from api.body_limit import BodyLimit
from api.care_plan import CarePlan
from api.options import ApiOptions
from api.routes import administration, contributions, goals, session, teamwork, visits
from api.routes.caller import caller_of
from api.schemas.answers import Error
from api.teamwork.service import Teamwork

PREFIX = "/api/v1"


def care_plan_app(service: CarePlan, options: ApiOptions) -> FastAPI:
    """The API, for `app.mount(PREFIX, care_plan_app(...))`."""
    app = FastAPI(
        title="Voorop care plan",
        version="1",
        docs_url=None,  # its pages would load scripts from other hosts
        redoc_url=None,
        dependencies=[Depends(_not_kept)],
        responses={"4XX": {"model": Error}, "5XX": {"model": Error}},
    )
    app.add_middleware(BodyLimit)
    problems.install(app)
    caller = caller_of(service, options)
    app.include_router(session.router(service, options))
    app.include_router(visits.router(service, caller))
    app.include_router(contributions.router(service, caller))
    app.include_router(goals.router(service, caller))
    app.include_router(teamwork.router(Teamwork(service.books), caller))
    app.include_router(administration.router(service, caller))
    return app


def _not_kept(response: Response) -> None:
    """Nothing of a person's record stays in a browser's or proxy's cache."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
