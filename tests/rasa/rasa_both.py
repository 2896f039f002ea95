"""Every message to both engines, and what they did compared step by step."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_world import without_times

from bot.channel import Assistant, ChatService, Incoming, Renderer, Reply
from bot.channel.view import ConversationView
from bot.engine.types import Turn, UserMessage

LEFT_OUT = ("timestamp", "metadata", "confidence", "intent_ranking", "question")


class Disagree(AssertionError):
    """The engines did different things with the same message."""


@dataclass
class Both:
    """The built-in engine's turns, each of which Rasa had to take in the same way."""

    builtin: Assistant
    rasa: Assistant
    renderer: Renderer = field(default_factory=Renderer)
    turns: int = 0

    async def handle(self, conversation: str, state: dict[str, Any] | None, message: UserMessage) -> Turn:
        before = state or {"builtin": None, "rasa": None}
        mine = await self.builtin.handle(conversation, before["builtin"], message)
        theirs = await self.rasa.handle(conversation, before["rasa"], message)
        self.turns += 1
        self._same("events", [*map(step, mine.events)], [*map(step, theirs.events)], message)
        self._same("messages", list(mine.messages), list(theirs.messages), message)
        self._same("slots", without_times(dict(mine.slots)), without_times(dict(theirs.slots)), message)
        self._same("question", mine.requested_slot, theirs.requested_slot, message)
        self._same("words", *self._rendered(before["builtin"], mine, theirs), message)
        return replace(mine, state={"builtin": mine.state, "rasa": theirs.state})

    def _rendered(self, before: Any, mine: Turn, theirs: Turn) -> tuple[Any, Any]:
        """What our channel shows of the one, and what any channel of Rasa would show of the other."""
        languages = {turn.slots.get("language") for turn in (mine, theirs)}
        if before is None or before["live"]["slots"].get("language") not in languages or len(languages) != 1:
            return None, None  # the language changes within the turn: what was said before it is said in the old one
        (lang,) = languages
        raw = theirs.state["events"]
        last = max(place for place, event in enumerate(raw) if event["event"] == "user")
        said = [event["text"] for event in raw[last:] if event["event"] == "bot" and event["text"]]
        return [self.renderer.text(each.text, each.values, lang) for each in mine.messages if each.text], said

    def _same(self, what: str, mine: Any, theirs: Any, message: UserMessage) -> None:
        if mine != theirs:
            raise Disagree(f"{what} after {message.intent or message.text!r}:\n{_first(mine, theirs)}")


def step(event: Mapping[str, Any]) -> Any:
    """An event without moments and without what only one of the engines notes down."""
    match event["event"]:
        case "bot":
            told = event["metadata"]
            return "bot", told["utter_action"], told["variation"], event["text"], told["values"], event["data"]
        case "user":
            parsed = event["parse_data"]
            entities = [(each["entity"], each["value"]) for each in parsed["entities"]]
            return "user", event["text"], parsed["intent"]["name"], entities
        case kind:
            return kind, without_times({name: value for name, value in event.items() if name not in LEFT_OUT})


def _first(mine: Any, theirs: Any) -> str:
    if isinstance(mine, dict):
        mine, theirs = sorted(mine.items()), sorted(theirs.items())
    if isinstance(mine, list):
        pairs = enumerate(zip(mine, theirs, strict=False))
        place = next((place for place, (one, other) in pairs if one != other), min(len(mine), len(theirs)))
        mine, theirs = mine[place : place + 3], theirs[place : place + 3]
    return f"  built-in {mine}\n  Rasa     {theirs}"


class Talker:
    """A person at the chat, without HTTP in between, who chooses by the value of a choice."""

    def __init__(self, chat: ChatService, role: str, visit: str) -> None:
        self.chat = chat
        self.invitation = f"{role}-{visit}"
        self.session: str | None = None
        self.question: str | None = None
        self.state = ""

    async def opens(self) -> None:
        opened = await self.chat.open(token=self.invitation)
        self.session = opened.session_token
        self._take(opened.view)

    async def does(self, answer: Any) -> Reply:
        """One step of a script (tests/e2e/conversations/README.md)."""
        if isinstance(answer, list):
            return await self.chooses(*(str(value).removeprefix("=") for value in answer))
        text = str(answer)
        if text.startswith("~"):
            return await self._sends(move=text[1:])
        if not text.startswith("="):
            return await self._sends(text=text)
        what, colon, words = text[1:].partition(":")
        if not colon:
            return await self.chooses(what)
        view = await self.chat.read(self.session)
        rows = next(message.items for message in reversed(view.messages) if message.items)
        row = next(row for row in rows if row["words"] == words)
        return await self.chooses(f"{what}:{row['answer']}")

    async def offered(self) -> list[str]:
        """The values of all choices that are open."""
        view = await self.chat.read(self.session)
        return [choice.value for message in view.messages for choice in message.choices]

    async def chooses(self, *values: str) -> Reply:
        """Choose what is offered under these values."""
        view = await self.chat.read(self.session)
        ids = {choice.value: choice.id for message in view.messages for choice in message.choices}
        return await self._sends(choices=tuple(ids[value] for value in values))

    async def _sends(self, text: str | None = None, choices: tuple[str, ...] = (), move: str | None = None) -> Reply:
        reply = await self.chat.send(self.session, Incoming(str(uuid.uuid4()), text, choices, None, move))
        self._take(reply)
        return reply

    def _take(self, told: Reply | ConversationView) -> None:
        self.question, self.state = told.question, told.state
