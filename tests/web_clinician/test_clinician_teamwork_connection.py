"""What a team fills in survives a lost connection and a session that has ended, in a real Chromium."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from test_clinician_teamwork_browser import Served, opened, served  # noqa: F401  # fixtures

from api.teamwork.service import Teamwork
from tests.browsing import check_page

pytestmark = pytest.mark.browser
NOT_SAVED = "[data-unsaved]"


def filled_in(page: Page, goal: str) -> list[tuple[str, str, str]]:
    """One text in each kind of form: the form, the field and what was typed."""
    page.evaluate("document.querySelectorAll('.work details').forEach(part => part.open = true)")
    task = page.locator(".tasks form").first.get_attribute("id") or ""
    texts = [
        ("new-team", "new-team-name", "Fatima"),
        (f"step-{goal}", f"step-{goal}-reason", "Het gaat goed"),
        (f"task-{goal}", f"task-{goal}-what", "Meegaan naar het park"),
        (task, f"{task}-what", "Trappen oefenen, ook buiten"),
        (f"score-{goal}", f"score-{goal}-note", "Bijna elke week"),
        (f"scaling-{goal}", f"scaling-{goal}-level-2", "Elke zaterdag en zondag"),
        ("note-patient", "note-patient-text", "Tot dinsdag"),
        ("new-share", "new-share-organisation", "Thuiszorg Noord"),
    ]
    for _, field, text in texts:
        page.fill(f"#{field}", text)
    page.check(f"#score-{goal} input[name=level][value='1']")
    page.check(f"input[name='goal-{goal}']")
    page.check("#new-share input[value=patient]")
    page.check("#new-share input[value=written]")
    return texts


def signed_in_again(page: Page, served: Served) -> None:  # noqa: F811  # the fixture's value
    page.fill("#login", served.house.seeded.login)
    page.fill("#password", served.house.seeded.password)
    page.click("main form > .button")


def test_without_a_connection_everything_stays_and_is_sent_later_one_by_one(served: Served, opened: Any) -> None:  # noqa: F811
    page: Page = opened(360, "nl")
    texts = filled_in(page, served.goal)
    page.context.set_offline(True)
    for form, _, _ in texts:
        page.locator(f"#{form} .button").first.click()
        expect(page.locator(f"#{form} [data-kept]")).to_have_text(re.compile(r"\S"))
    for _, field, text in texts:
        expect(page.locator(f"#{field}")).to_have_value(text)
    page.context.set_offline(False)
    page.click("#new-share .button.primary")
    expect(page.locator("#link")).to_have_value(re.compile("/shared/"))
    check_page(page, "made in place, others kept")
    for form, field, text in (texts[0], *texts[2:7]):
        expect(page.locator(f"#{field}")).to_have_value(text)
        page.locator(f"#{form} .button").first.click()
        expect(page.locator(f"#{form} .saved")).to_be_visible()
        expect(page.locator(f"#{field}")).not_to_have_value(text)
    page.locator(f"#step-{served.goal} .button").first.click()
    page.wait_for_url("**open=work-*")
    expect(page.locator("#link")).to_have_count(0)
    work = page.locator(".work")
    for text in (
        "Fatima",
        "Het gaat goed",
        "Meegaan",
        "ook buiten",
        "Bijna",
        "zondag",
        "Tot dinsdag",
        "Thuiszorg Noord",
    ):
        expect(work).to_contain_text(text)


def test_what_was_saved_though_its_answer_was_lost_is_sent_again_and_counts_once(served: Served, opened: Any) -> None:  # noqa: F811
    page, told = opened(360, "nl"), "Het antwoord kwam niet aan"
    sent: list[str] = []

    def lose_the_answer(route: Route) -> None:
        route.fetch(max_redirects=0)  # the practice saves it
        sent.append(route.request.post_data or "")
        route.abort("timedout")

    for path in ("**/notes", "**/shares"):
        page.route(path, lose_the_answer, times=1)
    filled_in(page, served.goal)
    page.fill("#note-patient-text", told)
    page.click("#note-patient .button")
    expect(page.locator("#note-patient [data-kept]")).to_be_visible()
    page.click("#note-patient .button")
    expect(page.locator("#note-patient .saved")).to_be_visible()
    page.fill("#new-share-organisation", told)
    page.click("#new-share .button.primary")
    expect(page.locator("#new-share [data-kept]")).to_be_visible()
    page.click("#new-share .button.primary")
    expect(page.locator("#link")).to_have_value(re.compile("/shared/"))
    assert len(sent) == 2
    # the form of the note is still there, since other forms wait: what it sends now is another note
    page.fill("#note-patient-text", told)
    page.click("#note-patient .button")
    expect(page.locator("#note-patient .saved")).to_be_visible()
    stands = Teamwork(served.house.care_plan.books).report_for(served.house.actor(), served.visit)
    assert [note.text for note in stands.notes].count(told) == 2
    assert [share.organisation for share in stands.shares].count(told) == 1


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_after_the_session_ended_one_signs_in_and_the_form_is_there(
    served: Served,  # noqa: F811
    opened: Any,  # noqa: F811
    script: bool,
) -> None:
    page: Page = opened(360, "nl", java_script_enabled=script)
    page.click(f"#work-{served.goal} > summary")
    page.locator(f".fold:has(#task-{served.goal}) > summary").click()
    page.fill(f"#task-{served.goal}-what", f"Niet verloren ({script})")
    page.context.clear_cookies()
    page.click(f"#task-{served.goal} .button")
    expect(page.locator("#password")).to_be_visible()
    if script:
        check_page(page, "signing in")
    signed_in_again(page, served)
    expect(page.locator(f"#task-{served.goal}{NOT_SAVED} textarea").first).to_have_value(f"Niet verloren ({script})")
    if script:
        expect(page.locator("#problem")).to_be_focused()
        check_page(page, "back")
    page.click(f"#task-{served.goal} .button")
    expect(page.locator(".tasks").first).to_contain_text(f"Niet verloren ({script})")
    expect(page.locator(NOT_SAVED)).to_have_count(0)


@pytest.mark.thorough
def test_what_came_back_is_not_left_behind_by_a_careless_click(served: Served, opened: Any) -> None:  # noqa: F811
    page: Page = opened(1280, "nl")
    page.click("#team > summary")
    page.fill("#new-team-organisation", "De Buurt")
    page.click("#new-team .button")
    expect(page.locator(f"#new-team{NOT_SAVED}")).to_be_visible()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.click(".brand", no_wait_after=True)
    expect(page.locator("#new-team-organisation")).to_have_value("De Buurt")
    assert asked == ["beforeunload"]


def test_a_team_is_taken_over_with_one_press(served: Served, opened: Any) -> None:  # noqa: F811
    care_plan, actor = served.house.care_plan, served.house.actor()
    teamwork, at = Teamwork(care_plan.books), served.house.clock()
    earlier, later = (care_plan.create_visit(actor, at - timedelta(days=d), reference="7").id for d in (30, 0))
    for role, name in (("home_nurse", "An Peeters"), ("volunteer", "Jo")):
        teamwork.add_member(actor, earlier, role, name=name)
    page: Page = opened(360, "nl")
    page.goto(f"{served.url}/clinician/visits/{later}")
    check_page(page, "offered")
    page.click(".offer .button")
    expect(page.locator("#team[open] .members")).to_have_count(2)
    expect(page.locator(".offer")).to_have_count(0)
