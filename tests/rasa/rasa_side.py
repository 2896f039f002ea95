"""Two engines with everything that a conversation on both of them needs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rasa_both import Both, Talker
from rasa_world import CarePlan, Heard

from bot.channel import ChatService
from bot.engine.assistant import Assistant
from bot.rasa.engine import RasaEngine
from bot.store import ConversationStore
from records.keys import Keys
from tests.channel.chat_world import Practice
from voorop.engines import BOT, RASA_KEY, STORIES, load_domain


@dataclass
class Side:
    """Two engines with a care plan each. `chat()` is needed once for every event loop."""

    url: str
    keys: Keys
    store: ConversationStore
    heard: Heard
    ours: CarePlan
    theirs: CarePlan
    log: Path
    visits: int = 0
    practice: Practice = field(default_factory=Practice)

    def rasa(self) -> RasaEngine:
        return RasaEngine(load_domain(self.heard), self.heard, self.url, self.keys.derive(RASA_KEY).hex())

    def builtin(self) -> Assistant:
        return Assistant.load(BOT, [STORIES], interpreter=self.heard, actions=self.ours.actions())

    @asynccontextmanager
    async def person(self, language: str, role: str = "patient") -> AsyncIterator[tuple[Talker, Both]]:
        """Somebody new, who has just opened their invitation, and whom both engines answer."""
        self.visits += 1
        self.practice.language = language
        rasa = self.rasa()
        both = Both(self.builtin(), rasa)
        talker = Talker(ChatService(both, self.store, self.practice), role, f"v{self.visits}")
        try:
            await talker.opens()
            yield talker, both
        finally:
            await rasa.close()
