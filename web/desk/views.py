"""All routes of the desk, to be included at the root."""

from fastapi import APIRouter

from api.care_plan import CarePlan
from api.desk.service import Desk
from api.reports import Reports
from api.retention import Retention
from web.clinician.refusing import refusing_route
from web.clinician.responses import Responses
from web.clinician.signing_in import SigningIn
from web.desk.frame import Frame
from web.desk.keeping import KeepingViews
from web.desk.log import LogViews
from web.desk.people import PeopleViews
from web.desk.report import ReportViews
from web.desk.tablets import TabletViews
from web.desk.visits import VisitViews
from web.pages import Pages
from web.tablet.cookies import TabletCookies


def desk_pages(care_plan: CarePlan, desk: Desk, retention: Retention, pages: Pages, public_url: str) -> APIRouter:
    """public_url: where browsers reach us, as it stands on invitations."""
    show = Responses(pages, public_url)
    signing_in = SigningIn(care_plan, show, public_url)
    frame = Frame(care_plan, desk, Responses(pages, public_url, "desk"), signing_in, public_url)
    router = APIRouter(include_in_schema=False, route_class=refusing_route(show, signing_in))
    VisitViews(frame, pages).add_to(router)
    PeopleViews(frame).add_to(router)
    TabletViews(frame, TabletCookies(public_url)).add_to(router)
    KeepingViews(frame, retention).add_to(router)
    LogViews(frame).add_to(router)
    ReportViews(frame, Reports(care_plan.books)).add_to(router)
    return router
