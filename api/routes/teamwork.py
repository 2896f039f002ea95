"""Working together: the care team, tasks, scaling, steps, shares, notes and the report of a visit."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response

from api.routes.etags import etag, seen_version
from api.routes.idempotency import Key
from api.schemas import teamwork as schemas
from api.teamwork.service import Teamwork
from api.teamwork.views import EarlierTeamView, MemberView, NoteView, ScalingView, TaskView
from api.views import GoalView
from careplan.people import Actor

SHARED = "/shared/"
Seen = Annotated[str | None, Header(alias="If-Match")]


def router(service: Teamwork, caller: Callable[[Request], Actor]) -> APIRouter:
    """Everything about working together."""
    routes = APIRouter(tags=["working together"])
    _visit_routes(routes, service, caller)
    _goal_routes(routes, service, caller)
    _task_routes(routes, service, caller)
    _share_routes(routes, service, caller)
    return routes


def _visit_routes(routes: APIRouter, service: Teamwork, caller: Callable[[Request], Actor]) -> None:
    Caller = Annotated[Actor, Depends(caller)]

    @routes.get("/visits/{visit}/report")
    def read_report(actor: Caller, visit: str) -> schemas.Report:
        report = service.report_for(actor, visit)
        return schemas.Report(**{name: getattr(report, name) for name in schemas.Report.model_fields})

    @routes.get("/visits/{visit}/team")
    def read_team(actor: Caller, visit: str) -> schemas.Team:
        return schemas.Team(members=service.team_for(actor, visit))

    @routes.post("/visits/{visit}/team", status_code=201)
    def add_member(actor: Caller, visit: str, body: schemas.NewMember, key: Key = None) -> MemberView:
        return service.add_member(
            actor, visit, body.role.value, name=body.name, user=body.user, organisation=body.organisation, key=key
        )

    @routes.get("/visits/{visit}/team/earlier")
    def read_earlier_team(actor: Caller, visit: str) -> EarlierTeamView:
        return service.earlier_team_for(actor, visit)

    @routes.post("/visits/{visit}/team/earlier", status_code=201)
    def take_over_team(actor: Caller, visit: str, body: schemas.TakenOverTeam) -> schemas.Team:
        return schemas.Team(members=service.take_over_team(actor, visit, body.visit))

    @routes.delete("/members/{member}", status_code=204)
    def remove_member(actor: Caller, member: str) -> None:
        service.remove_member(actor, member)

    @routes.post("/visits/{visit}/notes", status_code=201)
    def write_note(actor: Caller, visit: str, body: schemas.NewNote, key: Key = None) -> NoteView:
        return service.write_note(actor, visit, body.role, body.text, body.lang, key=key)


def _goal_routes(routes: APIRouter, service: Teamwork, caller: Callable[[Request], Actor]) -> None:
    Caller = Annotated[Actor, Depends(caller)]

    @routes.post("/goals/{goal}/step")
    def step(
        actor: Caller, goal: str, body: schemas.StepRequest, response: Response, if_match: Seen = None
    ) -> GoalView:
        view = service.step(actor, goal, seen_version(if_match), body.step, body.reason)
        response.headers["ETag"] = etag(view.version)
        return view

    @routes.get("/goals/{goal}/scaling")
    def read_scaling(actor: Caller, goal: str, response: Response) -> ScalingView:
        return _tagged(response, service.scaling_for(actor, goal))

    @routes.put("/goals/{goal}/scaling")
    def write_scaling(
        actor: Caller, goal: str, body: schemas.WrittenScaling, response: Response, if_match: Seen = None
    ) -> ScalingView:
        version = seen_version(if_match)
        return _tagged(response, service.write_scaling(actor, goal, version, body.levels, body.weight))

    @routes.post("/goals/{goal}/scaling/scores", status_code=201)
    def score(
        actor: Caller,
        goal: str,
        body: schemas.NewScore,
        response: Response,
        if_match: Seen = None,
        key: Key = None,
    ) -> ScalingView:
        version = seen_version(if_match)
        return _tagged(response, service.score(actor, goal, version, body.level, body.scored_by, body.note, key=key))


def _task_routes(routes: APIRouter, service: Teamwork, caller: Callable[[Request], Actor]) -> None:
    Caller = Annotated[Actor, Depends(caller)]

    @routes.get("/goals/{goal}/tasks")
    def read_tasks(actor: Caller, goal: str) -> schemas.TaskList:
        return schemas.TaskList(tasks=service.tasks_for(actor, goal))

    @routes.post("/goals/{goal}/tasks", status_code=201)
    def add_task(actor: Caller, goal: str, body: schemas.NewTask, response: Response, key: Key = None) -> TaskView:
        view = service.add_task(actor, goal, body.member, body.what, body.added_value, key=key)
        response.headers["ETag"] = etag(view.version)
        return view

    @routes.put("/tasks/{task}")
    def change_task(
        actor: Caller, task: str, body: schemas.ChangedTask, response: Response, if_match: Seen = None
    ) -> TaskView:
        view = service.change_task(actor, task, seen_version(if_match), **body.model_dump())
        response.headers["ETag"] = etag(view.version)
        return view

    @routes.get("/tasks/{task}/versions")
    def read_task_versions(actor: Caller, task: str) -> schemas.TaskList:
        return schemas.TaskList(tasks=service.task_versions_for(actor, task))


def _share_routes(routes: APIRouter, service: Teamwork, caller: Callable[[Request], Actor]) -> None:
    Caller = Annotated[Actor, Depends(caller)]

    @routes.get("/visits/{visit}/shares")
    def read_shares(actor: Caller, visit: str) -> schemas.ShareList:
        return schemas.ShareList(shares=service.shares_for(actor, visit))

    @routes.post("/visits/{visit}/shares", status_code=201)
    def share(actor: Caller, visit: str, body: schemas.NewShareRequest, key: Key = None) -> schemas.NewShareAnswer:
        made = service.share(
            actor,
            visit,
            organisation=body.organisation,
            goals=body.goals,
            consent_by=body.consent.by,
            consent_how=body.consent.how,
            consent_on=body.consent.on,
            consent_name=body.consent.name,
            days=body.days,
            key=key,
        )
        return schemas.NewShareAnswer(
            id=made.id, path=SHARED + made.token, expires=made.expires.isoformat(timespec="seconds")
        )

    @routes.delete("/shares/{share_id}", status_code=204)
    def revoke(actor: Caller, share_id: str) -> None:
        service.revoke_share(actor, share_id)


def _tagged(response: Response, view: ScalingView) -> ScalingView:
    response.headers["ETag"] = etag(view.version)
    return view
