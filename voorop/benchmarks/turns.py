"""What a turn costs, against what a durable commit and one encoding cost; and the danger rules alone."""

import statistics
import time
from dataclasses import dataclass
from itertools import islice

from actions.safety import SafetyRules
from bot.channel.limits import MAX_TEXT
from voorop.benchmarks.bare import Bare
from voorop.benchmarks.figures import p95, since
from voorop.benchmarks.house import House, Talker, statements
from voorop.understanding import SAFETY

TURNS = 120


@dataclass(frozen=True)
class Turn:
    """Milliseconds, p50 and p95; `bare` is one durable commit and one encoding of as many words."""

    turn: float
    turn_p95: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.turn / self.bare


def measure_turn(house: House, times: int = TURNS) -> Turn:
    """Turns and bare commits take turns, so that both meet the same disk and the same neighbours."""
    words, bare = statements(1), Bare(house.folder / "bare.sqlite")
    talker = house.wait(Talker.at_first_question(house))
    turns, commits = [], []
    for _ in range(times):
        other = next(words)
        started = time.perf_counter()
        bare.take(other)
        commits.append(since(started))
        started = time.perf_counter()
        house.wait(talker.says(next(words)))
        turns.append(since(started))
        house.wait(talker.moves("back"))  # the same question again
    bare.close()
    return Turn(statistics.median(turns), p95(turns), statistics.median(commits))


def measure_long_text() -> float:
    """Milliseconds in which the danger rules read a message as long as one may be."""
    rules, text = SafetyRules.load(SAFETY), " ".join(islice(statements(3), MAX_TEXT))[:MAX_TEXT]
    taken = []
    for _ in range(20):
        started = time.perf_counter()
        rules.check(text)
        taken.append(since(started))
    return statistics.median(taken)
