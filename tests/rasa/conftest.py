"""Both engines, ready for conversations."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from rasa_both import Both, Talker
from rasa_world import RASA, CarePlan, Heard, rasa_world

from bot.channel import ChatService
from bot.engine.assistant import Assistant
from bot.rasa.engine import RasaEngine
from bot.store import ConversationStore
from records.database import create_engine
from records.keys import Keys
from tests.channel.chat_world import Practice
from voorop.engines import BOT, RASA_KEY, STORIES, load_domain
from voorop.rasa import train
from voorop.settings import Settings
from voorop.understanding import load_understanding


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


@pytest.fixture
def side(both_engines: Side) -> Side:
    """Both, with care plans that were told nothing yet."""
    both_engines.ours.told.clear()
    both_engines.theirs.told.clear()
    return both_engines


@pytest.fixture(scope="session")
def both_engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Side]:
    folder = tmp_path_factory.mktemp("rasa")
    settings = Settings.from_environment({})
    model = train(Path(RASA), settings.models)
    heard = Heard(load_understanding(settings, quiet=True))
    engine = create_engine(f"sqlite:///{folder / 'voorop.sqlite'}")
    ours, theirs = CarePlan(), CarePlan()
    with rasa_world(model, folder, theirs) as (url, keys):
        store = ConversationStore(engine, keys)
        store.migrate()
        yield Side(url, keys, store, heard, ours, theirs, folder / "rasa.log")
    engine.dispose()
