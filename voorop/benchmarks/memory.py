"""Memory of the application before and after many conversations, in a process that has done nothing else."""

import gc
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from voorop.benchmarks.figures import resident
from voorop.benchmarks.house import House, Talker, house, statements


@dataclass(frozen=True)
class Memory:
    """Resident megabytes after so many conversations."""

    conversations: int
    megabytes: float


def measure_memory(conversations: int) -> list[Memory]:
    """Before any, after a tenth of them, and after all."""
    told = subprocess.run(  # noqa: S603 - this program
        [sys.executable, "-m", __name__, str(conversations)], stdout=subprocess.PIPE, check=True
    )
    return [Memory(**each) for each in json.loads(told.stdout)]


def main(arguments: Sequence[str]) -> int:
    """Prints the measurements as JSON."""
    conversations = int(arguments[0])
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as home:
        found = [_now(0)]
        for number in (conversations // 10, conversations):
            _talk(home, found[-1].conversations, number)
            found.append(_now(number))
    print(json.dumps([vars(each) for each in found]))
    return 0


def _talk(house: House, have: int, want: int) -> None:
    """Conversations of a few turns."""
    words = statements(4 + have)
    for token in house.tokens(want - have):
        talker = house.wait(Talker.open(house, token))
        house.wait(talker.says("ja"))
        house.wait(talker.says(next(words)))


def _now(conversations: int) -> Memory:
    gc.collect()
    return Memory(conversations, resident(os.getpid()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
