"""Two engines with everything that a conversation on both of them needs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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
class Side:
    """Two engines with a care plan each."""

    url: str
    keys: Keys
    store: ConversationStore
    heard: Heard
    ours: CarePlan
    theirs: CarePlan
    log: Path
    visits: int = 0
    practice: Practice = field(default_factory=Practice)

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
    async def person(self, language: str, role: str = "patient") -> AsyncIterator[tuple[Talker, Both]]:
        """Somebody new, who has just opened their invitation, and whom both engines answer."""
        self.visits += 1
        self.practice.language = language
        rasa = self.rasa()
        both = Both(self.builtin, rasa)
        talker = Talker(ChatService(both, self.store, self.practice), role, f"v{self.visits}")
        try:
            await talker.opens()
            yield talker, both
        finally:
            await rasa.close()
