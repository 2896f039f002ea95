"""Several processes of the program on one PostgreSQL, each on a port of its own as a proxy would have them."""

import os
import random
import signal
import subprocess
import threading
from pathlib import Path
from types import TracebackType

from e2e_server import PROJECT, VOOROP, surroundings

from api.care_plan import CarePlan
from api.seeding import seed
from records.database import create_engine
from records.keys import Keys


class Process:
    """One `voorop serve`, with as many workers as it is told."""

    def __init__(self, url: str, secret: Path, *options: str) -> None:
        self._environment = surroundings(VOOROP_DATABASE_URL=url, VOOROP_SECRET_FILE=str(secret))
        self._options = options
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def begin(self) -> None:
        """Start, without waiting until it answers."""
        port = self.url.rpartition(":")[2] or "0"
        self._process = subprocess.Popen(
            [*VOOROP, "serve", "--port", port, *self._options],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=PROJECT,
            env=self._environment,
        )

    def wait_until_it_answers(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith("Voorop serves on "), line
        self.url = line.split()[-1]

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code."""
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.send_signal(how)
        code = self._process.wait(40)
        self._process.stdout.close()
        return code

    @property
    def workers(self) -> list[int]:
        """The ids of its child processes."""
        assert self._process is not None
        pid = self._process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class Processes:
    """So many, started at once on an empty database. Killed ones start again on their port."""

    def __init__(self, number: int, url: str, secret: Path) -> None:
        self.all = [Process(url, secret) for _ in range(number)]
        self.kills = 0

    def __enter__(self) -> "Processes":
        for process in self.all:
            process.begin()
        for process in self.all:
            process.wait_until_it_answers()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in self.all:
            process.end()

    @property
    def urls(self) -> list[str]:
        return [process.url for process in self.all]

    def kill_now_and_then(self, done: threading.Event, seconds: float, chance: random.Random) -> None:
        """Until `done`: kill one without warning and start it again."""
        while not done.wait(chance.uniform(seconds / 2, seconds * 1.5)):
            process = chance.choice(self.all)
            process.end(signal.SIGKILL)
            self.kills += 1
            process.begin()
            process.wait_until_it_answers()


def invitations(url: str, secret: Path, number: int) -> list[str]:
    """The tokens of so many patients who were never here. Quick: nobody was told yet that these are kept."""
    engine = create_engine(f"{url}&options=-c%20synchronous_commit%3Doff")
    seeded = seed(CarePlan(engine, Keys.load(secret)), number)
    engine.dispose()
    return [invitation.token for invitation in seeded.patients]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
