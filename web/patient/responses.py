"""What the patient's routes answer with: the door, the conversation, whole or its changing part, a problem."""

import uuid
from typing import Any, cast, get_args

from fastapi import Request
from starlette.responses import Response

import locales
from bot.channel.answers import Answer, SharedWords
from bot.channel.errors import ChatError, ConversationClosed
from bot.channel.own_copy import OwnCopy
from bot.channel.view import ConversationView
from web.pages import Pages, language_asked_for
from web.patient.back import Back, present_back
from web.patient.presenters import TypedBy, present, present_copy
from web.tablet.cookies import is_tablet

TYPED_BY_COOKIE = "voorop_typed_by"
"""Who types on this device, kept for the browser's session: `self`, `helper` or `staff`, nothing else."""


class Responses:
    """Makes pages; decides nothing about the conversation."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def page(self, template: str, lang: str) -> Response:
        return self._pages.html(template, lang, {})

    def door(
        self,
        request: Request,
        error: ChatError | None,
        *,
        code: str = "",
        lang: str = "",
        resumes: ConversationView | None = None,
    ) -> Response:
        """The landing page, with what went wrong above its field. A first visit is no error."""
        chosen = lang or request.query_params.get("lang", "")
        language = (
            chosen if locales.is_offered(chosen) else resumes.language if resumes else language_asked_for(request)
        )
        values = {
            "error": error.msgid if error else None,
            "code": code,
            "chosen": chosen if locales.is_offered(chosen) else "",
            "resumes": resumes is not None,
        }
        status = error.status if error else 200
        return self._pages.html("patient/landing.html", language, values, status_code=status)

    def conversation(
        self,
        request: Request,
        view: ConversationView,
        *,
        answer: Answer | None = None,
        draft: str = "",
        error: ChatError | None = None,
        typed_by: TypedBy | None = None,
        fragment: bool = False,
    ) -> Response:
        """The conversation as it stands. The next message gets a new id here, so that a double press counts once."""
        page = present(
            view,
            message_id=str(uuid.uuid4()),
            typed_by=typed_by or typed_by_of(request, None),
            draft=draft,
            error=error.msgid if error else None,
        )
        template = "patient/_talk.html" if fragment else "patient/chat.html"
        status = error.status if error else 200
        return self._pages.html(
            template,
            view.language,
            {"page": page, "tablet": is_tablet(request), "back": _back(answer, view.language)},
            status_code=status,
        )

    def own_copy(self, own: OwnCopy) -> Response:
        return self._pages.html("patient/copy.html", own.language, _copy_values(own))

    def own_copy_text(self, own: OwnCopy) -> str:
        """The same page as text, for `GET /api/chat/summary?format=html` (`chat_router(own_copy_html=...)`)."""
        return self._pages.render("patient/copy.html", own.language, _copy_values(own))

    def take_back(self, language: str, asked: SharedWords) -> Response:
        """Asks once before something is taken back."""
        return self._pages.html("patient/take_back.html", language, {"asked": asked})

    def problem(self, request: Request, error: ChatError) -> Response:
        values = {"error": error.msgid, "closed": isinstance(error, ConversationClosed)}
        return self._pages.html("patient/problem.html", language_asked_for(request), values, status_code=error.status)


def _copy_values(own: OwnCopy) -> dict[str, Any]:
    return {"copy": present_copy(own), "back": _back(own.answer, own.language)}


def _back(answer: Answer | None, language: str) -> Back | None:
    return present_back(answer, language) if answer else None


def typed_by_of(request: Request, said: str | None) -> TypedBy:
    """Who types: as this form says, else as this device said before, else the person."""
    told = said or request.cookies.get(TYPED_BY_COOKIE)
    return cast(TypedBy, told) if told in get_args(TypedBy) else "self"
