"""The same demonstration on both engines, each in processes of its own, talked to over HTTP.

Rasa is measured where `make rasa` installed it. Our channel, our actions and our understanding stand around both; so
what differs is what deciding the next step costs, and what it takes to keep a process for it.
"""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import httpx2

from voorop.benchmarks.figures import p95, resident, since
from voorop.benchmarks.house import statements
from voorop.demonstration import demonstration_links
from voorop.errors import CommandError
from voorop.installation import opened_records
from voorop.serving import LOOPBACK, listen
from voorop.settings import PREFIX, Settings

VOOROP = (sys.executable, "-c", "import sys; from voorop.cli import main; sys.exit(main())")
Process: TypeAlias = "subprocess.Popen[bytes]"
PATIENCE = 180  # seconds that a process may take to start
ALONE, EACH, AT_ONCE = 10, 8, 16  # conversations after each other, answers of each, conversations at once


@dataclass(frozen=True)
class EngineFigures:
    """start in seconds, trained, from nothing running to the first link; turns in milliseconds; memory in megabytes of
    all processes together after the conversations."""

    name: str
    start: float
    turn: float
    turn_p95: float
    turns_a_second: float
    memory: float


def measure_engines(folder: Path, rasa: Path) -> list[EngineFigures]:
    """Voorop's own engine, and Rasa when the program `rasa` is there."""
    found = [_measure("its own engine", folder / "own", None)]
    if rasa.is_file():
        found.append(_measure("Rasa 3.6", folder / "rasa", rasa))
    return found


def _measure(name: str, folder: Path, rasa: Path | None) -> EngineFigures:
    with opened_records(Settings.from_environment({}, folder)) as records:
        links = demonstration_links(records.care_plan, folder, 4 * (ALONE + AT_ONCE))  # one visit in four is in Dutch
    tokens = [each["token"] for each in links["patient"] if each["language"] == "nl"]
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as running:
        started = time.perf_counter()
        processes, settings = _start_rasa(running, folder, rasa, url) if rasa else ([], {})
        demo = running.enter_context(_process(["demo", "--json", "--port", str(port), "--data", str(folder)], settings))
        _wait_until_it_tells(demo)
        start = time.perf_counter() - started
        turns = asyncio.run(_one_after_the_other(url, tokens[:ALONE]))
        at_once = asyncio.run(_all_at_once(url, tokens[ALONE : ALONE + AT_ONCE]))
        memory = sum(resident(process.pid) for process in [demo, *processes])
    return EngineFigures(name, start, statistics.median(turns), p95(turns), at_once, memory)


def _start_rasa(running: ExitStack, folder: Path, program: Path, url: str) -> tuple[list[Process], dict[str, str]]:
    """The actions and Rasa, both answering, and the settings of a channel that stands before them.

    url: where that channel will be.
    """
    secret = {"VOOROP_SECRET_FILE": str(folder / "secret")}
    actions, rasa = _free_port(), _free_port()
    served = ["rasa", "--program", str(program), "--port", str(rasa), "--actions", f"http://127.0.0.1:{actions}"]
    processes = [
        running.enter_context(_process(["actions", "--port", str(actions)], {**secret, "VOOROP_API_URL": url})),
        running.enter_context(_process(served, secret)),
    ]
    _wait_for(actions, rasa)
    return processes, {"VOOROP_ENGINE": "rasa", "VOOROP_RASA_URL": f"http://127.0.0.1:{rasa}"}


async def _one_after_the_other(url: str, tokens: list[str]) -> list[float]:
    """Milliseconds of every answer."""
    return [taken for seed, token in enumerate(tokens) for taken in await _talk(url, token, seed)]


async def _all_at_once(url: str, tokens: list[str]) -> float:
    """Answers a second."""
    started = time.perf_counter()
    talks = await asyncio.gather(*(_talk(url, token, 100 + seed) for seed, token in enumerate(tokens)))
    return sum(map(len, talks)) / (time.perf_counter() - started)


async def _talk(url: str, token: str, seed: int) -> list[float]:
    taken, words = [], statements(seed)
    async with httpx2.AsyncClient(base_url=url, timeout=PATIENCE) as client:
        (await client.post("/api/chat/open", json={"token": token})).raise_for_status()
        for number in range(EACH):
            said = {"id": str(uuid.uuid4()), "text": next(words) if number else "ja"}
            started = time.perf_counter()
            (await client.post("/api/chat/messages", json=said)).raise_for_status()
            taken.append(since(started))
    return taken


@contextmanager
def _process(arguments: list[str], settings: Mapping[str, str]) -> Iterator[Process]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(  # noqa: S603 - our own program
        [*VOOROP, *arguments], env={**own, **settings}, stdout=subprocess.PIPE, stderr=quiet
    )
    try:
        yield running
    finally:
        running.terminate()
        running.communicate()


def _wait_until_it_tells(demo: Process) -> None:
    """A demonstration prints its links once it answers."""
    if not demo.stdout or not demo.stdout.readline():
        raise CommandError("the demonstration did not start")


def _free_port() -> int:
    with listen(LOOPBACK, 0) as found:
        return int(found.getsockname()[1])


def _wait_for(*ports: int) -> None:
    until = time.monotonic() + PATIENCE
    for port in ports:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
