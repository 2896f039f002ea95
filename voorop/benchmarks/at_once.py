"""Turns a second by how many talk at once, beside as many commits and encodings at once."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from anyio import to_thread

from voorop.benchmarks.bare import Bare
from voorop.benchmarks.house import House, Talker, statements

AT_ONCE = (1, 4, 16, 64)
PORTIONS = 3  # of each kind for every number at once
EACH = 3  # statements of a conversation
Task = TypeVar("Task")


@dataclass(frozen=True)
class AtOnce:
    """A second, in each portion: turns, and bare commits and encodings, with so many at once."""

    number: int
    turns: tuple[float, ...]
    bare: tuple[float, ...]

    @property
    def share(self) -> float:
        """Turns in per cent of what commits and encodings alone allow."""
        return 100 * statistics.median(self.turns) / statistics.median(self.bare)


def measure_at_once(
    house: House, levels: Sequence[int] = AT_ONCE, conversations: int = max(AT_ONCE), portions: int = PORTIONS
) -> list[AtOnce]:
    """Every level does the same: as many conversations, each of as many statements, so many of them at once.

    Portions of turns and of bare commits take turns, so that both meet the same disk and the same neighbours.
    """
    bare, found = Bare(house.folder / "bare-at-once.sqlite"), []
    for number in levels:
        turns, commits = [], []
        for portion in range(portions):
            seed = 1000 * (number * portions + portion)
            commits.append(_bare(house, bare, number, conversations, seed))
            turns.append(_turns(house, number, conversations, seed))
        found.append(AtOnce(number, tuple(turns), tuple(commits)))
    bare.close()
    return found


def _turns(house: House, number: int, conversations: int, seed: int) -> float:
    talkers = [house.wait(Talker.at_first_question(house)) for _ in range(conversations)]

    async def talk(talker: Talker, own: int) -> None:
        for words in islice(statements(seed + own), EACH):
            await talker.says(words)

    return _rate(house, number, talkers, talk)


def _bare(house: House, bare: Bare, number: int, conversations: int, seed: int) -> float:
    async def take(_: int, own: int) -> None:
        for words in islice(statements(seed + own), EACH):
            await to_thread.run_sync(bare.take, words)

    return _rate(house, number, range(conversations), take)


def _rate(house: House, number: int, tasks: Sequence[Task], do: Callable[[Task, int], Awaitable[None]]) -> float:
    """Statements a second when `number` tasks are under way at any time, as long as there are as many left."""
    waiting = iter(enumerate(tasks))

    async def one_after_the_other() -> None:
        for own, task in waiting:
            await do(task, own)

    async def all_of_them() -> None:
        await asyncio.gather(*(one_after_the_other() for _ in range(number)))

    started = time.perf_counter()
    house.wait(all_of_them())
    return len(tasks) * EACH / (time.perf_counter() - started)
