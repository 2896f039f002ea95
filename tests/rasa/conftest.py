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
from voorop.understanding import load_reader, load_understanding


@pytest.fixture
def side(both_engines: Side) -> Side:
    """Both, with care plans that were told nothing yet."""
    both_engines.forget()
    return both_engines


@pytest.fixture(scope="session")
def both_engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Side]:
    folder = tmp_path_factory.mktemp("rasa")
    settings = Settings.from_environment({})
    model = train(Path(RASA), settings.models)
    understanding = load_understanding(settings, quiet=True)
    reader = load_reader(settings, understanding.encoder, quiet=True)
    engine = create_engine(f"sqlite:///{folder / 'voorop.sqlite'}")
    ours, theirs = CarePlan(reader), CarePlan(reader)
    with rasa_world(model, folder, theirs) as (url, keys):
        store = ConversationStore(engine, keys)
        store.migrate()
        yield Side(store, ours, theirs, url, keys, Heard(understanding), folder / "rasa.log")
    engine.dispose()
