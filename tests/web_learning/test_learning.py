"""Learning pages: there in four languages, short, alike, plain to read, and open to everybody."""

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser
from starlette.testclient import TestClient

import locales
from locales.errors import CatalogueMissing
from tests.browsing import check_page
from web.learning.texts import PAGES, Kind, Texts, read
from web.learning.views import learning_pages
from web.pages import Pages, static_files

FOLDER = Path(__file__).parents[2] / "data" / "learning"
LANGUAGES = ("nl", "fr", "en", "ar")
PATHS = [f"/learn/{audience}/{page}" for audience, pages in PAGES.items() for page in pages]
LONGEST = 700  # words: five minutes of a slow reader
LONGEST_SENTENCE = {"professionals": 25, "patients": 16, "caregivers": 18}  # words


def _catalogue(lang: str) -> object:
    try:
        return locales.jinja_translations(lang)
    except CatalogueMissing:
        return locales.jinja_translations(locales.SOURCE)


@pytest.fixture(scope="module")
def app() -> FastAPI:
    app = FastAPI(openapi_url=None)
    app.include_router(learning_pages(Pages(catalogue=_catalogue), FOLDER))
    app.mount("/static", static_files())
    return app


@pytest.fixture
def browser(app: FastAPI) -> TestClient:
    return TestClient(app, headers={"Accept-Language": "en"})


@pytest.mark.parametrize("audience", PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_short_and_made_alike_in_every_language(audience: str, lang: str) -> None:
    texts = Texts.load(FOLDER)
    for page in PAGES[audience]:
        text, english = texts.text(page, lang), texts.text(page, "en")
        assert text.lang == lang
        assert 100 < text.words <= LONGEST
        assert text.minutes < 5
        assert [block.kind for block in text.blocks] == [block.kind for block in english.blocks], page
        assert [len(block.lines) for block in text.blocks] == [len(block.lines) for block in english.blocks], page
        lines = [line for block in text.blocks for line in block.lines]
        long = [
            sentence
            for line in lines
            for sentence in re.split(r"[.?!؟:]\s", line)
            if len(sentence.split()) > LONGEST_SENTENCE[audience]
        ]
        assert long == []


def test_no_file_stands_there_that_no_page_shows() -> None:
    shown = {f"{page}.md" for pages in PAGES.values() for page in pages}
    assert {path.name for path in FOLDER.glob("*/*")} == shown


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_is_open_to_everybody_in_the_language_that_was_asked_for(
    browser: TestClient, path: str, lang: str
) -> None:
    answer = browser.get(path, params={"lang": lang})
    assert answer.status_code == 200
    title = Texts.load(FOLDER).text(path.rsplit("/", 1)[1], lang).title
    assert f"<h1>{title}</h1>".replace("'", "&#39;") in answer.text
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in answer.text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_without_a_language_the_browsers_own_is_used(browser: TestClient) -> None:
    assert '<html lang="fr"' in browser.get("/learn", headers={"Accept-Language": "fr-BE"}).text
    assert '<html lang="en"' in browser.get("/learn", params={"lang": "xx"}).text


@pytest.mark.parametrize("path", ["/learn/patients/ask", "/learn/nobody/what", "/learn/patients/<script>"])
def test_a_page_that_is_not_there_leads_to_those_that_are(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "/learn/patients/words" in answer.text
    assert "<script>" not in answer.text


def test_a_text_is_data_and_nothing_in_it_is_markup() -> None:
    text = read("# A <b>title</b>\n\none\ntwo\n- a\n- b\n> say\n## Next\n", "en")
    assert text.title == "A <b>title</b>"
    assert [(block.kind, block.lines) for block in text.blocks] == [
        (Kind.PARAGRAPH, ("one two",)),
        (Kind.ITEMS, ("a", "b")),
        (Kind.SAYINGS, ("say",)),
        (Kind.HEADING, ("Next",)),
    ]
    with pytest.raises(ValueError, match="title"):
        read("no title", "en")


def test_what_nobody_has_translated_yet_is_shown_in_english(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    for pages in PAGES.values():
        for page in pages:
            (tmp_path / "en" / f"{page}.md").write_text("# <i>Title</i>\n\nText.", "utf-8")
    app = FastAPI(openapi_url=None)
    app.include_router(learning_pages(Pages(catalogue=_catalogue), tmp_path))
    page = TestClient(app).get("/learn/patients/words?lang=ar").text
    assert '<article lang="en" dir="ltr">' in page
    assert "<i>" not in page
    (tmp_path / "en" / "words.md").unlink()
    with pytest.raises(FileNotFoundError):
        Texts.load(tmp_path)


@pytest.fixture(scope="module")
def served(app: FastAPI) -> Iterator[str]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    thread = threading.Thread(target=asyncio.run, args=(server.serve(sockets=[listening]),), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


@pytest.mark.thorough
@pytest.mark.browser
@pytest.mark.parametrize(("width", "lang"), [(360, "ar"), (1280, "nl")])
def test_axe_finds_nothing(served: str, chromium: Browser, width: int, lang: str) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for path in ("/learn", "/learn/professionals/ask", "/learn/patients/words"):
        page.goto(f"{served}{path}?lang={lang}")
        check_page(page)
    context.close()
