"""Keeping and erasing in a real Chromium: accessible, no wider than the screen, without a script, and on paper."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from desk_house import PASSWORD, House, build
from playwright.sync_api import Browser, Page, expect
from test_desk_keeping import ERASE, KEEPING, sent_and_erased, tried, visit_ago

from api import leases
from tests.browsing import check_page

pytestmark = pytest.mark.browser
SIZES = (360, 1280)


@pytest.fixture
def served(tmp_path, installed_url) -> Iterator[tuple[House, str]]:
    """Two visits are due; one erasing was refused by the other system, one waits, and one was told."""
    house = build(tmp_path, installed_url, exports=True)
    for days in (400, 366, 100):
        visit_ago(house, days)
    for state, problem in (
        (leases.State.SENT, None),
        (leases.State.REFUSED, "http_403"),
        (leases.State.WAITING, "timeout"),
    ):
        sent_and_erased(house)
        tried(house, state, problem)
    server = uvicorn.Server(uvicorn.Config(house.app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield house, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
    house.close()


@pytest.fixture
def opened(served: tuple[House, str], chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`page = opened(width, **context options)`: an administrator, signed in."""
    contexts = []

    def open_page(width: int = 1280, **options: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{served[1]}/clinician/sign-in")
        page.fill("#login", "desk")
        page.fill("#password", PASSWORD)
        page.click("main form > .button")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("lang", [pytest.param("en", marks=pytest.mark.thorough), "ar"])
@pytest.mark.parametrize(
    "width", [pytest.param(width, marks=[pytest.mark.thorough] * (width > 360)) for width in SIZES]
)
def test_nothing_is_wrong_with_it_at_any_width_and_from_right_to_left(served, opened, width, lang) -> None:
    page = opened(width)
    page.click(".menu summary")
    page.click(f".menu button[lang={lang}]")
    for path in (KEEPING, ERASE):
        page.goto(f"{served[1]}{path}")
        check_page(page, f"{width} {lang}")


def test_it_is_erased_without_a_script_and_with_keys_alone(served, opened) -> None:
    page = opened(java_script_enabled=False)
    page.goto(f"{served[1]}{KEEPING}")
    page.locator(f'a[href="{ERASE}"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Erase 2 visits?")
    page.locator("a.primary").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 visits were erased.")
    expect(page.locator(f'a[href="{ERASE}"]')).to_have_count(0)
    page.goto(f"{served[1]}/clinician/desk/log")
    expect(page.get_by_text("erased a visit that was kept long enough")).to_have_count(2)


def test_on_paper_are_the_terms_and_no_buttons(served, opened) -> None:
    page = opened()
    page.goto(f"{served[1]}{KEEPING}")
    page.emulate_media(media="print")
    expect(page.get_by_text("365 days after the visit")).to_be_visible()
    for locator in (page.locator(".button"), page.locator(".sections"), page.get_by_text("Change this")):
        assert not any(one.is_visible() for one in locator.all())
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= 2
