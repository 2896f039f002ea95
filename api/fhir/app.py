"""The FHIR server as an application of its own, to be mounted at `/fhir`. It only reads.

Whoever reads is signed in: a clinician's browser by its cookie, a program by the same session's token as bearer.
Source: FHIR R4, RESTful API.
"""

import json
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp

from api.body_limit import BodyLimit
from api.care_plan import CarePlan
from api.cookies import check_own_page, session_token
from api.fhir.capability import capability_statement
from api.fhir.elements import Json
from api.fhir.facade import KINDS, Facade
from api.fhir.outcome import CONTENT_TYPE, HEADERS, install, refusal
from api.fhir.query import read_query
from api.fhir.responses import bundle_of_history, bundle_of_search, check_accepts, headers_of, is_known
from api.options import ApiOptions
from careplan.errors import NotFound, NotSignedIn
from careplan.people import Actor

PREFIX = "/fhir"
FORM = "application/x-www-form-urlencoded"


def fhir_app(service: CarePlan, options: ApiOptions) -> FastAPI:
    """For `app.mount(PREFIX, fhir_app(...))`."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(check_accepts)])
    app.add_middleware(BodyLimit, refuse=_too_large)
    install(app)
    routes = _Routes(service, options)
    app.add_api_route("/metadata", routes.metadata, methods=["GET"])
    app.add_api_route("/{kind}/_search", routes.search_by_form, methods=["POST"])
    app.add_api_route("/{kind}", routes.search, methods=["GET"])
    app.add_api_route("/{kind}/{record}", routes.read, methods=["GET"])
    app.add_api_route("/{kind}/{record}/_history", routes.history, methods=["GET"])
    app.add_api_route("/{kind}/{record}/_history/{version}", routes.read_version, methods=["GET"])
    return app


async def _form(request: Request) -> list[tuple[str, str]]:
    if not request.headers.get("content-type", "").lower().startswith(FORM):
        raise HTTPException(415)
    try:
        return parse_qsl((await request.body()).decode(), keep_blank_values=True)
    except UnicodeDecodeError:
        raise HTTPException(400) from None


class _Routes:
    """One method per interaction."""

    def __init__(self, service: CarePlan, options: ApiOptions) -> None:
        self._service = service
        self._options = options
        self._facade = Facade(service.books)

    def metadata(self, request: Request) -> Response:
        return _answer(request, capability_statement(self._base(request), version("voorop")))

    def read(self, request: Request, kind: str, record: str) -> Response:
        actor = self._actor(request, kind)
        return _resource(request, self._facade.read(actor, kind, record))

    def read_version(self, request: Request, kind: str, record: str, version: str) -> Response:
        actor = self._actor(request, kind)
        return _resource(request, self._facade.read_version(actor, kind, record, version))

    def history(self, request: Request, kind: str, record: str) -> Response:
        versions = self._facade.history(self._actor(request, kind), kind, record)
        return _answer(request, bundle_of_history(versions, self._base(request)))

    def search(self, request: Request, kind: str) -> Response:
        return self._search(request, kind, request.query_params.multi_items())

    def search_by_form(
        self, request: Request, kind: str, form: Annotated[list[tuple[str, str]], Depends(_form)]
    ) -> Response:
        """Keeps what is searched for out of addresses, and so out of logs; parameters may stand in both."""
        if "authorization" not in request.headers:
            check_own_page(request, self._options.public_url)
        return self._search(request, kind, [*request.query_params.multi_items(), *form])

    def _search(self, request: Request, kind: str, pairs: Sequence[tuple[str, str]]) -> Response:
        actor, base = self._actor(request, kind), self._base(request)
        strict = "handling=strict" in request.headers.get("prefer", "").replace(" ", "")
        query = read_query(kind, pairs, strict=strict, base=base)
        return _answer(request, bundle_of_search(self._facade.search(actor, query), query, base))

    def _actor(self, request: Request, kind: str) -> Actor:
        """Who reads, when there is anything of this type to read."""
        given = request.headers.get("authorization")
        if given is None:
            token = session_token(request, self._options.public_url)
        else:
            scheme, _, rest = given.partition(" ")
            if scheme.lower() != "bearer":
                raise NotSignedIn
            token = rest.strip()
        actor = self._service.actor_for(token)
        if kind not in KINDS:
            raise NotFound
        return actor

    def _base(self, request: Request) -> str:
        root = self._options.public_url or f"{request.url.scheme}://{request.url.netloc}"
        return f"{root.rstrip('/')}{PREFIX}"


def _resource(request: Request, resource: Json) -> Response:
    headers = headers_of(resource)
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers={**HEADERS, **headers})
    return _answer(request, resource, headers)


def _answer(request: Request, content: Json, headers: dict[str, str] | None = None) -> Response:
    indent = 2 if request.query_params.get("_pretty") == "true" else None
    text = json.dumps(content, ensure_ascii=False, indent=indent)
    return Response(text, headers={**HEADERS, **(headers or {})}, media_type=CONTENT_TYPE)


def _too_large(accept_language: str) -> ASGIApp:
    return refusal(413, "too_large", accept_language)
