"""The clinician's pages in a real Chromium: accessibility, room on the screen, paper, keys, unsent text, no script."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from clinician_house import DAY, House, build_house
from clinician_scenes import ARABIC_PATIENT, DANGER, FRENCH_CAREGIVER, PARK, contribution, goal
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.browsing import check_page
from voorop.benchmarks.full_visit import caregiver_body, patient_body

pytestmark = pytest.mark.browser


class Served:
    """The pages on a port of their own: the fourth visit is full, the first has one goal, the fifth is as long as they
    come, the rest is silent."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.full, self.small, self.long = house.visits[3], house.visits[0], house.visits[4]
        house.say(self.long, patient_body())
        house.say(self.long, caregiver_body(), "caregiver")
        house.say(self.full, ARABIC_PATIENT)
        house.say(self.full, FRENCH_CAREGIVER, "caregiver")
        house.warn(self.full, DANGER, lang="ar")
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(house.app, log_level="error", ws="none"))
        run = self._server.serve(sockets=[listening])
        self._thread = threading.Thread(target=asyncio.run, args=(run,), daemon=True)
        self._thread.start()

    def visit(self, visit: str) -> str:
        return f"{self.url}/clinician/visits/{visit}"

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(5)
        self.house.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(build_house(tmp_path_factory.mktemp("served"), visits=5, language="nl"))
    yield served
    served.close()


@pytest.fixture
def opened(served: Served, chromium: Browser) -> Iterator[Any]:
    """`page = opened(width, language, **context options)`: signed in, at the list."""
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1280, language: str = "nl", **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900 if width > 1000 else 740}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{served.url}/clinician/sign-in")
        page.fill("#login", served.house.seeded.login)
        page.fill("#password", served.house.seeded.password)
        page.click("main form > .button")
        page.click(".menu summary")
        page.click(f".menu button[lang={language}]")
        expect(page.locator("html")).to_have_attribute("lang", language)
        return page

    yield open_page
    for context in contexts:
        context.close()


def fresh_goal(served: Served, words: str) -> str:
    """The small visit with one goal that nobody has reviewed."""
    served.house.say(served.small, contribution(goal(words)))
    return served.house.goal_ids(served.small)[0]


@pytest.mark.parametrize(("width", "language"), [pytest.param(1280, "nl", marks=pytest.mark.thorough), (360, "ar")])
def test_axe_finds_nothing_on_any_page(served: Served, opened: Any, width: int, language: str) -> None:
    page = opened(width, language)
    check_page(page)
    page.goto(served.visit(served.full))
    check_page(page)
    for summary in page.locator(".fold > summary, .transcript > summary").all():
        summary.click()
    page.locator(".goal.first .act.change > summary").first.click()
    page.locator(".menu > summary").click()
    check_page(page)
    page.goto(f"{served.url}/clinician?day=2026-11-24")
    check_page(page)
    page.goto(served.visit("nothing"))
    check_page(page)


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["nl", "ar"])
def test_axe_finds_nothing_where_something_is_wrong_or_decided(served: Served, opened: Any, language: str) -> None:
    fresh_goal(served, f"Elke dag wandelen ({language})")
    page = opened(360, language)
    page.goto(served.visit(served.small))
    page.click(".act.decline > summary")
    page.click(".act.decline .button.primary")
    expect(page.locator(".act.decline [aria-invalid]")).to_be_visible()
    check_page(page)
    page.fill(".act.decline textarea", "Samen bekijken we iets anders")
    page.click(".act.decline .button.primary")
    expect(page.locator(".status.declined")).to_be_visible()
    check_page(page)
    page.context.clear_cookies()
    page.goto(f"{served.url}/clinician/sign-in")
    page.fill("#login", "demo")
    page.fill("#password", "not the password")
    page.click("main form > .button")
    expect(page.locator("#problem")).to_be_visible()
    check_page(page)


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", [{"color_scheme": "dark"}, {"contrast": "more"}, {"forced_colors": "active"}])
def test_axe_finds_nothing_in_other_colours(served: Served, opened: Any, scheme: dict[str, Any]) -> None:
    page = opened(1280, "nl", **scheme)
    check_page(page)
    page.goto(served.visit(served.full))
    check_page(page)


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_all_essentials_are_in_view_at_once(served: Served, opened: Any, language: str) -> None:
    page = opened(1280, language)
    page.goto(served.visit(served.full))
    for essential in page.locator(".flags, .goal, .small-cards > .card, .side-name").all():
        box = essential.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900
    sizes = "Math.max(...[...document.querySelectorAll('.voice')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
    first = page.locator(".patient .goal.first .words .voice")
    assert first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") == page.evaluate(sizes)


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["nl", "ar"])
def test_words_carry_their_line_at_their_own_start_side(served: Served, opened: Any, language: str) -> None:
    page = opened(1280, language)
    page.goto(served.visit(served.full))
    for words, side in ((PARK, "right"), ("Terug leren fietsen", "left")):
        line = page.locator(".words .voice", has_text=words)
        for each in ("left", "right"):
            width = line.evaluate(f"e => getComputedStyle(e)['border-{each}-width']")
            assert (width != "0px") == (each == side)
    patient, caregiver = (page.locator(f".{who}").bounding_box() for who in ("patient", "caregiver"))
    assert patient
    assert caregiver
    assert (patient["x"] < caregiver["x"]) == (language != "ar")


def test_paper_keeps_the_ochre_line_and_needs_one_sheet(served: Served, opened: Any) -> None:
    page = opened()
    for visit in (served.full, served.long):
        page.goto(served.visit(visit))
        pdf = page.pdf(prefer_css_page_size=True)
        assert pdf.count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    line = page.locator(".patient .words .voice").first.evaluate("e => getComputedStyle(e).borderInlineStartColor")
    assert line == "rgb(138, 75, 18)"
    expect(page.locator(".acts").first).to_be_hidden()


def test_a_visit_goes_from_new_to_discussed_with_one_action_per_draft(served: Served, opened: Any) -> None:
    visit = served.house.visits[2]
    served.house.say(visit, ARABIC_PATIENT)
    served.house.say(visit, FRENCH_CAREGIVER, "caregiver")
    page = opened()
    page.goto(f"{served.url}/clinician?day={DAY}")
    expect(page.locator(f".visit-line:has(a[href$='{visit}']) .state.waiting")).to_be_visible()
    page.click(f"a[href$='{visit}']")
    drafts = served.house.goal_ids(visit)
    for draft in drafts:
        page.click(f"#goal-{draft} button[value=accept]")
        expect(page.locator(f"#goal-{draft} .status.accepted")).to_be_visible()
    page.click(".doing .button.primary")
    expect(page.locator(".state.discussed")).to_be_visible()
    page.goto(f"{served.url}/clinician?day={DAY}")
    expect(page.locator(f".visit-line:has(a[href$='{visit}']) .state.discussed")).to_be_visible()
    assert len(drafts) > 3


def test_keys_go_from_goal_to_goal_and_decide(served: Served, opened: Any) -> None:
    chosen = fresh_goal(served, "Met de toetsen")
    page = opened()
    page.goto(served.visit(served.small))
    page.keyboard.press("a")  # nothing has the focus: nothing happens
    page.keyboard.press("j")
    expect(page.locator(f"#goal-{chosen}")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(".status.accepted")).to_be_visible()


@pytest.mark.thorough
def test_keys_can_be_switched_off(served: Served, opened: Any) -> None:
    chosen = fresh_goal(served, "Zonder toetsen")
    page = opened()
    page.goto(served.visit(served.small))
    page.uncheck(".keys input")
    page.reload()
    page.keyboard.press("j")
    expect(page.locator(f"#goal-{chosen}")).not_to_be_focused()


def test_an_unsent_wording_is_not_lost_by_a_careless_click(served: Served, opened: Any) -> None:
    fresh_goal(served, "Niet verliezen")
    page = opened()
    page.goto(served.visit(served.small))
    page.click(".act.change > summary")
    page.fill(".act.change textarea", "Een nieuwe formulering")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.click(".brand", no_wait_after=True)
    expect(page.locator(".act.change textarea")).to_have_value("Een nieuwe formulering")
    assert asked == ["beforeunload"]
    page.click(".act.change .button.primary")
    expect(page.locator(".decided")).to_contain_text("Een nieuwe formulering")
    assert asked == ["beforeunload"]


@pytest.mark.thorough
def test_everything_can_be_done_without_a_script(served: Served, opened: Any) -> None:
    fresh_goal(served, "Zonder script")
    page = opened(360, "ar", java_script_enabled=False)
    page.goto(served.visit(served.small))
    page.click(".act.change > summary")
    page.fill(".act.change textarea", "Het kan ook zo")
    page.click(".act.change .button.primary")
    expect(page.locator(".decided")).to_contain_text("Het kan ook zo")
    page.click(".again > summary")
    page.click(".at-once .button >> nth=0")
    expect(page.locator(".status.accepted")).to_be_visible()
    page.click(".doing .button.primary")
    expect(page.locator(".state.discussed")).to_be_visible()
    page.click(".top form[action$=sign-out] button")
    expect(page.locator("#login")).to_be_visible()


@pytest.mark.thorough
def test_pages_ask_nothing_of_other_hosts_and_break_no_rule_of_their_own(served: Served, opened: Any) -> None:
    page = opened()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(served.visit(served.full))
    page.wait_for_load_state("networkidle")
    assert asked
    assert all(url.startswith(served.url) for url in asked)
    assert complaints == []
