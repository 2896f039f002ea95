"""The same conversations as people have them: on the real pages in a real Chromium, with and without a script."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from e2e_server import Clinician, Invitation, Server
from e2e_words import DIRECTIONS, WORDS, script
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browsing import check_page

pytestmark = pytest.mark.browser

PHONE, SCREEN = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
Open = Callable[..., Page]


class Surfing:
    """Opens pages that watch what they ask for and complain about; ends with neither a stranger nor a complaint."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._contexts: list[BrowserContext] = []
        self.strangers: list[str] = []
        self.complaints: list[str] = []

    def __call__(self, size: dict[str, int] = PHONE, **options: Any) -> Page:
        context = self._browser.new_context(viewport={"width": size["width"], "height": size["height"]}, **options)
        context.on("request", lambda sent: self._notice(sent.url))
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _notice(self, url: str) -> None:
        if not url.startswith((f"{self._url}/", "data:")):
            self.strangers.append(url)

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def surf(chromium: Browser, server: Server) -> Iterator[Surfing]:
    surfing = Surfing(chromium, server.url)
    yield surfing
    surfing.close()
    assert surfing.strangers == []
    assert surfing.complaints == []


def shoot(page: Page, name: str) -> None:
    """A picture for people to look at, in the folder SHOTS."""
    folder = os.environ.get("SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"e2e-{name}.png", full_page=True)


def check(page: Page, name: str) -> None:
    check_page(page, name)
    shoot(page, name)


def answer(page: Page, words: str) -> None:
    """Type, or with `=value` press the button or the card of that value; then wait for the next question."""
    seq = page.locator("#question").get_attribute("data-seq") or ""
    if words.startswith("="):
        told = page.request.get(page.url.partition("/chat")[0] + "/api/chat").json()
        choices = told["messages"][-1]["choices"]
        id = next(choice["id"] for choice in choices if choice["value"] == words[1:])
        if page.locator(f'input[name=pick][value="{id}"]').count():
            page.locator(f'label.card:has(input[value="{id}"])').click()
            page.locator(".cards .wide").click()
        else:
            page.locator(f'#newest button[value="{id}"]').click()
    else:
        page.fill("#text", words)
        page.click(".send")
    expect(page.locator("#question")).not_to_have_attribute("data-seq", seq)


LOOKED_AT = {"welcome", "matters_most", "life_goal", "goal_readback", "goal_importance", "summary", "share"}
"""One page of every kind; the others look the same, and each is looked at in tests/web_patient."""


def have_conversation(page: Page, lang: str, goals: int, checked: str = "") -> None:
    """From the welcome to the closing. `checked` names the pages that are looked at on the way, empty for none."""
    seen: set[str] = set()
    for question, words in script(lang, goals):
        expect(page.locator("#talk")).to_have_attribute("data-question", question)
        if checked and question in LOOKED_AT - seen:
            check(page, f"{checked}-{len(seen):02}-{question}")
            seen.add(question)
        answer(page, words)
    expect(page.locator("#talk")).to_have_attribute("data-state", "finished")
    if checked:
        check(page, f"{checked}-closing")


def sign_in(page: Page, server: Server, invitation: Invitation, checked: str = "") -> None:
    """From the door to the page of the visit."""
    page.goto(f"{server.url}/clinician")
    if checked:
        check(page, f"{checked}-sign-in")
    page.fill("#login", server.links["clinician"]["login"])
    page.fill("#password", server.links["clinician"]["password"])
    page.press("#password", "Enter")
    page.wait_for_url("**/clinician")
    if checked:
        check(page, f"{checked}-day")
    page.locator(f'a[href*="/clinician/visits/{invitation.visit}"]').first.click()
    page.wait_for_url(f"**/clinician/visits/{invitation.visit}")
    if checked:
        check(page, f"{checked}-visit")


@pytest.mark.parametrize(
    ("lang", "looked_at"),
    [("ar", False), *(pytest.param(lang, True, marks=pytest.mark.thorough) for lang in ("nl", "ar"))],
)
def test_a_person_tells_it_and_a_clinician_reads_and_decides(
    surf: Surfing, server: Server, clinician: Clinician, lang: str, looked_at: bool
) -> None:
    invitation, said = server.invitation("patient", lang), WORDS[lang]
    page = surf()
    page.goto(f"{server.url}/?lang={lang}#{invitation.token}")
    page.wait_for_url("**/chat")
    assert invitation.token not in page.url
    html = page.locator("html")
    expect(html).to_have_attribute("lang", lang)
    expect(html).to_have_attribute("dir", DIRECTIONS[lang])
    # The pages are looked at scene by scene beside each web package; here once more as they come.
    have_conversation(page, lang, goals=2, checked=lang if looked_at else "")
    screen = surf(SCREEN)
    sign_in(screen, server, invitation, f"clinician-{lang}" if looked_at else "")
    for words in (*said.goals, said.obstacle, said.support, said.burden, said.helps, said.question):
        shown = screen.locator(f'bdi.voice[lang="{lang}"][dir="{DIRECTIONS[lang]}"]').get_by_text(words, exact=True)
        assert shown.first.text_content() == words
    one, other = (screen.locator("article.goal").filter(has_text=words) for words in said.goals)
    one.locator("button[value=accept]").click()
    expect(one.locator(".status.accepted")).to_be_visible()
    other.locator("details.change > summary").click()
    other.locator("details.change textarea").fill("Koken voor het gezin, eens per week")
    shoot(screen, f"clinician-{lang}-changing")
    other.locator("details.change .panel button").click()
    expect(other.locator(".wording").first).to_contain_text("Koken voor het gezin, eens per week")
    expect(other.locator(".words .voice")).to_have_text(said.goals[1])
    shoot(screen, f"clinician-{lang}-decided")
    screen.set_viewport_size({"width": 360, "height": 740})
    if looked_at:
        check(screen, f"clinician-{lang}-phone")
    decided = {goal["words"]: (goal["status"], goal["clinician_wording"]) for goal in clinician.goals(invitation.visit)}
    assert decided[said.goals[0]] == ("accepted", None)
    assert decided[said.goals[1]][1] == "Koken voor het gezin, eens per week"


@pytest.mark.parametrize("lang", [pytest.param("nl", marks=pytest.mark.thorough), "ar"])
def test_without_a_script_the_whole_conversation_is_had(
    surf: Surfing, server: Server, clinician: Clinician, lang: str
) -> None:
    invitation = server.invitation("patient", lang)
    page = surf(java_script_enabled=False)
    page.goto(f"{server.url}/?lang={lang}")
    page.fill("#code", invitation.code.lower())
    page.click("form.code button")
    page.wait_for_url("**/chat")
    have_conversation(page, lang, goals=1)
    assert [goal["words"] for goal in clinician.goals(invitation.visit)] == [WORDS[lang].goals[0]]
    page.click('#newest a[href="/chat/copy"]')
    page.wait_for_url("**/chat/copy")
    expect(page.get_by_text(WORDS[lang].goals[0], exact=True).first).to_be_visible()
    screen = surf(SCREEN, java_script_enabled=False)
    screen.goto(f"{server.url}/clinician")
    screen.fill("#login", server.links["clinician"]["login"])
    screen.fill("#password", server.links["clinician"]["password"])
    screen.press("#password", "Enter")
    screen.goto(f"{server.url}/clinician/visits/{invitation.visit}")
    goal = screen.locator("article.goal")
    expect(goal.locator(".words .voice")).to_have_text(WORDS[lang].goals[0])
    goal.locator("button[value=accept]").click()
    expect(goal.locator(".status.accepted")).to_be_visible()


@pytest.mark.thorough
@pytest.mark.parametrize("lang", ["nl", "ar"])
def test_the_other_pages_are_accessible_too(surf: Surfing, server: Server, lang: str) -> None:
    invitation = server.invitation("patient", lang)
    page = surf()
    page.goto(f"{server.url}/?lang={lang}")
    check(page, f"{lang}-door")
    page.fill("#code", invitation.code)
    page.click("form.code button")
    page.wait_for_url("**/chat")
    for question, words in script(lang)[:3]:
        expect(page.locator("#talk")).to_have_attribute("data-question", question)
        answer(page, words)
    answer(page, WORDS[lang].vague[0])
    check(page, f"{lang}-probe")
    answer(page, WORDS[lang].danger)
    expect(page.locator("#talk")).to_have_attribute("data-question", "safety")
    assert page.locator(".danger a[href^='tel:']").count() > 0
    check(page, f"{lang}-safety")
    page.set_viewport_size({"width": 1280, "height": 900})
    check(page, f"{lang}-safety-wide")
    for path in ("/chat/copy", "/chat/delete", f"/deleted?lang={lang}"):
        page.goto(server.url + path)
        check(page, f"{lang}-{path.strip('/').partition('?')[0].replace('/', '-')}")


@pytest.mark.thorough
def test_hostile_words_do_nothing_in_either_browser(surf: Surfing, server: Server) -> None:
    invitation, hostile = server.invitation("patient", "nl"), "<img src=x onerror=alert(1)> in mijn tuin {{7*7}}"
    page = surf()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.goto(f"{server.url}/#{invitation.token}")
    page.wait_for_url("**/chat")
    for question, words in script("nl"):
        expect(page.locator("#talk")).to_have_attribute("data-question", question)
        answer(page, hostile if question == "goal_obstacle" else words)
    screen = surf(SCREEN)
    screen.on("dialog", lambda dialog: dialogs.append(dialog.message))
    sign_in(screen, server, invitation)
    expect(screen.locator("bdi.voice").get_by_text(hostile, exact=True).first).to_be_visible()
    assert dialogs == []
