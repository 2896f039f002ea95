"""Talks with the assistant's own files and actions in the engine, where a mark says what a message is.

The care plan is a fake that keeps the promise about keys: the same request again is done once, another one is refused.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx2

from actions.registry import Actions
from actions.surroundings import surroundings
from bot.engine.assistant import Assistant
from bot.engine.types import Entity, ParseData, Turn, UserMessage

PROJECT = Path(__file__).parents[2]
OPENED = {"conversation": "c1", "visit": "v1", "role": "patient", "language": "en"}


class TellsByMark:
    """`<move> text` is that move, `<?move> text` is content that may be that move; everything else is content."""

    async def parse(self, text: str, *, language: str | None, question: str | None) -> ParseData:
        mark = text[1:].partition(">")[0] if text.startswith("<") else ""
        doubt = mark[1:] if mark.startswith("?") else ""
        intent = mark if mark and not doubt else "content"
        return ParseData(intent, 1.0, (), {"language": "en", "language_offer": None, "doubt": doubt})


class Conversation:
    """One person's turns. flags: those that the practice was told of. plan: what it has, None once that was deleted."""

    def __init__(self) -> None:
        self.flags: list[bytes] = []
        self.plan: Any = None
        self._requests: dict[str, tuple[str, str, bytes]] = {}
        around = surroundings(httpx2.AsyncClient(base_url="http://x", transport=httpx2.MockTransport(self._taken)))
        self._assistant = Assistant.load(
            PROJECT / "bot",
            [PROJECT / "data" / "stories"],
            interpreter=TellsByMark(),
            actions=Actions(around),
        )
        self._turns = 0
        self.turn: Turn | None = None
        entities = tuple(Entity(name, value) for name, value in OPENED.items())
        self._take(UserMessage("", "open_conversation", entities))

    def _taken(self, request: httpx2.Request) -> httpx2.Response:
        key = request.headers["Idempotency-Key"]
        asked = (request.method, request.url.path, _without_minutes(request.content))
        if key in self._requests:
            return httpx2.Response(200 if self._requests[key] == asked else 409, json={})
        self._requests[key] = asked
        if request.url.path.endswith("/flags"):
            self.flags.append(request.content)
        else:
            self.plan = json.loads(request.content) if request.content else None
        return httpx2.Response(200, json={})

    def loses(self, text: str) -> str:
        """Say it, and have the program die before the turn is kept; the id to send it again by."""
        kept, id = self.turn, self.next_id
        self.says(text)
        self.turn = kept
        return id

    def says(self, *texts: str, id: str = "") -> list[str | None]:
        """What the assistant says to the last of these; a text that begins with `=` is a button."""
        for text in texts:
            value = text.removeprefix("=")
            intent = {"affirm": "affirm", "deny": "deny"}.get(value, "choose") if text != value else None
            entities = (Entity("choice", value),) if intent == "choose" else ()
            self._take(UserMessage(text, intent, entities, {"message_id": id or self.next_id, "typed_by": "self"}))
        return [message.response for message in self._now.messages]

    def changes(self, id: str) -> list[str | None]:
        """Follow the link under a message; what the assistant says."""
        self._take(UserMessage("", "change_answer", (Entity("answer", id),), {"message_id": self.next_id}))
        return [message.response for message in self._now.messages]

    @property
    def next_id(self) -> str:
        return f"m{self._turns}"

    def _take(self, message: UserMessage) -> None:
        self._turns += 1
        state = self.turn.state if self.turn else None
        self.turn = asyncio.run(self._assistant.handle("c1", state, message))

    @property
    def _now(self) -> Turn:
        assert self.turn is not None
        return self.turn

    @property
    def question(self) -> str | None:
        return self._now.requested_slot

    @property
    def asked(self) -> str:
        return str(self._now.messages[-1].text)

    @property
    def slots(self) -> Any:
        return self._now.slots

    def words(self) -> list[str]:
        return [answer["words"] for answer in self.slots["interview"]["answers"] if answer["words"]]


def _without_minutes(content: bytes) -> bytes:
    """A contribution tells how long it took; that makes no other request of it."""
    body = json.loads(content) if content else {}
    return json.dumps({name: value for name, value in body.items() if name != "minutes"}).encode()
