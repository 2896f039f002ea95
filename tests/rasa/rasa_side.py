"""Two engines with everything that a conversation on both of them needs."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rasa_both import Both, Talker
from rasa_world import CarePlan, Heard

from bot.channel import ChatService
from bot.engine.assistant import Assistant
from bot.engine.domain import Domain
from bot.rasa.engine import RasaEngine
from bot.store import ConversationStore
from records.keys import Keys
from tests.channel.chat_world import Practice
from voorop.engines import BOT, RASA_KEY, STORIES, load_domain


@dataclass
class Pair(ABC):
    """Two engines behind one channel, with a care plan each."""

    store: ConversationStore
    ours: CarePlan
    theirs: CarePlan
    visits: int = field(default=0, init=False)
    practice: Practice = field(default_factory=Practice, init=False)

    @abstractmethod
    def engines(self) -> AbstractAsyncContextManager[Both]:
        """Both engines, for the event loop that asks for them."""

    @asynccontextmanager
    async def person(self, language: str, role: str = "patient") -> AsyncIterator[tuple[Talker, Both]]:
        """Somebody new, who has just opened their invitation, and whom both engines answer."""
        self.visits += 1
        self.practice.language = language
        async with self.engines() as both:
            talker = Talker(ChatService(both, self.store, self.practice), role, f"v{self.visits}")
            await talker.opens()
            yield talker, both

    def forget(self) -> None:
        """Let the care plans hold nothing."""
        self.ours.told.clear()
        self.theirs.told.clear()


@dataclass
class Side(Pair):
    """The built-in engine, and Rasa in a process of its own."""

    url: str
    keys: Keys
    heard: Heard
    log: Path

    @cached_property
    def domain(self) -> Domain:
        return load_domain(self.heard)

    @cached_property
    def builtin(self) -> Assistant:
        return Assistant.load(BOT, [STORIES], interpreter=self.heard, actions=self.ours.actions())

    def rasa(self) -> RasaEngine:
        """A client of Rasa's process; to be closed within the event loop that uses it."""
        return RasaEngine(self.domain, self.heard, self.url, self.keys.derive(RASA_KEY).hex())

    @asynccontextmanager
    async def engines(self) -> AsyncIterator[Both]:
        rasa = self.rasa()
        try:
            yield Both(self.builtin, rasa)
        finally:
            await rasa.close()
