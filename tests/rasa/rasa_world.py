"""Both engines side by side: Rasa in its own process, our action server and words behind it, one channel in front."""

import asyncio
import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI, Request, Response

from actions.elicitation.second_reader import SecondReader
from actions.registry import Actions
from actions.surroundings import care_plan_client, surroundings
from bot.engine.types import Interpreter, ParseData
from bot.rasa.responder import Responder
from records.keys import Keys
from voorop.action_runner import InProcessActions
from voorop.action_server import action_server
from voorop.engines import RASA_KEY, load_domain
from voorop.rasa import command, environment

RASA = os.environ.get("TEST_RASA", "")
SECONDS_TO_START = 120


class CarePlan:
    """Takes everything that the actions write, and keeps it per conversation."""

    def __init__(self, reader: SecondReader | None = None) -> None:
        self._reader = reader
        self.told: dict[str, list[Any]] = {}
        self.fails = False
        self.app = FastAPI()
        self.app.add_api_route("/{path:path}", self._take, methods=["PUT", "POST", "DELETE"])

    async def _take(self, request: Request) -> Response:
        if self.fails:
            return Response(status_code=503)
        key = request.headers["idempotency-key"]
        body = await request.body()
        written = without_times(json.loads(body)) if body else None
        conversation, *purpose = key.split(":")[:3]  # behind them a fingerprint, which times are part of
        self.told.setdefault(conversation, []).append([request.method, request.url.path, purpose, written])
        return Response(status_code=204)

    def actions(self) -> InProcessActions:
        """The assistant's actions, writing here and reading statements as in a practice."""
        client = care_plan_client("http://plan", b"secret", httpx2.ASGITransport(app=self.app))
        return InProcessActions(Actions(surroundings(client, self._reader)))


def without_times(value: Any) -> Any:
    """The same, without the moments at which something happened."""
    match value:
        case dict():
            return {name: without_times(each) for name, each in value.items() if name not in ("started", "minutes")}
        case list():
            return [without_times(each) for each in value]
        case _:
            return value


class Heard:
    """An interpreter that is asked once: both engines get the same answer to the same question."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._known: dict[tuple[str, str | None, str | None], ParseData] = {}
        self.intents = getattr(interpreter, "intents", ())

    async def parse(self, text: str, *, language: str | None, question: str | None) -> ParseData:
        asked = (text, language, question)
        if asked not in self._known:
            self._known[asked] = await self._interpreter.parse(text, language=language, question=question)
        return self._known[asked]


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of an application that is served by a thread."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@contextmanager
def rasa_process(model: Path, keys: Keys, actions_url: str, folder: Path) -> Iterator[str]:
    """The address of Rasa, started as `voorop rasa` starts it. What it writes is in the folder's `rasa.log`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = environment(os.environ, keys, actions_url)
    with (folder / "rasa.log").open("w") as log:
        process = subprocess.Popen(command(Path(RASA), model, port), cwd=folder, env=told, stdout=log, stderr=log)
        try:
            yield _ready(f"http://127.0.0.1:{port}", process, folder / "rasa.log")
        finally:
            process.terminate()
            process.wait(30)


def _ready(url: str, process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx2.get(url)
            return url
        except httpx2.HTTPError:
            time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8")[-3000:])


@contextmanager
def rasa_world(model: Path, folder: Path, plan: CarePlan) -> Iterator[tuple[str, Keys]]:
    """Rasa on the project's own files, with the actions and words that `voorop actions` serves."""
    keys = Keys.load(folder / "secret")
    server = action_server(plan.actions(), Responder(load_domain()), (keys.derive(RASA_KEY).hex(),))
    with served(server) as actions_url, rasa_process(model, keys, actions_url, folder) as url:
        yield url, keys
