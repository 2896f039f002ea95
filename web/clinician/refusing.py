"""Routes that answer what the care plan refuses with a page, wherever it is raised."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from careplan.errors import CarePlanError, NotSignedIn
from web.clinician.responses import Responses
from web.clinician.signing_in import SigningIn


def refusing_route(show: Responses, signing_in: SigningIn) -> type[APIRoute]:
    """For `APIRouter(route_class=...)`; `request.state.actor` is who reads the page, when a view has found out."""

    class RefusingRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()

            async def guarded(request: Request) -> Response:
                try:
                    return await handle(request)
                except NotSignedIn as error:
                    return signing_in.first(request, error)
                except CarePlanError as error:
                    return show.problem(request, error, actor=getattr(request.state, "actor", None))

            return guarded

    return RefusingRoute
