"""The chat interface over HTTP, exactly contracts.md section 6."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from fastapi.routing import APIRoute

import locales
from bot.channel.cookies import ChatCookies
from bot.channel.errors import BadRequest, ChatError, TooManyTries, WrongOrigin
from bot.channel.failures import only_chat_errors
from bot.channel.own_copy import OwnCopy
from bot.channel.rendering import Translate
from bot.channel.schemas import LanguageBody, MessageBody, OpenBody, read_body
from bot.channel.service import ChatService

NO_STORE = {"Cache-Control": "no-store"}
Handler = Callable[[Request], Awaitable[Response]]


def chat_router(
    service: ChatService,
    cookies: ChatCookies,
    *,
    own_copy_html: Callable[[OwnCopy], str] | None = None,
    translate: Translate = locales.translate,
) -> APIRouter:
    """The routes under /api/chat. `own_copy_html` renders a person's copy as a page; without it there is none."""
    guarded = _guard(service, cookies, translate)
    router = APIRouter(prefix="/api/chat", tags=["chat"], route_class=guarded)
    _conversation_routes(router, service, cookies)
    _own_copy_route(router, service, cookies, own_copy_html, translate)
    return router


def _conversation_routes(router: APIRouter, service: ChatService, cookies: ChatCookies) -> None:
    @router.post("/open", status_code=201)
    async def open_conversation(request: Request) -> Response:
        body = await read_body(request, OpenBody)
        opened = await service.open(token=body.token, code=body.code, remote=remote_of(request))
        response = _json(opened.view.as_json(), 201)
        cookies.give(response, opened.session_token, opened.expires)
        return response

    @router.get("")
    async def read_conversation(request: Request) -> Response:
        view = await service.read(cookies.read(request))
        return _json(view.as_json())

    @router.post("/messages")
    async def send_message(request: Request) -> Response:
        body = await read_body(request, MessageBody)
        reply = await service.send(cookies.read(request), body.incoming())
        return _json(reply.as_json())

    @router.put("/language")
    async def set_language(request: Request) -> Response:
        body = await read_body(request, LanguageBody)
        view = await service.set_language(cookies.read(request), body.language)
        return _json(view.as_json())

    @router.delete("", status_code=204)
    async def delete_everything(request: Request) -> Response:
        await service.delete(cookies.read(request))
        response = Response(status_code=204, headers=NO_STORE | {"Clear-Site-Data": '"cache", "storage"'})
        cookies.take_back(response)
        return response


def _own_copy_route(
    router: APIRouter,
    service: ChatService,
    cookies: ChatCookies,
    as_html: Callable[[OwnCopy], str] | None,
    translate: Translate,
) -> None:
    @router.get("/summary")
    async def own_copy(request: Request) -> Response:
        wanted = request.query_params.get("format", "html" if as_html else "json")
        copy = await service.own_copy(cookies.read(request))
        if wanted == "json":
            return _json(copy.as_json())
        if wanted == "txt":
            return PlainTextResponse(copy.as_text(translate), headers=NO_STORE)
        if wanted == "html" and as_html is not None:
            return HTMLResponse(as_html(copy), headers=NO_STORE)
        raise BadRequest("format")


def remote_of(request: Request) -> str:
    """The address that tries are counted for; a proxy's headers count only where the server trusts the proxy."""
    return request.client.host if request.client else ""


def _guard(service: ChatService, cookies: ChatCookies, translate: Translate) -> type[APIRoute]:
    """A route class that refuses other sites' pages and turns every error into words a person can read."""

    class GuardedRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Any]:
            handle = super().get_route_handler()

            async def guarded(request: Request) -> Response:
                try:
                    with only_chat_errors():
                        _check_origin(request)
                        found: Response = await handle(request)
                        return found
                except ChatError as error:
                    return await _refusal(error, request, service, cookies, translate)

            return guarded

    return GuardedRoute


def _check_origin(request: Request) -> None:
    if request.method in ("GET", "HEAD"):
        return
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign or request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        raise WrongOrigin()


async def _refusal(
    error: ChatError, request: Request, service: ChatService, cookies: ChatCookies, translate: Translate
) -> JSONResponse:
    spoken = await service.language_of(cookies.read(request))
    language = spoken or locales.negotiate(request.headers.get("accept-language"))
    found = {"code": error.code, "message": translate(language, error.msgid), "field": error.field}
    response = _json({"error": found}, error.status)
    response.headers["Content-Language"] = language
    if isinstance(error, TooManyTries):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _json(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, headers=NO_STORE)
