"""The program with several workers on one PostgreSQL, and people who are invited to it."""

import os
import random
import signal
import subprocess
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
        self.kills = 0

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

    def __enter__(self) -> "Process":
        self.begin()
        self.wait_until_it_answers()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process is not None and self._process.poll() is None:
            self.end()

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

    def kill_a_worker(self, chance: random.Random) -> None:
        """Without warning; nobody if none is there."""
        if workers := self.workers:
            os.kill(chance.choice(workers), signal.SIGKILL)
            self.kills += 1

    @property
    def workers(self) -> list[int]:
        """The ids of its child processes."""
        assert self._process is not None
        pid = self._process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def invitations(url: str, secret: Path, number: int) -> dict[str, str]:
    """The visits of so many patients who were never here, by the token of each.

    Quick: nobody was told yet that these are kept.
    """
    engine = create_engine(f"{url}&options=-c%20synchronous_commit%3Doff")
    seeded = seed(CarePlan(engine, Keys.load(secret)), number)
    engine.dispose()
    return {invitation.token: invitation.visit for invitation in seeded.patients}


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
