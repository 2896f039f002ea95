"""Working together in a real Chromium: accessible unfolded and with a problem, no wider than the screen, no script."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from clinician_house import House, build_house
from clinician_scenes import ARABIC_PATIENT, FRENCH_CAREGIVER
from playwright.sync_api import Browser, BrowserContext, Page, expect

from api.teamwork.service import Teamwork
from tests.browsing import check_page

pytestmark = pytest.mark.browser


class Served:
    """A visit with a team, tasks, levels and scores, on a port of its own."""

    def __init__(self, house: House) -> None:
        self.house, self.visit = house, house.visits[3]
        house.say(self.visit, ARABIC_PATIENT)
        house.say(self.visit, FRENCH_CAREGIVER, "caregiver")
        self.goal = house.goal_ids(self.visit)[0]
        actor, teamwork = house.actor(), Teamwork(house.care_plan.books)
        house.care_plan.review_goal(actor, self.goal, 1, "change", wording="Elke zaterdag naar het park")
        teamwork.step(actor, self.goal, 2, "start", "Samen beslist")
        member = teamwork.add_member(actor, self.visit, "physiotherapist", name="Karel", organisation="Kine").id
        teamwork.add_task(actor, self.goal, member, "Trappen oefenen", "Ziet haar twee keer per week")
        teamwork.write_scaling(actor, self.goal, 0, ["niet", "", "elke zaterdag", "", "elke dag"], 4)
        for level, judge in ((-1, "patient"), (0, "caregiver"), (1, "clinician"), (1, "patient")):
            house.clock.move(minutes=1)
            teamwork.score(actor, self.goal, 1, level, judge)
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(house.app, log_level="error", ws="none"))
        run = self._server.serve(sockets=[listening])
        self._thread = threading.Thread(target=asyncio.run, args=(run,), daemon=True)
        self._thread.start()

    @property
    def page(self) -> str:
        return f"{self.url}/clinician/visits/{self.visit}"

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(5)
        self.house.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(build_house(tmp_path_factory.mktemp("teamwork"), language="nl"))
    yield served
    served.close()


@pytest.fixture
def opened(served: Served, chromium: Browser) -> Iterator[Any]:
    """`page = opened(width, language, **context options)`: signed in, at the visit."""
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1280, language: str = "nl", **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{served.url}/clinician/sign-in")
        page.fill("#login", served.house.seeded.login)
        page.fill("#password", served.house.seeded.password)
        page.click("main form > .button")
        page.click(".menu summary")
        page.click(f".menu button[lang={language}]")
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.goto(served.page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "language"), [pytest.param(1280, "nl", marks=pytest.mark.thorough), (360, "ar")])
def test_axe_finds_nothing_when_everything_is_unfolded(opened: Any, width: int, language: str) -> None:
    page = opened(width, language)
    page.evaluate("document.querySelectorAll('.work details').forEach(part => part.open = true)")
    check_page(page, "unfolded")


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_problem_is_told_accessibly_and_its_link_leads_to_the_field(opened: Any, language: str) -> None:
    page = opened(360, language)
    page.click("#share > summary")
    page.fill("#new-share-consent_name", "Zoon van mevrouw")
    page.click("#new-share .button.primary")
    page.wait_for_load_state()
    expect(page.locator("#problem")).to_be_focused()
    check_page(page, "problem")
    page.click("#problem a")
    expect(page.locator("#new-share-organisation")).to_be_in_viewport()
    expect(page.locator("#new-share-consent_name")).to_have_value("Zoon van mevrouw")


@pytest.mark.thorough
def test_the_first_score_stands_where_the_language_begins(opened: Any) -> None:
    def first_and_last(page: Page) -> list[float]:
        points = page.locator(".chart .patient circle")
        return [float(points.nth(place).get_attribute("cx") or 0) for place in (0, 1)]

    first, last = first_and_last(opened(1280, "nl"))
    assert first < last
    first, last = first_and_last(opened(1280, "ar"))
    assert first > last


@pytest.mark.thorough
def test_a_team_works_together_without_a_script(served: Served, opened: Any) -> None:
    page = opened(360, "ar", java_script_enabled=False)
    page.click("#team > summary")
    page.select_option("#new-team-role", "volunteer")
    page.fill("#new-team-name", "Fatima")
    page.click("#new-team .button.primary")
    expect(page.locator("#team .inside")).to_contain_text("Fatima")
    page.click(f"#work-{served.goal} > summary")
    form = page.locator(f"#task-{served.goal}")
    page.locator(".who-does-what > .fold > summary").first.click()
    form.locator("textarea").first.fill("Meegaan naar het park")
    form.locator(".button.primary").click()
    expect(page.locator(f"#work-{served.goal} .tasks")).to_contain_text("Meegaan naar het park")
    page.locator(".attainment .fold > summary").first.click()
    page.locator(f"#score-{served.goal} input[name=level][value='2']").check()
    page.locator(f"#score-{served.goal} .button.primary").click()
    expect(page.locator(".scores tbody tr")).to_have_count(5)


@pytest.mark.thorough
def test_what_another_organisation_reads_is_accessible_and_fits(served: Served, opened: Any) -> None:
    page = opened(1280, "nl")
    page.click("#share > summary")
    page.fill("#new-share-organisation", "Thuiszorg Noord")
    page.check(f"input[name='goal-{served.goal}']")
    page.check("#new-share input[value=patient]")
    page.check("#new-share input[value=written]")
    page.click("#new-share .button.primary")
    page.wait_for_load_state()
    check_page(page, "made")
    link = page.locator("#link").input_value()
    for width, language in ((1280, "nl"), (360, "ar")):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{link}?lang={language}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        check_page(page, "shared")
    page.goto(f"{served.url}/shared/{'x' * 22}")
    check_page(page, "no link")
