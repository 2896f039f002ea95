"""The whole application in this process, on a database of its own, with people who talk to it."""

import asyncio
import random
import uuid
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from api.context import utc_now
from bot.channel import ChatService, Incoming, Reply
from careplan.people import Role
from voorop.app import create_app
from voorop.demonstration import clinician_of, demonstration_links
from voorop.installation import Records, open_records
from voorop.memory import set_apart
from voorop.settings import Settings

Result = TypeVar("Result")
# Words that statements are made of, so that every one is new to the encoder and of the same length.
WORDS = "ik wil graag elke week met mijn zus naar de markt in onze buurt wandelen en daar koffie drinken".split()
LENGTH = 10


@dataclass
class House:
    """runner: the loop that everything runs on."""

    records: Records
    chat: ChatService
    runner: asyncio.Runner
    folder: Path

    def wait(self, work: Awaitable[Result]) -> Result:
        async def waited() -> Result:
            return await work

        return self.runner.run(waited())

    def tokens(self, number: int) -> list[str]:
        """Invitations of as many new patients."""
        actor = clinician_of(self.records.care_plan, demonstration_links(self.records.care_plan, self.folder, 1))
        made = []
        for _ in range(number):
            visit = self.records.care_plan.create_visit(actor, utc_now() + timedelta(days=1)).id
            made.append(self.records.care_plan.invite(actor, visit, Role.PATIENT, "nl").token)
        return made


@dataclass
class Talker:
    """One person's session."""

    house: House
    session: str

    @classmethod
    async def open(cls, house: House, token: str) -> "Talker":
        opened = await house.chat.open(token=token)
        return cls(house, opened.session_token)

    @classmethod
    async def at_first_question(cls, house: House) -> "Talker":
        """Somebody new, who agreed to begin."""
        talker = await cls.open(house, house.tokens(1)[0])
        await talker.says("ja")
        return talker

    async def says(self, text: str) -> Reply:
        return await self.house.chat.send(self.session, Incoming(str(uuid.uuid4()), text=text))

    async def moves(self, move: str) -> Reply:
        return await self.house.chat.send(self.session, Incoming(str(uuid.uuid4()), move=move))


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """One to be torn down afterwards; its folder stays."""
    settings = Settings.from_environment({}, folder)
    records = open_records(settings)
    app = create_app(settings, records, "http://127.0.0.1")
    set_apart()  # as a server does
    with asyncio.Runner() as runner:
        yield House(records, app.state.chat, runner, folder)
        runner.run(app.state.client.aclose())


def statements(seed: int) -> Iterator[str]:
    """Ever new statements of ten words."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    while True:
        yield " ".join(chance.choices(WORDS, k=LENGTH))
