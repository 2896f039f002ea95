"""Owns how a page leaves the house: templates in one language each, security headers, static files.

Every value is escaped; the policy allows scripts and styles of this host only and nothing inline.
Sources: Content Security Policy Level 3; OWASP ASVS 5.0 items 3.4.x and 14.3.2; Jinja 3.1 i18n extension.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import locales

HERE = Path(__file__).parent

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Pages:
    """Renders templates in any enabled language; one Jinja environment per language, built when first used."""

    def __init__(
        self,
        templates: Path = HERE / "templates",
        *,
        catalogue: Callable[[str], Any] = locales.jinja_translations,
    ) -> None:
        self._templates = templates
        self._catalogue = catalogue
        self._environments: dict[str, Environment] = {}

    def render(self, template: str, lang: str, values: Mapping[str, Any]) -> str:
        """The text of a template; `lang`, `dir` and `languages` are always there for it."""
        language = locales.language(lang)
        return (
            self._environment(language.code)
            .get_template(template)
            .render({"lang": language.code, "dir": language.dir, "languages": locales.languages(), **values})
        )

    def html(self, template: str, lang: str, values: Mapping[str, Any], *, status_code: int = 200) -> HTMLResponse:
        """A page, or a piece of one, with the security headers on it."""
        text = self.render(template, lang, values)
        headers = {**SECURITY_HEADERS, "Content-Language": lang}
        return HTMLResponse(text, status_code=status_code, headers=headers)

    def text(self, template: str, lang: str, values: Mapping[str, Any]) -> PlainTextResponse:
        """Plain text, from a template whose name ends in `.txt`; the only ones in which nothing is escaped."""
        headers = {**SECURITY_HEADERS, "Content-Language": lang}
        return PlainTextResponse(self.render(template, lang, values), headers=headers)

    def _environment(self, lang: str) -> Environment:
        if lang not in self._environments:
            environment = Environment(
                loader=FileSystemLoader(self._templates),
                autoescape=select_autoescape(disabled_extensions=("txt",), default_for_string=True, default=True),
                undefined=StrictUndefined,
                auto_reload=False,
                extensions=["jinja2.ext.i18n"],
                trim_blocks=True,
                lstrip_blocks=True,
            )
            environment.install_gettext_translations(  # type: ignore[attr-defined]  # added by the extension
                self._catalogue(lang), newstyle=True
            )
            # the extension's own `_` looks gettext up anew for every text of a page, of which there are hundreds
            environment.globals["_"] = environment.globals["gettext"]
            self._environments[lang] = environment
        return self._environments[lang]


def language_asked_for(request: Request) -> str:
    """The language that the address names, if one can choose it, else what the browser asks for."""
    named = request.query_params.get("lang", "")
    return named if locales.is_offered(named) else locales.negotiate(request.headers.get("accept-language"))


def see_other(path: str) -> RedirectResponse:
    """After a POST: go and read the page (303), so that reloading never sends anything twice."""
    return RedirectResponse(path, status_code=303, headers=dict(SECURITY_HEADERS))


def is_same_origin(request: Request) -> bool:
    """Whether a state-changing request comes from our own page (Sec-Fetch-Site, else Origin).

    A request that carries neither header comes from no browser, so no page can have forged it.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or origin == f"{request.url.scheme}://{request.url.netloc}"


class OwnFiles(StaticFiles):
    """Scripts and styles, checked with the server on every use so that an update is never mixed with old files."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update({**SECURITY_HEADERS, "Cache-Control": "no-cache"})
        return response


def static_files() -> OwnFiles:
    """To be mounted at `/static`."""
    return OwnFiles(directory=HERE / "static")
