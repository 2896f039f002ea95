"""Signing in and out."""

from fastapi import APIRouter, Request, Response

from api.care_plan import CarePlan
from api.cookies import check_own_page, clear_session, session_token, set_session
from api.options import ApiOptions
from api.schemas.requests import Login


def router(service: CarePlan, options: ApiOptions) -> APIRouter:
    """POST login and logout."""
    routes = APIRouter(tags=["session"])

    @routes.post("/login", status_code=204)
    def login(request: Request, body: Login) -> Response:
        check_own_page(request, options.public_url, origin_needed=False)
        address = request.client.host if request.client else ""
        earlier = session_token(request, options.public_url)
        token = service.sign_in(body.login, body.password, body.code, address=address)
        if earlier:
            service.sign_out(earlier)
        response = Response(status_code=204)
        set_session(request, response, token, options.public_url)
        return response

    @routes.post("/logout", status_code=204)
    def logout(request: Request) -> Response:
        check_own_page(request, options.public_url)
        token = session_token(request, options.public_url)
        if token:
            service.sign_out(token)
        response = Response(status_code=204, headers={"Clear-Site-Data": '"cache", "storage"'})
        clear_session(request, response, options.public_url)
        return response

    return routes
