"""What came back from the practice on the person's own page, and taking back what was shared."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from patient_chat import FakeChat, asked, conversation, said
from patient_scenes import question

from bot.channel.answers import Answer, PracticeNote, SharedWords
from bot.channel.view import ConversationView

Visit = Callable[[ConversationView], tuple[FakeChat, TestClient]]
HOSTILE = "<script>alert(1)</script> {{7*7}}"
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def finished(lang: str = "en") -> ConversationView:
    return conversation(
        said(1, "go to the market again", lang),
        asked(2, "closing", "Thank you. Your care team reads this before the visit.", lang),
        lang=lang,
        state="finished",
    )


def came_back(status: str = "submitted", *, may: bool = True, words: str = "go to the market again") -> Answer:
    return Answer(
        read_by="Dr. An Peeters",
        read_at=AT,
        notes=(PracticeNote(f"Dank u. {HOSTILE}", "nl", "ltr", "Dr. An Peeters", AT),),
        shared=(SharedWords("a" * 32, words, "en", "ltr", status, may),),
    )


@pytest.fixture
def desk(visit: Visit) -> tuple[FakeChat, TestClient]:
    chat, browser = visit(finished())
    chat.came_back = came_back()
    return chat, browser


def test_the_person_sees_who_read_it_the_note_and_what_became_of_their_words(desk: tuple[FakeChat, TestClient]) -> None:
    _, browser = desk
    page = browser.get("/chat").text
    assert "Read on 22 November 2026 by Dr. An Peeters." in page
    assert '<blockquote lang="nl" dir="ltr">Dank u. &lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}</blockquote>' in page
    assert "Your care team has not decided about this yet." in page


def test_before_anything_is_sent_nothing_came_back(visit: Visit) -> None:
    chat, browser = visit(question("nl"))
    chat.came_back = came_back()
    assert 'id="back"' not in browser.get("/chat").text


def test_when_nobody_has_read_it_the_page_says_so(visit: Visit) -> None:
    chat, browser = visit(finished())
    chat.came_back = replace(came_back(), read_by=None, read_at=None, notes=())
    assert "Nobody has read it yet." in browser.get("/chat").text
    chat.came_back = None
    assert "From your care team" not in browser.get("/chat").text


def test_the_own_copy_holds_it_as_page_and_as_text(desk: tuple[FakeChat, TestClient]) -> None:
    chat, browser = desk
    page = browser.get("/chat/copy").text
    assert "Read on 22 November 2026 by Dr. An Peeters." in page
    assert "Dank u. &lt;script&gt;" in page
    assert chat.came_back is not None
    assert chat.came_back.as_lines("en") == [
        "Read on 22 November 2026 by Dr. An Peeters.",
        "From Dr. An Peeters, on 22 November 2026:",
        f"Dank u. {HOSTILE}",
        "",
        "- go to the market again\n  Your care team has not decided about this yet.",
    ]


def test_taking_back_asks_once_and_then_it_is_gone(desk: tuple[FakeChat, TestClient]) -> None:
    _, browser = desk
    path = f"/chat/take-back/{'a' * 32}"
    assert f'href="{path}"' in browser.get("/chat").text
    asks = browser.get(path)
    assert "Take this back?" in asks.text
    assert "go to the market again" in asks.text
    assert browser.post(path, data={}, follow_redirects=False).headers["location"] == "/chat#back"
    assert "has not decided" in browser.get("/chat").text
    assert browser.post(path, data={"sure": "yes"}, follow_redirects=False).status_code == 303
    page = browser.get("/chat").text
    assert "You took this back. Your care team no longer sees it." in page
    assert path not in page


def test_what_was_accepted_is_not_offered_and_is_refused_kindly(desk: tuple[FakeChat, TestClient]) -> None:
    chat, browser = desk
    chat.came_back = came_back("accepted", may=False)
    path = f"/chat/take-back/{'a' * 32}"
    assert path not in browser.get("/chat").text
    assert browser.get(path, follow_redirects=False).headers["location"] == "/chat#back"
    answer = browser.post(path, data={"sure": "yes"})
    assert (answer.status_code, "already works with this" in answer.text) == (409, True)


@pytest.mark.parametrize("shared", ["b" * 32, "x", "%00"])
def test_what_is_not_theirs_cannot_be_taken_back(desk: tuple[FakeChat, TestClient], shared: str) -> None:
    _, browser = desk
    assert browser.post(f"/chat/take-back/{shared}", data={"sure": "yes"}).status_code == 404


def test_another_sites_page_takes_nothing_back(desk: tuple[FakeChat, TestClient]) -> None:
    _, browser = desk
    path = f"/chat/take-back/{'a' * 32}"
    answer = browser.post(path, data={"sure": "yes"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "has not decided" in browser.get("/chat").text


def test_hostile_words_stay_words(desk: tuple[FakeChat, TestClient]) -> None:
    chat, browser = desk
    chat.came_back = came_back(words=HOSTILE)
    for path in ("/chat", "/chat/copy", f"/chat/take-back/{'a' * 32}"):
        assert "<script>alert" not in browser.get(path).text
