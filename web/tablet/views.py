"""The tablet's own pages: the short code, and the end, after which nothing of a person is left on the device."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import Response

import locales
from api.desk.service import Desk
from api.desk.tablets import Tablet
from bot.channel import ChatService, Invitation
from bot.channel.cookies import ChatCookies
from bot.channel.errors import ChatError, InvitationNotValid, WrongOrigin
from bot.channel.limits import OpenThrottle
from web.pages import Pages, is_same_origin, language_asked_for, see_other
from web.patient.forms import first, read_form, showable
from web.patient.responses import TYPED_BY_COOKIE
from web.tablet.cookies import TabletCookies

Found = TypeVar("Found")
WRONG_CODES = 10  # on one tablet, in five minutes: a short code is one of 100 million
WINDOW_SECONDS = 300.0
LEFT = locales.N_("Thank you. Nothing of you stays on this tablet. You can go on later with your code.")


@dataclass(frozen=True)
class Goodbye:
    """A sentence with its language and direction."""

    text: str
    lang: str
    dir: str


def tablet_pages(desk: Desk, chat: ChatService, chat_cookies: ChatCookies, pages: Pages, public_url: str) -> APIRouter:
    """All routes of the tablet, to be included at the root."""
    views = TabletViews(desk, chat, chat_cookies, TabletCookies(public_url), pages)
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/tablet", views.start, methods=["GET"])
    router.add_api_route("/tablet", views.enter, methods=["POST"])
    router.add_api_route("/tablet/left", views.leave, methods=["GET", "POST"])
    return router


class TabletViews:
    """One method per page or form."""

    def __init__(
        self, desk: Desk, chat: ChatService, chat_cookies: ChatCookies, cookies: TabletCookies, pages: Pages
    ) -> None:
        self._desk = desk
        self._chat = chat
        self._chat_cookies = chat_cookies
        self._cookies = cookies
        self._pages = pages
        self._throttle = OpenThrottle(per_remote=WRONG_CODES, window=WINDOW_SECONDS)

    async def start(self, request: Request) -> Response:
        """The code, in a chosen language. Coming here ends whatever stood open on the device."""
        if await self._tablet(request) is None:
            return self._no_tablet(request)
        await self._chat.leave(self._chat_cookies.read(request))
        response = self._door(request, None)
        self._wipe(response)
        return response

    async def enter(self, request: Request) -> Response:
        """Open the conversation of a short code, for as long as the browser shows it."""
        tablet = await self._tablet(request)
        if tablet is None:
            return self._no_tablet(request)
        code = ""
        try:
            if not is_same_origin(request):
                raise WrongOrigin()
            form = await read_form(request)
            code, wanted = first(form, "code"), first(form, "lang")
            self._throttle.check(tablet.id, code=False)
            found = await self._in_thread(lambda: self._desk.invitation_on(tablet, code))
            if found is None:
                self._throttle.missed(tablet.id, code=False)
                raise InvitationNotValid()
            invitation = Invitation(found.id, found.visit, found.role, found.language, found.expires)
            opened = await self._chat.open_invitation(invitation)
            if locales.is_offered(wanted) and wanted != opened.view.language:
                await self._chat.set_language(opened.session_token, wanted)
        except ChatError as error:
            return self._door(request, error, showable(code))
        begun = any(message.sender != "bot" for message in opened.view.messages)
        response = see_other("/chat#newest" if begun else "/chat")
        self._chat_cookies.give(response, opened.session_token, None)
        response.delete_cookie(TYPED_BY_COOKIE, path="/chat")
        return response

    async def leave(self, request: Request) -> Response:
        """Done, or nobody there any more. A GET does it too: a page without scripts can only go somewhere else."""
        session = self._chat_cookies.read(request)
        language = await self._chat.language_of(session)
        await self._chat.leave(session)
        response = see_other(f"/tablet?left={language or 1}")
        self._wipe(response)
        return response

    def _wipe(self, response: Response) -> None:
        self._chat_cookies.take_back(response)
        response.delete_cookie(TYPED_BY_COOKIE, path="/chat")
        response.headers["Clear-Site-Data"] = '"cache", "storage"'

    def _door(self, request: Request, error: ChatError | None, code: str = "") -> Response:
        language, chosen = language_asked_for(request), request.query_params.get("lang", "")
        values = {
            "error": error.msgid if error else None,
            "code": code,
            "chosen": chosen if locales.is_offered(chosen) else "",
            "goodbye": _goodbye(request.query_params.get("left"), language),
        }
        return self._pages.html("tablet/start.html", language, values, status_code=error.status if error else 200)

    def _no_tablet(self, request: Request) -> Response:
        language = locales.negotiate(request.headers.get("accept-language"))
        return self._pages.html("tablet/no_tablet.html", language, {}, status_code=403)

    async def _tablet(self, request: Request) -> Tablet | None:
        token = self._cookies.read(request)
        return await self._in_thread(lambda: self._desk.tablet_of(token))

    async def _in_thread(self, work: Callable[[], Found]) -> Found:
        return await to_thread.run_sync(work)


def _goodbye(left: str | None, language: str) -> Goodbye | None:
    """Said to whoever just left, in their language; the page itself already is the next person's."""
    if left is None:
        return None
    spoken = locales.language(left if locales.is_offered(left) else language)
    return Goodbye(locales.translate(spoken.code, LEFT), spoken.code, spoken.dir)
