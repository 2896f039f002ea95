"""What a clinician wrote survives a lost connection, a server that is away and a session that has ended."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from test_clinician_browser import Served, fresh_goal, opened, served  # noqa: F401  # fixtures

from tests.browsing import check_page

pytestmark = pytest.mark.browser
WORDING = "Elke week naar de markt, met de buurvrouw"


@pytest.fixture
def writing(served: Served, opened: Any, request: pytest.FixtureRequest) -> Page:  # noqa: F811  # imported above
    """A page on which a wording is written and not sent yet."""
    fresh_goal(served, f"Weer naar de markt ({request.node.name})")  # new words are a draft to decide about
    page: Page = opened()
    page.goto(served.visit(served.small))
    page.click(".act.change > summary")
    page.fill(".act.change textarea", WORDING)
    return page


def test_without_a_connection_the_text_stays_and_can_be_sent_again(writing: Page) -> None:
    writing.context.set_offline(True)
    writing.click(".act.change .button.primary")
    expect(writing.locator("[data-kept]")).to_have_text(re.compile(r"\S"))
    expect(writing.locator(".act.change textarea")).to_have_value(WORDING)
    check_page(writing)
    writing.context.set_offline(False)
    writing.click(".act.change .button.primary")
    expect(writing.locator(".decided")).to_contain_text(WORDING)


@pytest.mark.thorough
def test_a_server_that_is_away_keeps_the_text_too(writing: Page) -> None:
    writing.route("**/review", lambda route: route.fulfill(status=503, body="away"))
    writing.click(".act.change .button.primary")
    expect(writing.locator("[data-kept]")).to_be_visible()
    expect(writing.locator(".act.change textarea")).to_have_value(WORDING)


def test_after_the_session_ended_one_signs_in_and_the_text_is_there(served: Served, writing: Page) -> None:  # noqa: F811
    writing.context.clear_cookies()
    writing.click(".act.change .button.primary")
    expect(writing.locator("#password")).to_be_visible()
    writing.fill("#login", served.house.seeded.login)
    writing.fill("#password", served.house.seeded.password)
    writing.click("main form > .button")
    expect(writing.locator(".act.change textarea")).to_have_value(WORDING)
    writing.click(".act.change .button.primary")
    expect(writing.locator(".decided")).to_contain_text(WORDING)


def test_somebody_faster_is_told_and_both_texts_are_there(served: Served, writing: Page) -> None:  # noqa: F811
    care_plan, actor = served.house.care_plan, served.house.actor()
    stands = care_plan.goals_for(actor, served.small)[0]
    care_plan.review_goal(actor, stands.id, stands.version, "change", wording="Van een ander")
    writing.click(".act.change .button.primary")
    expect(writing.locator("#problem")).to_be_visible()
    expect(writing.locator(".stands")).to_contain_text("Van een ander")
    expect(writing.locator(".act.change textarea")).to_have_value(WORDING)


@pytest.mark.thorough
def test_keys_do_nothing_while_one_writes(writing: Page) -> None:
    writing.locator(".act.change textarea").press_sequentially("ajd")
    expect(writing.locator(".act.change textarea")).to_have_value(f"{WORDING}ajd")
    expect(writing.locator(".status")).to_have_count(0)


@pytest.mark.thorough
def test_the_visit_is_copied_with_one_click(served: Served, opened: Any) -> None:  # noqa: F811
    page: Page = opened()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(served.visit(served.full))
    page.click("[data-copy]")
    expect(page.locator("[data-copy-status]")).not_to_be_empty()
    assert "qu'elle ne tombe plus" in page.evaluate("navigator.clipboard.readText()")


@pytest.mark.thorough
def test_the_picture_is_in_view_and_can_be_read_on_a_telephone(served: Served, opened: Any) -> None:  # noqa: F811
    page: Page = opened(1280, "nl")
    page.goto(served.visit(served.full))
    box = page.locator(".picture").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 900
    page.set_viewport_size({"width": 360, "height": 740})
    height = page.locator(".picture text").first.evaluate("e => e.getBoundingClientRect().height")
    assert height >= 11
