"""A small world to talk in: a scripted assistant behind the engine's interface, real storage, real HTTP.

The assistant asks `welcome`, `life_goal`, `matters_most` (cards), `goal_readback` and then closes. It knows nothing but
the interface, so what these tests promise holds for any assistant.
"""

import asyncio
import os
import signal
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from bot.channel import Assistant, ChatCookies, ChatService, Invitation, Renderer, chat_router
from bot.engine.errors import TurnFailed
from bot.engine.types import BotMessage, Button, Turn, UserMessage
from bot.store import ConversationStore
from records.database import create_engine
from records.keys import Keys

ORIGIN = "http://127.0.0.1"
QUESTIONS = ("welcome", "life_goal", "matters_most", "goal_readback")
TEXTS = {
    "welcome": "Shall we begin?",
    "life_goal": "What would you like to do?",
    "matters_most": "What matters most to you now?",
    "goal_readback": "You said:\n{goal_words}\nIs that right?",
}
BUTTONS = {
    "welcome": (Button("Yes", "/affirm"), Button("Not now", "/pause")),
    "matters_most": tuple(
        Button(title, f'/choose{{"choice": "{value}"}}')
        for title, value in (("Family", "family_friends"), ("Home", "home_life"), ("Work", "work_learning"))
    ),
    "goal_readback": (Button("Yes", "/affirm"), Button("I want to change it", "/deny")),
}
DUTCH = {
    "Shall we begin?": "Zullen we beginnen?",
    "What would you like to do?": "Wat zou u graag doen?",
    "You said:\n{goal_words}\nIs that right?": "U zei:\n{goal_words}\nKlopt dat?",
    "Yes": "Ja",
    "Family": "Familie",
    "Change": "Aanpassen",
}


def translate(language: str, msgid: str) -> str:
    """Dutch for some texts, a marked source text for every other language but English."""
    if language == "nl":
        return DUTCH.get(msgid, msgid)
    return msgid if language == "en" else f"[{language}] {msgid}"


class ScriptedAssistant:
    """Asks its questions in order. `heard` is what reached it.

    `fail` breaks its turns, `die` the whole process at the end of a turn, `meet` waits for the turn of another.
    """

    def __init__(self) -> None:
        self.heard: list[UserMessage] = []
        self.fail = False
        self.die = False
        self.meet: asyncio.Barrier | None = None

    async def handle(self, conversation: str, state: dict[str, Any] | None, message: UserMessage) -> Turn:
        self.heard.append(message)
        slots: dict[str, Any] = dict(state or {"at": 0, "answers": [], "language": "en"})
        entities: dict[str, Any] = {}
        for entity in message.entities:
            before = entities.get(entity.entity)
            entities[entity.entity] = entity.value if before is None else f"{before}+{entity.value}"
        if self.fail:
            raise TurnFailed("the action did not answer")
        if message.intent == "open_conversation":
            slots |= entities
        elif message.intent == "switch_language":
            slots["language"] = entities["language"]
        elif message.intent == "change_answer":
            slots["changed"] = entities["answer"]
        else:
            answer = entities.get("choice") or message.intent or message.text
            asked = QUESTIONS[slots["at"] : slots["at"] + 1]
            slots |= {"at": slots["at"] + len(asked), "answers": [*slots["answers"], answer]}
            if asked == ("life_goal",):
                slots |= {"goal_words": message.text, "goal_lang": "en"}
        if self.meet is not None:
            await self.meet.wait()
        if self.die:
            os.kill(os.getpid(), signal.SIGKILL)
        return _turn(slots, message)


def _turn(slots: dict[str, Any], message: UserMessage) -> Turn:
    if message.text == "delete everything":
        gone = (BotMessage("utter_deleted", "Everything you wrote is deleted."),)
        return Turn({}, (), gone, {"conversation_state": "closed"}, None)
    question = QUESTIONS[slots["at"]] if slots["at"] < len(QUESTIONS) else None
    seen = slots | {"part": {"done": slots["at"], "of": 5}, "conversation_state": "open" if question else "finished"}
    if question is None:
        rows = [
            {"answer": "a1", "question": "life_goal", "words": slots.get("goal_words"), "lang": "en", "shared": True}
        ]
        messages = (BotMessage("utter_closing", "Thank you.", custom={"items": rows}),)
    else:
        values = {"goal_words": slots.get("goal_words")} if question == "goal_readback" else {}
        messages = (BotMessage(f"utter_ask_{question}", TEXTS[question], values, BUTTONS.get(question, ())),)
    user = {"event": "user", "text": message.text, "metadata": dict(message.metadata), "parse_data": {}}
    bots = tuple({"event": "bot", "text": each.text} for each in messages)
    return Turn(slots, (user, {"event": "action", "name": "interview_form"}, *bots), messages, seen, question)


class Practice:
    """Hands out invitations: every token `<role>-<visit>` opens, and so does the code of the same name in capitals."""

    def __init__(self) -> None:
        self.expires = datetime.now(UTC) + timedelta(days=1)
        self.language = "en"

    async def resolve(self, *, token: str | None, code: str | None) -> Invitation | None:
        name = token or (code or "").lower()
        role, _, visit = name.partition("-")
        if role not in ("patient", "caregiver") or not visit:
            return None
        return Invitation(name, visit, role, self.language, self.expires)


class World:
    """One installation in a folder. `restart()` gives the same folder to a new process's worth of objects."""

    def __init__(
        self,
        folder: Path,
        *,
        url: str = "",
        migrate: bool = True,
        assistant: Assistant | None = None,
        **more: Any,
    ) -> None:
        self.folder = folder
        self.url = url or f"sqlite:///{folder / 'voorop.db'}"
        self.assistant = ScriptedAssistant()
        talks: Assistant = assistant or self.assistant
        self.practice = Practice()
        self.deleted: list[tuple[str, str]] = []
        self.engine = create_engine(self.url)
        self.store = ConversationStore(self.engine, Keys.load(folder / "secret"))
        if migrate:
            self.store.migrate()
        self.service = ChatService(
            talks,
            self.store,
            self.practice,
            on_delete=self._forget,
            renderer=Renderer(translate),
            **more,
        )
        self.app = FastAPI()
        self.app.include_router(chat_router(self.service, ChatCookies(ORIGIN), translate=translate))

    async def _forget(self, visit: str, role: str) -> None:
        self.deleted.append((visit, role))

    def restart(self) -> "World":
        self.engine.dispose()
        return World(self.folder, url=self.url)

    def browser(self) -> TestClient:
        """A browser that has opened nothing yet."""
        return TestClient(self.app, base_url=ORIGIN, raise_server_exceptions=False)

    def patient(self, visit: str = "v1") -> TestClient:
        """A browser in which a patient opened their link."""
        browser = self.browser()
        assert browser.post("/api/chat/open", json={"token": f"patient-{visit}"}).status_code == 201
        return browser


def say(browser: TestClient, text: str, *, message_id: str | None = None) -> Any:
    return browser.post("/api/chat/messages", json={"id": message_id or str(uuid.uuid4()), "text": text})


def choose(browser: TestClient, choice: str, *, message_id: str | None = None) -> Any:
    return browser.post("/api/chat/messages", json={"id": message_id or str(uuid.uuid4()), "choice": choice})


def choices_of(body: Mapping[str, Any]) -> dict[str, str]:
    """Value -> id of all choices that a body shows."""
    return {choice["value"]: choice["id"] for message in body["messages"] for choice in message["choices"]}
