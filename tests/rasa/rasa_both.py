"""Every message to both engines, and what they did compared step by step."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_world import without_times

import locales
from bot.channel import Assistant, ChatService, Incoming, Renderer, Reply
from bot.channel.errors import TurnNotDone
from bot.channel.view import ConversationView
from bot.engine.events import bot_message
from bot.engine.types import Event, Turn, UserMessage

Worded = tuple[str, list[str]]  # a message as a person reads it, and the titles of its buttons
LEFT_OUT = ("timestamp", "metadata", "confidence", "intent_ranking", "question")


class Disagree(BaseException):
    """The engines did different things with the same message. The channel tells a person of every Exception that a turn
    was not done; so this is none, and comes out of the channel as it is.
    """


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
        language = (before["rasa"] or {"slots": {}})["slots"].get("language")
        self._same("words", [*self._worded(mine.events, language)], [*self._worded_by_rasa(theirs, language)], message)
        return replace(mine, state={"builtin": mine.state, "rasa": theirs.state})

    def _worded(self, events: Iterable[Event], language: str | None) -> Iterator[Worded]:
        """What our channel shows, every message in the language that was spoken when it was said."""
        for event, lang in _said(events, language):
            said = bot_message(event)
            titles = [self.renderer.text(each.title, each.title_values, lang) for each in said.buttons]
            yield self.renderer.text(said.text or "", said.values, lang), titles

    def _worded_by_rasa(self, turn: Turn, language: str | None) -> Iterator[Worded]:
        """What any channel of Rasa would show. It would show the buttons that an action adds in English."""
        raw = turn.state["events"]
        last = max(place for place, event in enumerate(raw) if event["event"] == "user")
        for event, lang in _said(raw[last:], language):
            data = event["data"]
            buttons = data.get("buttons") or ()
            if event["text"] or buttons or data.get("custom"):  # else no variation of the response fitted
                yield event["text"] or "", [self._title(button, lang) for button in buttons]

    def _title(self, button: Mapping[str, Any], lang: str) -> str:
        title: str = button["title"]
        return title if "source_title" in button else self.renderer.text(title, button.get("title_values") or {}, lang)

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


def _said(events: Iterable[Event], language: str | None) -> Iterator[tuple[Event, str]]:
    """What the bot said, with the language that was spoken then."""
    for event in events:
        if event["event"] == "slot" and event["name"] == "language":
            language = event["value"]
        if event["event"] == "bot":
            yield event, language or locales.SOURCE


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
        try:
            opened = await self.chat.open(token=self.invitation)
        except TurnNotDone as failed:
            raise Disagree(_failure(failed)) from failed
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
        number = next(number for number, said in await self._answers() if said == words)
        return await self.chooses(f"{what}:{number}")

    async def offered(self) -> list[str]:
        """The values of all choices that are open."""
        view = await self.chat.read(self.session)
        return [choice.value for message in view.messages for choice in message.choices]

    async def written(self, answer: str) -> str:
        """A step as a script has it: typed words in quotes, and the words of an answer instead of its number."""
        what, colon, number = answer.partition(":")
        if answer.startswith("=") and colon:
            words = next((said for known, said in await self._answers() if known == number), number)
            return json.dumps(f"{what}:{words}", ensure_ascii=False)
        return answer if answer.startswith(("=", "~")) else json.dumps(answer, ensure_ascii=False)

    async def chooses(self, *values: str) -> Reply:
        """Choose what is offered under these values."""
        view = await self.chat.read(self.session)
        ids = {choice.value: choice.id for message in view.messages for choice in message.choices}
        return await self._sends(choices=tuple(ids[value] for value in values))

    async def _answers(self) -> list[tuple[str, str]]:
        """Number and words of what can be changed: the last summary, then everything that was said, newest first."""
        told = (await self.chat.read(self.session)).messages
        rows = next((message.items for message in reversed(told) if message.items), ())
        said = [(message.message_id, message.text) for message in reversed(told) if message.message_id]
        return [(row["answer"], row["words"]) for row in rows if "answer" in row] + said

    async def _sends(self, text: str | None = None, choices: tuple[str, ...] = (), move: str | None = None) -> Reply:
        incoming = Incoming(str(uuid.uuid4()), text, choices, None, move)
        try:
            reply = await self.chat.send(self.session, incoming)
        except TurnNotDone as failed:
            raise Disagree(_failure(failed)) from failed
        self._take(reply)
        return reply

    def _take(self, told: Reply | ConversationView) -> None:
        self.question, self.state = told.question, told.state


def _failure(failed: TurnNotDone) -> str:
    return f"one of them failed: {failed.__context__!r}"  # the channel hides why, but not from us
