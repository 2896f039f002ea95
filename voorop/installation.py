"""The records of an installation: its database, its keys, and the two stores on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.engine import Engine

import api.db
from api.care_plan import CarePlan
from bot.store import ConversationStore
from records.database import check, create_engine
from records.keys import Keys
from voorop.settings import Settings


@dataclass(frozen=True)
class Records:
    """The database of an installation, brought up to date, and what works on it."""

    engine: Engine
    keys: Keys
    care_plan: CarePlan
    conversations: ConversationStore


def open_records(settings: Settings) -> Records:
    """Open the database and bring its tables up to date.

    Raises:
        RecordsError: the database or the secret file cannot be used.
    """
    settings.secret_file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(settings.database_url)
    check(engine)
    keys = Keys.load(settings.secret_file)
    api.db.upgrade(engine)
    conversations = ConversationStore(engine, keys)
    conversations.migrate()
    return Records(engine, keys, CarePlan(engine, keys, exports=bool(settings.fhir_export_url)), conversations)


@contextmanager
def opened_records(settings: Settings) -> Iterator[Records]:
    """The same for the length of one command; its connections are closed at the end."""
    records = open_records(settings)
    try:
        yield records
    finally:
        records.engine.dispose()
