"""What a turn costs: against what a durable commit and one encoding cost, along a conversation, and many at once."""

import asyncio
import gc
import os
import sqlite3
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from actions.safety import SafetyRules
from bot.channel.limits import MAX_TEXT
from bot.nlu.encoder import SentenceEncoder
from voorop.benchmarks.figures import p95, resident
from voorop.benchmarks.house import House, Talker, statements
from voorop.understanding import SAFETY

TURNS = 120
LONG = 400
AT_ONCE = (1, 4, 16, 64)
EACH = 6  # messages of everyone who talks at once


@dataclass(frozen=True)
class Memory:
    """Resident megabytes before and after so many conversations."""

    conversations: int
    before: float
    after: float


@dataclass(frozen=True)
class Turn:
    """Milliseconds, p50 and p95; `bare` is one durable commit and one encoding of as many words."""

    turn: float
    turn_p95: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.turn / self.bare


def measure_turn(house: House) -> Turn:
    """Turns and bare commits take turns, so that both meet the same disk and the same neighbours."""
    encoder, words = SentenceEncoder(), statements(1)
    commit = _committing(house.folder / "bare.sqlite")
    talker = house.wait(_at_first_question(house))
    turns, bare = [], []
    for _ in range(TURNS):
        started = time.perf_counter()
        encoder.encode([other := next(words)])
        commit(other)
        bare.append(_since(started))
        started = time.perf_counter()
        house.wait(talker.says(next(words)))
        turns.append(_since(started))
        house.wait(talker.moves("back"))  # the same question again
    return Turn(statistics.median(turns), p95(turns), statistics.median(bare))


def measure_along(house: House) -> list[float]:
    """Milliseconds of each turn of one long conversation, in which one answer is given again and again."""
    words, talker = statements(2), house.wait(_at_first_question(house))
    taken = []
    for _ in range(LONG // 2):
        for answer in (talker.says(next(words)), talker.moves("back")):
            started = time.perf_counter()
            house.wait(answer)
            taken.append(_since(started))
    return taken


def measure_long_text() -> float:
    """Milliseconds in which the danger rules read a message as long as one may be."""
    rules, text = SafetyRules.load(SAFETY), " ".join(islice(statements(3), MAX_TEXT))[:MAX_TEXT]
    taken = []
    for _ in range(20):
        started = time.perf_counter()
        rules.check(text)
        taken.append(_since(started))
    return statistics.median(taken)


def measure_at_once(house: House) -> dict[int, float]:
    """Turns a second with so many people talking at once."""
    found = {}
    for number in AT_ONCE:
        talkers = [house.wait(_at_first_question(house)) for _ in range(number)]
        started = time.perf_counter()
        house.wait(_all_talk(talkers, number))
        found[number] = number * EACH / (time.perf_counter() - started)
    return found


def measure_memory(house: House, conversations: int) -> Memory:
    """Of conversations of a few turns."""
    words = statements(4)
    before = resident(os.getpid())
    for token in house.tokens(conversations):
        talker = house.wait(Talker.open(house, token))
        house.wait(talker.says("ja"))
        house.wait(talker.says(next(words)))
    gc.collect()
    return Memory(conversations, before, resident(os.getpid()))


async def _at_first_question(house: House) -> Talker:
    talker = await Talker.open(house, house.tokens(1)[0])
    await talker.says("ja")
    return talker


async def _all_talk(talkers: list[Talker], seed: int) -> None:
    async def talk(talker: Talker, own: int) -> None:
        words = statements(own)
        for _ in range(EACH):
            await talker.says(next(words))

    await asyncio.gather(*(talk(talker, 1000 * seed + own) for own, talker in enumerate(talkers)))


def _committing(path: Path) -> Callable[[str], None]:
    """One row in one durable transaction, with the settings of our own database."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE said (words TEXT)")

    def commit(words: str) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO said VALUES (?)", (words,))
        connection.execute("COMMIT")

    return commit


def _since(started: float) -> float:
    return 1000 * (time.perf_counter() - started)
