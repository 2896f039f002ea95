"""What a turn costs along a conversation that grows, against the first turns of others that begin beside it.

A cycle is a statement, the way back to the same question, and a medical question, which is kept and makes the
conversation grow. So each kind of turn is compared with its own kind at the same question.
"""

import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from voorop.benchmarks.figures import since
from voorop.benchmarks.house import House, Talker, statements

STATEMENT, BACK, MEDICAL = KINDS = ("a statement", '"back"', "a medical question")
CONVERSATIONS = 4
AROUND = (20, 200, 400)  # turns that are compared with the first ones
WINDOW = 10  # turns on either side


@dataclass(frozen=True)
class Taken:
    """Milliseconds of a turn.

    first: of the first one of its kind in a conversation that began beside it, near the turns that are compared.
    """

    kind: str
    turn: int
    taken: float
    first: float | None


def measure_along(
    house: House, conversations: int = CONVERSATIONS, around: Sequence[int] = AROUND, window: int = WINDOW
) -> list[Taken]:
    """Turns of long conversations; beside every cycle near a turn of `around` a new conversation takes its first."""
    said = zip(statements(2), _medical_questions(), strict=False)
    return [taken for _ in range(conversations) for taken in _conversation(house, said, around, window)]


def against_first(along: Sequence[Taken], kind: str, around: int, window: int = WINDOW) -> float:
    """How much dearer turns of a kind near a turn are than the first ones, which met the same neighbours."""
    near = [each for each in along if each.kind == kind and abs(each.turn - around) <= window]
    return statistics.median(each.taken for each in near) / statistics.median(_first(near))


def first_turns(along: Sequence[Taken], kind: str) -> float:
    """Milliseconds, p50."""
    return statistics.median(_first(each for each in along if each.kind == kind))


def _first(turns: Iterable[Taken]) -> list[float]:
    return [each.first for each in turns if each.first is not None]


def _medical_questions() -> Iterator[str]:
    """Ever new ones."""
    return (f"Mag ik pil nummer {number} samen met koffie innemen?" for number in count(1))


def _conversation(house: House, said: Iterator[tuple[str, str]], around: Sequence[int], window: int) -> Iterator[Taken]:
    talker = house.wait(Talker.at_first_question(house))
    for start in range(2, max(around) + window, len(KINDS)):  # turn 1 is the yes to the welcome
        turns = range(start, start + len(KINDS))
        compared = any(abs(turn - place) <= window for turn in turns for place in around)
        beside = house.wait(Talker.at_first_question(house)) if compared else None
        first = _cycle(house, beside, *next(said)) if beside else (None,) * len(KINDS)
        for kind, turn, taken, its_first in zip(KINDS, turns, _cycle(house, talker, *next(said)), first, strict=True):
            yield Taken(kind, turn, taken, its_first)


def _cycle(house: House, talker: Talker, words: str, question: str) -> tuple[float, float, float]:
    """Milliseconds of a turn of each kind."""
    started = time.perf_counter()
    house.wait(talker.says(words))
    statement = since(started)
    started = time.perf_counter()
    house.wait(talker.moves("back"))
    back = since(started)
    started = time.perf_counter()
    reply = house.wait(talker.says(question))
    medical = since(started)
    if "medical" not in [message.key for message in reply.messages]:
        raise RuntimeError("a medical question was not kept, so the conversation does not grow")
    return statement, back, medical
