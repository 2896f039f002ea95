"""What the clinician's routes answer with: pages in the clinician's language, and problems as pages."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

import locales
from api.cookies import is_plain_loopback
from api.messages import message_for
from api.problems import STATUS
from careplan.errors import CarePlanError, Invalid
from careplan.people import Actor
from web.clinician.labels import FIELD_PROBLEM
from web.pages import Pages

LANGUAGE_COOKIE = "voorop_clinician_language"
"""The language chosen from the menu, until signing out; without it the user's own."""


class Responses:
    """Makes pages; decides nothing about the care plan."""

    def __init__(self, pages: Pages, public_url: str, folder: str = "clinician") -> None:
        """folder: of the templates."""
        self._pages = pages
        self._public_url = public_url
        self._folder = folder

    def page(
        self,
        request: Request,
        template: str,
        values: Mapping[str, Any],
        *,
        here: str,
        actor: Actor | None = None,
        status_code: int = 200,
    ) -> Response:
        """`here`: the path that shows this page again, after another language was chosen.

        The referrer is told to ourselves only; with none at all, browsers would send `Origin: null` with our forms.
        """
        lang = language_of(request, actor)
        shared = {"user": actor.name if actor else None, "here": here, "top": None}
        response = self._pages.html(f"{self._folder}/{template}", lang, {**shared, **values}, status_code=status_code)
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    def text(self, request: Request, template: str, values: Mapping[str, Any], *, actor: Actor) -> Response:
        """Plain text in the clinician's language."""
        return self._pages.text(f"clinician/{template}", language_of(request, actor), values)

    def problem(
        self, request: Request, error: CarePlanError, *, actor: Actor | None = None, kept: str = ""
    ) -> Response:
        """A page that says what went wrong. `kept`: what was typed, so that it can be copied."""
        values = {"problem": problem_of(error), "kept": kept}
        return self.page(request, "problem.html", values, here="/clinician", actor=actor, status_code=status_of(error))

    def choose_language(self, request: Request, response: Response, code: str) -> None:
        secure = not is_plain_loopback(request, self._public_url)
        response.set_cookie(LANGUAGE_COOKIE, code, path="/clinician", secure=secure, httponly=True, samesite="lax")

    def forget_language(self, response: Response) -> None:
        response.delete_cookie(LANGUAGE_COOKIE, path="/clinician")


def language_of(request: Request, actor: Actor | None) -> str:
    """The language chosen from the menu, else the user's own, else what the browser asks for."""
    for code in (request.cookies.get(LANGUAGE_COOKIE, ""), actor.language if actor else ""):
        if locales.is_offered(code):
            return code
    return locales.negotiate(request.headers.get("accept-language"))


def problem_of(error: CarePlanError) -> str:
    """The message id of what went wrong, the plainest there is."""
    if isinstance(error, Invalid) and error.code in ("missing", "empty") and error.field in FIELD_PROBLEM:
        return FIELD_PROBLEM[error.field]
    return message_for(error.code)


def status_of(error: CarePlanError) -> int:
    if error.code == "too_large":
        return 413
    return next((status for kind, status in STATUS if isinstance(error, kind)), 400)
