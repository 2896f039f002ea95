"""Several processes that serve one listening socket; whoever dies is replaced, and nobody outlives the first one.

The first process has loaded everything and then only watches and forks. So workers share what was loaded, a new one
answers at once, and each needs little memory of its own. Threads do not live through a fork: whatever starts some
(connections, the encoder when it reads) must not have been used before.
"""

import os
import select
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from voorop.errors import CommandError
from voorop.memory import set_apart

SECONDS_TO_FINISH = 30.0
SECONDS_BETWEEN_STARTS = 1.0
MOST_FAILED_STARTS = 5

Ready = Callable[[], None]
Serve = Callable[[Ready], int]


@dataclass
class Workers:
    """serve: what a worker does until it is told to stop; its exit code. It calls what it is given once it answers."""

    number: int
    serve: Serve
    _alive: dict[int, int] = field(default_factory=dict)  # process id -> where it says that it is ready
    _stopping: bool = False
    _parent: tuple[int, int] = field(default_factory=os.pipe)  # nobody writes to it; it ends with this process

    def run(self, ready: Ready) -> None:
        """Start them, call `ready` when all answer, and replace those that end, until SIGINT or SIGTERM.

        Raises:
            CommandError: workers end before they answer, one after the other.
        """
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._stop)
        set_apart()
        failed = 0
        told = False
        while not self._stopping and failed < MOST_FAILED_STARTS:
            if len(self._alive) < self.number:
                failed = 0 if self._start() else failed + 1
                if failed and not told:
                    break  # it never worked: what is wrong was said by the worker
                if failed:
                    time.sleep(SECONDS_BETWEEN_STARTS)
                continue
            if not told:
                ready()
                told = True
            self._wait()
        self._end_all()
        if failed:
            raise CommandError("a worker ended before it answered")

    def _start(self) -> bool:
        """Whether a new worker came to answer."""
        here, there = os.pipe()
        worker = os.fork()
        if worker == 0:
            os.close(here)
            os.close(self._parent[1])
            for name in (signal.SIGINT, signal.SIGTERM):
                signal.signal(name, signal.SIG_DFL)
            threading.Thread(target=_end_with_parent, args=(self._parent[0],), daemon=True).start()
            os._exit(self.serve(lambda: _say(there)))
        os.close(there)
        self._alive[worker] = here
        while not self._stopping:
            if select.select([here], [], [], 0.5)[0]:
                if os.read(here, 1):
                    return True
                self._reap(worker)
                return False
        return True

    def _wait(self) -> None:
        """Until a worker ends or we are told to stop."""
        while not self._stopping:
            for worker in list(self._alive):
                if os.waitpid(worker, os.WNOHANG)[0]:
                    os.close(self._alive.pop(worker))
                    return
            time.sleep(0.1)

    def _reap(self, worker: int) -> None:
        os.waitpid(worker, 0)
        os.close(self._alive.pop(worker))

    def _end_all(self) -> None:
        """Let every worker finish the turns under way; who takes too long is ended."""
        for worker in self._alive:
            os.kill(worker, signal.SIGTERM)
        until = time.monotonic() + SECONDS_TO_FINISH
        for worker in list(self._alive):
            while not os.waitpid(worker, os.WNOHANG)[0]:
                if time.monotonic() > until:
                    os.kill(worker, signal.SIGKILL)
                time.sleep(0.05)
            os.close(self._alive.pop(worker))

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True


def _say(where: int) -> None:
    os.write(where, b"!")


def _end_with_parent(parent: int) -> None:
    """The pipe ends with the process that holds its other end: were it killed, nobody would stop us."""
    os.read(parent, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def in_a_process_of_its_own(work: Callable[[], int]) -> None:
    """Do what would leave threads behind.

    Raises:
        CommandError: it did not succeed; it has said why.
    """
    process = os.fork()
    if process == 0:
        os._exit(work())
    if os.waitpid(process, 0)[1]:
        raise CommandError("it cannot start")
