"""Both engines, ready for conversations."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa_side import Side
from rasa_world import RASA, CarePlan, Heard, rasa_world

from bot.store import ConversationStore
from records.database import create_engine
from voorop.rasa import train
from voorop.settings import Settings
from voorop.understanding import load_understanding


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
