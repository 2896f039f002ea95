"""The pages of patients and caregivers: read a form, ask the chat, show a page or go and read one (303).

Every page works without JavaScript. A script may ask for the changing part alone (header `Voorop-Fragment`); it gets
the same words with the same status, so there is one way to send a message.
"""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

import locales
from bot.channel.answers import Answer as PracticeAnswer
from bot.channel.cookies import ChatCookies
from bot.channel.errors import ChatError, NotSignedIn, WrongOrigin
from bot.channel.view import ConversationView
from web.pages import Pages, is_same_origin, language_asked_for, see_other
from web.patient.forms import Answer, first, read_answer, read_form, showable
from web.patient.ports import Chat
from web.patient.responses import TYPED_BY_COOKIE, Responses, typed_by_of

FRAGMENT = "voorop-fragment"


def patient_pages(service: Chat, cookies: ChatCookies, pages: Pages | None = None) -> APIRouter:
    """All routes of the patient's side, to be included at the root."""
    views = PatientViews(service, cookies, pages or Pages())
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/", views.landing, methods=["GET"])
    router.add_api_route("/", views.enter, methods=["POST"])
    router.add_api_route("/chat", views.chat, methods=["GET"])
    router.add_api_route("/chat", views.send, methods=["POST"])
    router.add_api_route("/chat/thread", views.thread, methods=["GET"])
    router.add_api_route("/chat/language", views.set_language, methods=["POST"])
    router.add_api_route("/chat/copy", views.own_copy, methods=["GET"])
    router.add_api_route("/chat/delete", views.ask_delete, methods=["GET"])
    router.add_api_route("/chat/delete", views.delete, methods=["POST"])
    router.add_api_route("/chat/take-back/{shared}", views.ask_take_back, methods=["GET"])
    router.add_api_route("/chat/take-back/{shared}", views.take_back, methods=["POST"])
    router.add_api_route("/deleted", views.deleted, methods=["GET"])
    return router


class PatientViews:
    """One method per page or form."""

    def __init__(self, service: Chat, cookies: ChatCookies, pages: Pages) -> None:
        self._service = service
        self._cookies = cookies
        self._show = Responses(pages)

    async def landing(self, request: Request) -> Response:
        try:
            resumes = await self._service.read(self._cookies.read(request))
        except ChatError:
            return self._show.door(request, None)
        return self._show.door(request, None, resumes=resumes)

    async def enter(self, request: Request) -> Response:
        """Exchange a typed code for a session."""
        form: dict[str, list[str]] = {}
        try:
            _own_page(request)
            form = await read_form(request)
            remote = request.client.host if request.client else ""
            opened = await self._service.open(code=first(form, "code").strip(), remote=remote)
            wanted = first(form, "lang")
            if locales.is_offered(wanted) and wanted != opened.view.language:
                await self._service.set_language(opened.session_token, wanted)
        except ChatError as error:
            return self._show.door(request, error, code=showable(first(form, "code")), lang=first(form, "lang"))
        begun = any(message.sender != "bot" for message in opened.view.messages)
        response = see_other("/chat#newest" if begun else "/chat")  # the first time, the welcome is read first
        self._cookies.give(response, opened.session_token, opened.expires)
        response.delete_cookie(TYPED_BY_COOKIE, path="/chat")
        return response

    async def chat(self, request: Request) -> Response:
        try:
            view = await self._service.read(self._cookies.read(request))
            answer = await self._answer(request, view)
        except ChatError as error:
            return self._show.door(request, error)
        return self._show.conversation(request, view, answer=answer)

    async def thread(self, request: Request) -> Response:
        """The changing part of the page alone."""
        try:
            view = await self._service.read(self._cookies.read(request))
            answer = await self._answer(request, view)
        except ChatError as error:
            return self._show.problem(request, error)
        return self._show.conversation(request, view, answer=answer, fragment=True)

    async def send(self, request: Request) -> Response:
        """One answer, choice or move. What was typed is shown again when it could not be kept."""
        token = self._cookies.read(request)
        answer: Answer | None = None
        try:
            _own_page(request)
            answer = read_answer(await read_form(request))
            typed_by = typed_by_of(request, answer.incoming.typed_by)
            await self._service.send(token, replace(answer.incoming, typed_by=typed_by))
        except NotSignedIn as error:
            return self._show.door(request, error)
        except ChatError as error:
            return await self._send_again(request, error, answer)
        fragment = FRAGMENT in request.headers
        if fragment or answer.unsent:
            view = await self._service.read(token)
            response = self._show.conversation(
                request,
                view,
                answer=await self._answer(request, view),
                draft=answer.unsent,
                typed_by=typed_by,
                fragment=fragment,
            )
        else:
            response = see_other("/chat#newest")
        response.set_cookie(
            TYPED_BY_COOKIE, typed_by, path="/chat", secure=self._cookies.secure, httponly=True, samesite="lax"
        )
        return response

    async def set_language(self, request: Request) -> Response:
        try:
            _own_page(request)
            code = first(await read_form(request), "language")
            await self._service.set_language(self._cookies.read(request), code)
        except NotSignedIn as error:
            return self._show.door(request, error)
        except ChatError as error:
            return self._show.problem(request, error)
        return see_other("/chat#newest")

    async def own_copy(self, request: Request) -> Response:
        """The person's own words on one page that prints well."""
        try:
            own = await self._service.own_copy(self._cookies.read(request))
        except ChatError as error:
            return self._show.door(request, error)
        return self._show.own_copy(own)

    async def ask_delete(self, request: Request) -> Response:
        try:
            view = await self._service.read(self._cookies.read(request))
        except ChatError as error:
            return self._show.door(request, error)
        return self._show.page("patient/delete.html", view.language)

    async def delete(self, request: Request) -> Response:
        try:
            _own_page(request)
            view = await self._service.read(self._cookies.read(request))
            if first(await read_form(request), "sure") != "yes":
                return see_other("/chat/delete")
            await self._service.delete(self._cookies.read(request))
        except ChatError as error:
            return self._show.problem(request, error)
        response = see_other(f"/deleted?lang={view.language}")
        self._cookies.take_back(response)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    async def ask_take_back(self, request: Request, shared: str) -> Response:
        """Asks once; who has nothing (any more) to take back there sees what became of it."""
        try:
            view = await self._service.read(self._cookies.read(request))
            answer = await self._answer(request, view)
        except ChatError as error:
            return self._show.door(request, error)
        asked = next((each for each in answer.shared if each.id == shared), None) if answer else None
        if asked is None or not asked.may_take_back:
            return see_other("/chat#back")
        return self._show.take_back(view.language, asked)

    async def take_back(self, request: Request, shared: str) -> Response:
        try:
            _own_page(request)
            if first(await read_form(request), "sure") != "yes":
                return see_other("/chat#back")
            await self._service.take_back(self._cookies.read(request), shared)
        except NotSignedIn as error:
            return self._show.door(request, error)
        except ChatError as error:
            return self._show.problem(request, error)
        return see_other("/chat#back")

    async def deleted(self, request: Request) -> Response:
        return self._show.page("patient/deleted.html", language_asked_for(request))

    async def _send_again(self, request: Request, error: ChatError, answer: Answer | None) -> Response:
        """The conversation with a kind message above the field and what was typed still in it."""
        try:
            view = await self._service.read(self._cookies.read(request))
            back = await self._answer(request, view)
        except ChatError as unread:
            return self._show.problem(request, unread)
        return self._show.conversation(
            request,
            view,
            answer=back,
            draft=answer.text if answer else "",
            error=error,
            fragment=FRAGMENT in request.headers,
        )

    async def _answer(self, request: Request, view: ConversationView) -> PracticeAnswer | None:
        """What came back from the practice; asked for only once something was sent."""
        return await self._service.answer(self._cookies.read(request)) if view.state in ("finished", "closed") else None


def _own_page(request: Request) -> None:
    if not is_same_origin(request):
        raise WrongOrigin()
