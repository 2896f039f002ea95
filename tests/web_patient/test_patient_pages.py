"""The patient's pages over HTTP, as a browser without JavaScript uses them."""

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from patient_app import build_app
from patient_chat import CODE, SESSION, FakeChat
from patient_scenes import SCENES, cards, question, safety, summary

from bot.channel.errors import TurnNotDone
from bot.channel.view import ConversationView
from web.pages import CONTENT_SECURITY_POLICY

Chat = tuple[FakeChat, TestClient]
Visit = Callable[[ConversationView], Chat]
ID = "6f1a4e1e-3c5b-4d62-9a4e-0d6f0f1d2c3b"
HOSTILE = '<script>alert(1)</script> {{7*7}} \' onmouseover=x " </textarea> /restart /affirm{"x":1}'


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def message_id(page: str) -> str:
    found = re.search(r'name="id" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_typed_answer_is_sent_by_a_form_and_read_back_after_a_redirect(chat: Chat) -> None:
    fake, browser = chat
    form = {"id": message_id(browser.get("/chat").text), "text": "één keer\r\nper week", "typed_by": "self"}
    answer = browser.post("/chat", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat#newest")
    assert (fake.received[0].text, fake.received[0].typed_by) == ("één keer\nper week", "self")
    assert "één keer\nper week" in browser.get("/chat").text


def test_the_same_form_sent_twice_counts_once(chat: Chat) -> None:
    fake, browser = chat
    for _ in range(2):
        browser.post("/chat", data={"id": ID, "text": "elke week"})
    assert len(fake.received) == 1


def test_a_button_is_a_submit_of_the_same_form(chat: Chat) -> None:
    fake, browser = chat
    browser.post("/chat", data={"id": ID, "text": "", "choice": "choice-week"})
    assert (fake.received[0].choices, fake.received[0].text) == (("choice-week",), None)


@pytest.mark.parametrize("move", ["back", "skip", "example", "pause", "explain", "repeat"])
def test_the_quiet_links_are_moves_not_words(chat: Chat, move: str) -> None:
    fake, browser = chat
    answer = browser.post("/chat", data={"id": ID, "text": "", "move": move}, follow_redirects=False)
    assert answer.status_code == 303
    assert (fake.received[0].move, fake.received[0].text) == (move, None)


def test_text_in_the_field_is_not_lost_when_a_button_is_used(chat: Chat) -> None:
    fake, browser = chat
    answer = browser.post("/chat", data={"id": ID, "text": "half a thought", "move": "example"})
    assert fake.received[0].text is None
    assert ">half a thought</textarea>" in answer.text


def test_cards_and_words_go_together(visit: Visit) -> None:
    fake, browser = visit(cards("nl"))
    form = {"id": ID, "text": "en de tuin", "pick": ["choice-family_friends", "choice-self_care"]}
    browser.post("/chat", data=form)
    assert fake.received[0].choices == ("choice-family_friends", "choice-self_care")
    assert fake.received[0].text == "en de tuin"


def test_an_unknown_move_is_refused_and_the_conversation_stays(chat: Chat) -> None:
    fake, browser = chat
    answer = browser.post("/chat", data={"id": ID, "move": "restart"})
    assert (answer.status_code, fake.received) == (400, [])
    assert "Hoe vaak zou u dat graag doen?" in answer.text


@pytest.mark.parametrize(
    ("text", "status", "kept"),
    [("a" * 10_000, 413, "a" * 10_000), ("   ", 422, "   "), ("a\x00b", 422, "ab")],
)
def test_what_cannot_be_kept_is_said_kindly_above_the_field_and_stays_in_it(
    chat: Chat, text: str, status: int, kept: str
) -> None:
    fake, browser = chat
    answer = browser.post("/chat", data={"id": ID, "text": text})
    page = Elements(answer.text)
    field = page.named("textarea")[0]
    assert (answer.status_code, fake.received) == (status, [])
    assert (field["aria-invalid"], field["aria-describedby"]) == ("true", "problem")
    assert f">{kept}</textarea>" in answer.text
    assert answer.text.index('id="problem"') < answer.text.index("<textarea")


def test_a_lone_surrogate_is_refused_without_breaking_the_page(chat: Chat) -> None:
    fake, browser = chat
    body = f"id={ID}&text=a%ED%A0%80b".encode()
    answer = browser.post("/chat", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert (answer.status_code, fake.received) == (422, [])


def test_a_turn_that_failed_keeps_the_words_to_send_again(chat: Chat) -> None:
    fake, browser = chat
    fake.fails_with.append(TurnNotDone())
    answer = browser.post("/chat", data={"id": ID, "text": "elke zondag"})
    assert answer.status_code == 503
    assert ">elke zondag</textarea>" in answer.text
    browser.post("/chat", data={"id": message_id(answer.text), "text": "elke zondag"})
    assert [each.text for each in fake.received] == ["elke zondag"]


def test_hostile_words_stay_words(chat: Chat) -> None:
    _, browser = chat
    browser.post("/chat", data={"id": ID, "text": HOSTILE})
    page = browser.get("/chat").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}" in page
    assert "alert(1)</script>" not in page
    assert all("onmouseover" not in attrs for _, attrs in Elements(page).tags)


def test_a_draft_cannot_leave_its_field(chat: Chat) -> None:
    _, browser = chat
    page = browser.post("/chat", data={"id": "no-uuid", "text": HOSTILE}).text
    assert "&lt;/textarea&gt;" in page
    assert [attrs.get("type") for attrs in Elements(page).named("script")] == ["module"]


@pytest.mark.parametrize(("lang", "direction"), [("nl", "ltr"), ("ar", "rtl")])
def test_the_page_and_each_message_say_their_language_and_direction(visit: Visit, lang: str, direction: str) -> None:
    _, browser = visit(question(lang))
    page = Elements(browser.get("/chat").text)
    assert (page.named("html")[0]["lang"], page.named("html")[0]["dir"]) == (lang, direction)
    turns = [attrs for attrs in page.named("li") if "turn" in str(attrs.get("class"))]
    assert len(turns) == 5
    assert all((attrs["lang"], attrs["dir"]) == (lang, direction) for attrs in turns)
    assert page.named("textarea")[0]["dir"] == "auto"


@pytest.mark.parametrize("scene", sorted(SCENES))
@pytest.mark.parametrize("path", ["/chat", "/chat/copy", "/chat/delete", "/chat/thread", "/", "/deleted"])
def test_nothing_comes_from_elsewhere_and_nothing_is_inline(visit: Visit, scene: str, path: str) -> None:
    _, browser = visit(SCENES[scene]("ar"))
    answer = browser.get(path)
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    for tag, attrs in Elements(answer.text).tags:
        assert tag != "style"
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]
        links = [attrs[name] or "" for name in ("src", "href", "action") if name in attrs]
        assert all(re.match(r"/(?!/)|#|tel:", link) for link in links)
        assert tag != "script" or attrs.get("src")


def test_ids_are_unique_on_a_page(visit: Visit) -> None:
    _, browser = visit(summary("nl"))
    ids = [attrs["id"] for _, attrs in Elements(browser.get("/chat").text).tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_numbers_to_call_can_be_tapped(visit: Visit) -> None:
    _, browser = visit(safety("nl"))
    calls = [str(attrs["href"]) for attrs in Elements(browser.get("/chat").text).named("a")]
    assert "tel:1813" in calls


def test_a_note_that_every_number_shares_is_said_once(visit: Visit) -> None:
    view = safety("nl")
    told = next(message for message in view.messages if message.items)
    noted = replace(told, items=tuple({**item, "note": "Call together."} for item in told.items))
    messages = tuple(noted if message is told else message for message in view.messages)
    _, browser = visit(replace(view, messages=messages))
    assert browser.get("/chat").text.count("Call together.") == 1


def test_a_post_from_another_site_is_refused(chat: Chat) -> None:
    fake, browser = chat
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        for path in ("/", "/chat", "/chat/language", "/chat/delete"):
            form = {"id": ID, "text": "x", "code": CODE, "language": "fr", "sure": "yes"}
            assert browser.post(path, data=form, headers=headers).status_code == 403
    assert (fake.received, fake.view is None) == ([], False)


def test_the_typed_code_opens_the_conversation_in_the_chosen_language(visit: Visit) -> None:
    fake, browser = visit(question("nl"))
    browser.cookies.clear()
    answer = browser.post("/", data={"code": f" {CODE} ", "lang": "fr"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat#newest")
    assert browser.cookies["voorop_chat"] == SESSION
    assert fake.view is not None
    assert fake.view.language == "fr"


def test_a_wrong_code_stays_in_its_field_under_a_kind_message(visit: Visit) -> None:
    _, browser = visit(question("nl"))
    browser.cookies.clear()
    answer = browser.post("/", data={"code": 'WRONG"><b>', "lang": "nl"})
    assert answer.status_code == 404
    assert 'value="WRONG&#34;&gt;&lt;b&gt;"' in answer.text
    assert Elements(answer.text).named("html")[0]["lang"] == "nl"


def test_the_door_speaks_the_browsers_language_until_one_is_chosen() -> None:
    browser = TestClient(build_app(FakeChat(question("nl"))))
    for url, lang in (("/", "ar"), ("/?lang=fr", "fr"), ("/?lang=xx", "ar")):
        page = Elements(browser.get(url, headers={"Accept-Language": "ar-MA,en;q=0.5"}).text)
        assert page.named("html")[0]["lang"] == lang


def test_without_a_session_the_conversation_leads_to_the_door() -> None:
    browser = TestClient(build_app(FakeChat(question("nl"))))
    for path in ("/chat", "/chat/copy", "/chat/delete", "/chat/thread"):
        assert browser.get(path).status_code == 401
    answer = browser.post("/chat", data={"id": ID, "text": "x"})
    assert (answer.status_code, 'name="code"' in answer.text) == (401, True)


def test_one_who_comes_back_can_go_on_where_they_stopped(chat: Chat) -> None:
    _, browser = chat
    page = browser.get("/")
    assert 'href="/chat#newest"' in page.text


def test_the_language_changes_at_any_moment_and_the_persons_words_do_not(chat: Chat) -> None:
    fake, browser = chat
    answer = browser.post("/chat/language", data={"language": "ar"})
    assert Elements(answer.text).named("html")[0]["dir"] == "rtl"
    assert "met de kleinkinderen naar het park zoals vroeger" in answer.text
    assert browser.post("/chat/language", data={"language": "xx"}).status_code == 422
    assert fake.view is not None
    assert fake.view.language == "ar"


def test_the_script_gets_the_changing_part_alone(chat: Chat) -> None:
    _, browser = chat
    headers = {"Voorop-Fragment": "talk"}
    sent = browser.post("/chat", data={"id": ID, "text": "elke week"}, headers=headers)
    refused = browser.post("/chat", data={"id": ID, "text": " "}, headers=headers)
    for answer, status in ((sent, 200), (refused, 422), (browser.get("/chat/thread"), 200)):
        assert answer.status_code == status
        assert answer.text.lstrip().startswith('<div id="talk"')


def test_who_types_is_remembered_on_this_device(chat: Chat) -> None:
    fake, browser = chat
    browser.post("/chat", data={"id": ID, "text": "elke week", "typed_by": "helper"})
    page = Elements(browser.get("/chat").text)
    assert [attrs["value"] for attrs in page.named("input") if "checked" in attrs] == ["helper"]
    browser.post("/chat", data={"id": ID.replace("6f", "7f"), "choice": "change-5"})
    assert fake.received[-1].typed_by == "helper"


def test_deleting_asks_first_and_then_forgets(chat: Chat) -> None:
    fake, browser = chat
    assert 'value="yes"' in browser.get("/chat/delete").text
    browser.post("/chat/delete", data={})
    assert fake.view is not None
    answer = browser.post("/chat/delete", data={"sure": "yes"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/deleted?lang=nl")
    assert fake.view is None
    assert 'voorop_chat=""; expires=' in answer.headers["set-cookie"].replace("Max-Age=0; ", "")


def test_a_finished_conversation_offers_an_own_copy_and_room_to_add_something(visit: Visit) -> None:
    view = question("nl")
    _, browser = visit(replace(view, state="finished", question="closing", language="en"))
    page = browser.get("/chat").text
    assert "Would you like to add something?" in page
    assert 'name="move" value="skip"' not in page
    assert 'class="button" href="/chat/copy"' in page


def test_static_files_are_served_with_the_same_policy(chat: Chat) -> None:
    _, browser = chat
    for name in ("css/chat.css", "js/chat.js"):
        answer = browser.get(f"/static/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


def test_a_form_larger_than_any_answer_is_refused(chat: Chat) -> None:
    fake, browser = chat
    answer = browser.post("/chat", data={"id": ID, "text": "a" * 300_000})
    assert (answer.status_code, fake.received) == (413, [])
