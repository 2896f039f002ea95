"""`python -m rasa_sdk --actions actions` starts the same actions as a server of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from ruamel.yaml import YAML

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def action_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("action-server")
    environment = {
        "PATH": "/usr/bin:/bin",
        "SANIC_HOST": "127.0.0.1",
        "VOOROP_SECRET_FILE": str(folder / "secret"),
        "VOOROP_API_URL": "http://127.0.0.1:9",  # nothing listens there
        "PYTHONPATH": str(PROJECT),
    }
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "-p", str(port)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", server, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, signal.SIGKILL)  # asked to end, its manager may go round for ever on a busy machine
            server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text()
        try:
            if httpx2.get(url).is_success:
                return
        except httpx2.HTTPError:
            time.sleep(0.1)
    pytest.fail(f"the action server did not answer: {log.read_text()}")


def call(action: str, slots: dict[str, Any]) -> dict[str, Any]:
    tracker = {
        "sender_id": "c1",
        "slots": slots,
        "latest_message": {"text": "", "intent": {"name": "open_conversation"}, "entities": [], "metadata": {}},
        "events": [],
        "paused": False,
        "followup_action": None,
        "active_loop": {},
        "latest_action_name": "action_listen",
        "latest_input_channel": "chat",
    }
    domain = YAML(typ="safe").load(PROJECT / "bot" / "domain.yml")
    return {"next_action": action, "sender_id": "c1", "tracker": tracker, "domain": domain}


def test_every_custom_action_of_the_domain_is_there(action_server: str) -> None:
    served = {entry["name"] for entry in httpx2.get(f"{action_server}/actions").json()}
    assert served == set(YAML(typ="safe").load(PROJECT / "bot" / "domain.yml")["actions"])


def test_an_action_answers_by_rasas_protocol(action_server: str) -> None:
    answer = httpx2.post(f"{action_server}/webhook", json=call("action_open_conversation", {"role": "patient"}))
    assert answer.status_code == 200
    slots = {event["name"]: event["value"] for event in answer.json()["events"]}
    assert slots["interview"]["role"] == "patient"
    assert slots["part"] == {"done": 1, "of": 8}
