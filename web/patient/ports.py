"""What the pages need of the chat: `bot.channel.service.ChatService` is this, and so is the fake of the tests."""

from typing import Protocol

from bot.channel.answers import Answer
from bot.channel.own_copy import OwnCopy
from bot.channel.view import ConversationView, Incoming, Opened, Reply


class Chat(Protocol):
    """Every method raises a `bot.channel.errors.ChatError` that a person can read, and nothing else."""

    async def open(self, *, token: str | None = None, code: str | None = None, remote: str = "") -> Opened: ...

    async def read(self, session_token: str | None) -> ConversationView: ...

    async def send(self, session_token: str | None, incoming: Incoming) -> Reply: ...

    async def set_language(self, session_token: str | None, code: str) -> ConversationView: ...

    async def delete(self, session_token: str | None) -> None: ...

    async def own_copy(self, session_token: str | None) -> OwnCopy: ...

    async def answer(self, session_token: str | None) -> Answer | None: ...

    async def take_back(self, session_token: str | None, shared: str) -> None: ...
