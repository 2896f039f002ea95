"""`/learn/<audience>/<page>`: open to everybody, in the language that the address or the browser asks for."""

from collections.abc import Mapping
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from locales import N_
from web.learning.texts import PAGES, Text, Texts
from web.pages import Pages, language_asked_for

AUDIENCE = {
    "professionals": N_("For professionals"),
    "patients": N_("For patients"),
    "caregivers": N_("For caregivers"),
}


def learning_pages(pages: Pages, folder: Path) -> APIRouter:
    """All learning pages. folder: the texts, `<language>/<page>.md`."""
    texts = Texts.load(folder)
    router = APIRouter(include_in_schema=False)

    @router.get("/learn")
    def contents(request: Request) -> Response:
        lang = language_asked_for(request)
        return pages.html("learning/contents.html", lang, {"here": "/learn", "titles": _titles(texts, lang)})

    @router.get("/learn/{audience}/{page}")
    def page(request: Request, audience: str, page: str) -> Response:
        lang = language_asked_for(request)
        titles = _titles(texts, lang)
        if page not in PAGES.get(audience, ()):
            values = {"here": "/learn", "titles": titles}
            return pages.html("learning/contents.html", lang, values, status_code=404)
        of_audience = titles[AUDIENCE[audience]]
        shown = {
            "here": f"/learn/{audience}/{page}",
            "audience": AUDIENCE[audience],
            "text": texts.text(page, lang),
            "others": {path: text for path, text in of_audience.items() if path != f"{audience}/{page}"},
        }
        return pages.html("learning/page.html", lang, shown)

    return router


def _titles(texts: Texts, lang: str) -> Mapping[str, Mapping[str, Text]]:
    """By audience, the texts by the end of their path."""
    return {
        AUDIENCE[audience]: {f"{audience}/{page}": texts.text(page, lang) for page in names}
        for audience, names in PAGES.items()
    }
