"""The tablet in a real browser: asks whether somebody is there, goes on when one is, and closes when nobody is."""

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Page, sync_playwright

from tests.browsing import ARGUMENTS, check_page, installed_browser
from tests.web_desk.desk_house import PASSWORD

pytestmark = pytest.mark.browser
WORDS = "Weer naar de markt gaan"


@pytest.fixture
def address(room) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(room.app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def page() -> Iterator[Page]:
    path = installed_browser()
    if path is None:
        pytest.skip("no browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser.new_context(viewport={"width": 360, "height": 780}).new_page()
        browser.close()


def test_a_tablet_from_enrolment_to_the_wipe(room, page, address):
    page.clock.install()
    page.goto(f"{address}/clinician/sign-in?next=/clinician/desk/tablets")
    page.fill("#login", "desk")
    page.fill("#password", PASSWORD)
    page.click("form.card button.primary")
    page.fill("#tablet", "At the window")
    check_page(page)
    page.click("form.card button.primary")
    check_page(page)
    page.fill("#code", room.code("ar"))
    page.click("form.code button")
    page.wait_for_url("**/chat*")
    page.fill("#text", WORDS)
    page.click("button.send")
    page.get_by_text(WORDS).wait_for()
    page.clock.fast_forward(80_000)
    page.wait_for_selector("#idle[open]")
    check_page(page)
    page.click("#idle .primary")
    page.wait_for_selector("#idle:not([open])", state="attached")
    page.clock.fast_forward(80_000)
    page.wait_for_selector("#idle[open]")
    page.clock.fast_forward(45_000)
    page.wait_for_url("**/tablet?left=ar")
    check_page(page)
    assert {cookie["name"] for cookie in page.context.cookies()} == {"voorop_tablet"}
    page.go_back(wait_until="load")
    assert WORDS not in page.locator("body").inner_text()
