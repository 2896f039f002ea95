"""The chat page in a real Chromium: with a script, without one, at both widths and in both directions."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import uvicorn
from patient_app import build_app
from patient_chat import CODE, SESSION, FakeChat, asked, conversation
from patient_scenes import SCENES, cards, question, safety, summary
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from bot.channel.errors import TurnNotDone
from tests.browsing import violations

pytestmark = pytest.mark.browser

WORDS = "elke zondag, met de bus"
NEXT = "Dank u. Hoe vaak zou u dat graag doen?"


class Served:
    """The pages on a port of their own, over a chat whose moment the test chooses."""

    def __init__(self) -> None:
        self.chat = FakeChat(question("nl"))
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(build_app(self.chat), log_level="error", ws="none"))
        run = self._server.serve(sockets=[listening])
        self._thread = threading.Thread(target=asyncio.run, args=(run,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(5)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    served = Served()
    yield served
    served.close()


@pytest.fixture
def opened(served: Served, chromium: Browser) -> Iterator[Any]:
    """`page = opened(view, width=360, **context options)`: the conversation at that moment, signed in."""
    contexts: list[BrowserContext] = []

    def open_page(view: Any, width: int = 360, **options: Any) -> Page:
        served.chat.view, served.chat.received, served.chat.fails_with = view, [], []
        height = 740 if width < 1000 else 900
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        context.add_cookies([{"name": "voorop_chat", "value": SESSION, "url": served.url}])
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{served.url}/chat#newest")
        return page

    yield open_page
    for context in contexts:
        context.close()


def is_readable(page: Page) -> bool:
    """At least 18 px of text, at least 48 px of button."""
    sizes = page.eval_on_selector_all(
        "#talk p:not(.under), #talk h2, #talk .button, #talk textarea, #talk .ways .quiet",
        "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))",
    )
    heights = page.eval_on_selector_all(
        ".choices .button, .scale .button, .send, .wide, .card, .numbers a", "all => all.map(e => e.offsetHeight)"
    )
    return bool(min(sizes) >= 18 and min(heights) >= 48)


@pytest.mark.thorough
@pytest.mark.parametrize("lang", ["nl", "ar"])
@pytest.mark.parametrize("scene", sorted(SCENES))
def test_the_page_is_accessible_readable_and_fits_every_width(opened: Any, scene: str, lang: str) -> None:
    page = opened(SCENES[scene](lang))
    assert violations(page) == []
    assert is_readable(page)
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.thorough
@pytest.mark.parametrize("lang", ["nl", "ar"])
def test_axe_finds_nothing_on_a_large_screen(opened: Any, lang: str) -> None:
    assert violations(opened(question(lang), 1280)) == []


@pytest.mark.thorough
@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"contrast": "more"}])
def test_axe_finds_nothing_in_the_schemes_of_the_system(opened: Any, options: dict[str, Any]) -> None:
    assert violations(opened(safety("ar"), **options)) == []


def test_axe_finds_nothing_on_the_door_the_copy_and_the_open_menus(opened: Any, served: Served) -> None:
    page = opened(question("nl"))
    page.click(".help summary")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.click(".language summary")
    assert violations(page) == []
    for path in ("/?lang=ar", "/chat/copy", "/chat/delete", "/deleted?lang=fr"):
        page.goto(served.url + path)
        assert violations(page) == [], path


def test_a_message_is_shown_at_once_and_answered_without_a_new_page(opened: Any, served: Served) -> None:
    page = opened(question("nl"))
    page.evaluate("window.samePage = true")
    page.fill("#text", WORDS)
    page.click(".send")
    expect(page.locator("#question")).to_have_text(NEXT)
    expect(page.locator(".turn.person.now .voice")).to_have_text(WORDS)
    expect(page.locator(".turn.person.now .kept")).to_be_visible()
    expect(page.locator("#text")).to_have_value("")
    assert page.evaluate("window.samePage")
    assert [each.text for each in served.chat.received] == [WORDS]


def test_after_typing_focus_is_in_the_field_and_only_the_new_words_are_announced(opened: Any) -> None:
    page = opened(question("nl"), width=1280)
    page.fill("#text", WORDS)
    page.keyboard.press("Enter")
    expect(page.locator("#spoken p")).to_have_count(1)
    expect(page.locator("#spoken p")).to_have_text(NEXT)
    expect(page.locator("#text")).to_be_focused()


def test_after_a_button_on_a_touch_screen_focus_is_on_the_new_question(opened: Any) -> None:
    page = opened(question("nl"), has_touch=True, is_mobile=True)
    page.tap(".choices .button >> nth=0")
    expect(page.locator("#question")).to_be_focused()


@pytest.mark.thorough
def test_a_button_keeps_what_stands_in_the_field(opened: Any, served: Served) -> None:
    page = opened(question("nl"))
    page.fill("#text", "half a thought")
    page.click("button[value=example]")
    expect(page.locator("#question")).to_contain_text("Dank u.")
    expect(page.locator("#text")).to_have_value("half a thought")
    assert [(each.move, each.text) for each in served.chat.received] == [("example", None)]


def test_a_failed_send_is_tried_again_under_the_same_id(opened: Any, served: Served) -> None:
    page = opened(question("nl"))
    ids: list[str] = []
    page.on("request", lambda sent: ids.append(sent.post_data_json["id"]) if sent.method == "POST" else None)
    served.chat.fails_with.append(TurnNotDone())
    page.fill("#text", WORDS)
    page.click(".send")
    expect(page.locator(".turn.person.sending")).to_contain_text(WORDS)
    expect(page.locator("#question")).to_have_text(NEXT)
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert len(served.chat.received) == 1


def test_without_a_connection_one_can_try_again_and_nothing_typed_is_lost(opened: Any, served: Served) -> None:
    page = opened(question("nl"))
    page.clock.install()
    page.context.set_offline(True)
    page.fill("#text", WORDS)
    page.click(".send")
    for _ in range(6):
        page.clock.run_for(9000)
    expect(page.locator(".pending.failed")).to_contain_text(WORDS)
    page.context.set_offline(False)
    page.click(".pending button")
    expect(page.locator("#question")).to_have_text(NEXT)
    assert [each.text for each in served.chat.received] == [WORDS]


@pytest.mark.thorough
def test_leaving_with_an_unsent_message_asks_first(opened: Any, served: Served) -> None:
    page = opened(question("nl"))
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    page.context.set_offline(True)
    page.fill("#text", WORDS)
    page.click(".send")
    expect(page.locator(".sending")).to_be_visible()
    page.context.set_offline(False)
    page.goto(f"{served.url}/?lang=nl")
    assert asked == ["beforeunload"]


def test_a_message_that_cannot_be_kept_stays_in_the_field_under_a_message(opened: Any) -> None:
    page = opened(question("nl"))
    page.fill("#text", "a" * 5000)
    page.click(".send")
    expect(page.locator("#problem")).to_be_visible()
    expect(page.locator("#text")).to_have_value("a" * 5000)
    expect(page.locator("#text")).to_be_focused()


@pytest.mark.thorough
def test_a_fourth_card_is_given_back_and_it_is_said_why(opened: Any, served: Served) -> None:
    page = opened(cards("nl"))
    boxes = page.locator("input[name=pick]")
    for number in range(4):
        boxes.nth(number).click()
    expect(page.locator("input[name=pick]:checked")).to_have_count(3)
    expect(page.locator("#spoken p")).to_have_count(1)
    page.click(".cards .wide")
    expect(page.locator("#question")).to_contain_text("Dank u.")
    assert len(served.chat.received[0].choices) == 3


def filled(page: Page) -> list[str]:
    """The classes of the buttons that are filled with the brand's colour."""
    found = page.eval_on_selector_all(
        "main button",
        "all => all.filter(e => getComputedStyle(e).backgroundColor === 'rgb(11, 92, 94)').map(e => e.className)",
    )
    return [str(each) for each in found]


@pytest.mark.thorough
@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(
    ("scene", "before"),
    [("question", []), ("cards", ["button primary wide"]), ("summary", ["button primary"]), ("share", [])],
)
def test_where_answers_are_offered_send_is_the_strong_button_only_once_something_is_typed(
    opened: Any, scene: str, before: list[str], script: bool
) -> None:
    page = opened(SCENES[scene]("nl"), java_script_enabled=script)
    assert filled(page) == before
    page.fill("#text", WORDS)
    assert filled(page) == ["button primary send"]


@pytest.mark.thorough
def test_without_offers_send_is_the_strong_button(opened: Any) -> None:
    page = opened(conversation(asked(1, "typical_day", "What is your day like?", "nl")))
    assert filled(page) == ["button primary send"]


@pytest.mark.thorough
def test_what_ends_the_reading_back_is_in_reach_from_the_first_row(opened: Any) -> None:
    view = summary("nl")
    last = view.messages[-1]
    many = tuple({**last.items[0], "answer": f"b{n}", "words": "een wandeling in het park " * 4} for n in range(9))
    page = opened(replace(view, messages=(*view.messages[:-1], replace(last, items=(*last.items, *many)))))
    page.locator(".row").first.scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Ja, zo klopt het")).to_be_in_viewport(ratio=1)
    assert violations(page) == []


def test_numbers_to_call_are_in_sight_when_danger_was_said(opened: Any) -> None:
    page = opened(safety("ar"))
    expect(page.locator(".danger a").first).to_be_in_viewport()
    assert page.locator(".danger a").first.get_attribute("href") == "tel:1813"


def test_a_link_opens_the_conversation_and_its_token_leaves_the_address(opened: Any, served: Served) -> None:
    page = opened(question("nl"))
    page.context.clear_cookies()
    page.goto(f"{served.url}/#{CODE}")
    page.wait_for_url("**/chat*")
    expect(page.locator("#question")).to_have_text("Hoe vaak zou u dat graag doen?")
    page.goto(f"{served.url}/?lang=fr#wrong-token")
    expect(page.locator("#problem")).to_be_visible()
    assert page.url == f"{served.url}/?lang=fr"


@pytest.mark.thorough
def test_the_first_time_the_page_begins_at_its_beginning(opened: Any, served: Served) -> None:
    words = ("Hello. I am a computer program, not a person.", "Your care team reads it.", "You may stop.") * 6
    welcome = [asked(seq, "welcome", text, "en", kind="text") for seq, text in enumerate(words)]
    page = opened(conversation(*welcome, asked(99, "welcome", "Shall we begin?", "en"), done=1))
    page.context.clear_cookies()
    page.goto(f"{served.url}/#{CODE}")
    page.wait_for_url("**/chat")
    expect(page.locator(".turn").first).to_be_in_viewport()


def test_hostile_words_do_nothing_and_nothing_is_kept_in_the_browser(opened: Any) -> None:
    page = opened(question("nl"))
    errors: list[str] = []
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.fill("#text", "<img src=x onerror=alert(1)> {{7*7}}")
    page.click(".send")
    expect(page.locator("#question")).to_have_text(NEXT)
    expect(page.locator(".turn.person.now .voice")).to_have_text("<img src=x onerror=alert(1)> {{7*7}}")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert errors == []


def test_without_a_script_the_same_answer_can_be_given(opened: Any, served: Served) -> None:
    page = opened(question("ar"), java_script_enabled=False)
    page.fill("#text", WORDS)
    page.click(".send")
    assert page.url.endswith("/chat#newest")
    assert served.chat.received[0].text == WORDS
    assert WORDS in page.content()


def test_the_keyboard_reaches_everything_in_the_order_it_is_read(opened: Any) -> None:
    page = opened(question("nl"), width=1280)
    page.evaluate("document.activeElement.blur()")
    page.focus(".skip-link")
    reached: list[str] = []
    for _ in range(16):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("(each => each.value || each.id || each.className)(document.activeElement)"))
    assert reached.index("choice-week") < reached.index("text") < reached.index("button primary send")
    assert reached.index("button primary send") < reached.index("skip")
