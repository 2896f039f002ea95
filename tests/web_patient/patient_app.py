"""The patient's pages as an application of their own, over any chat."""

from collections.abc import Callable
from functools import cache
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

import locales
from bot.channel.cookies import ChatCookies
from bot.channel.errors import ChatError
from locales.errors import CatalogueMissing
from web.pages import Pages, static_files
from web.patient.ports import Chat
from web.patient.views import patient_pages


def catalogue(lang: str) -> Any:
    """The compiled catalogue; English where a fresh clone has none yet."""
    try:
        return locales.jinja_translations(lang)
    except CatalogueMissing:
        return locales.jinja_translations(locales.SOURCE)


@cache
def pages(words: Callable[[str], Any]) -> Pages:
    """Compiled templates serve every test."""
    return Pages(catalogue=words)


def build_app(chat: Chat, public_url: str = "http://127.0.0.1", words: Callable[[str], Any] = catalogue) -> FastAPI:
    """Pages, static files and the one JSON route that the door uses."""
    app = FastAPI()
    cookies = ChatCookies(public_url)
    app.include_router(patient_pages(chat, cookies, pages(words)))
    app.mount("/static", static_files())

    @app.post("/api/chat/open")
    async def open_chat(request: Request) -> JSONResponse:
        try:
            opened = await chat.open(token=(await request.json())["token"])
        except ChatError as error:
            return JSONResponse({"error": {"code": error.code, "message": error.msgid}}, error.status)
        response = JSONResponse(opened.view.as_json(), 201)
        cookies.give(response, opened.session_token, opened.expires)
        return response

    return app
