"""A signed-in browser without JavaScript, before a conversation in memory."""

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from patient_app import build_app
from patient_chat import SESSION, FakeChat
from patient_scenes import question

from bot.channel.view import ConversationView

Visit = Callable[[ConversationView], tuple[FakeChat, TestClient]]
ORIGIN = "http://testserver"


@pytest.fixture
def visit() -> Iterator[Visit]:
    """Open a conversation: `chat, browser = visit(view)`."""
    clients: list[TestClient] = []

    def open_conversation(view: ConversationView) -> tuple[FakeChat, TestClient]:
        chat = FakeChat(view)
        client = TestClient(build_app(chat), cookies={"voorop_chat": SESSION}, headers={"Origin": ORIGIN})
        clients.append(client)
        return chat, client

    yield open_conversation
    for client in clients:
        client.close()


@pytest.fixture
def chat(visit: Visit) -> tuple[FakeChat, TestClient]:
    """A Dutch conversation at an open question with three buttons."""
    return visit(question("nl"))
