"""Whose address counts: a proxy's word for it is taken from this machine, or from where FORWARDED_ALLOW_IPS says."""

import os
import subprocess
import sys

import httpx2
import pytest

from voorop.settings import PROJECT

SERVES = """
from fastapi import FastAPI, Request
from voorop.serving import address, listen, serve
app = FastAPI()
@app.get("/")
def who(request: Request) -> str:
    return request.client.host
listening = listen("127.0.0.1", 0)
serve(app, listening, lambda: print(address(listening), flush=True))
"""


@pytest.mark.parametrize(
    ("trusted", "counts"),
    [
        ({}, "203.0.113.7"),
        ({"FORWARDED_ALLOW_IPS": "10.0.0.5"}, "127.0.0.1"),
        ({"FORWARDED_ALLOW_IPS": "10.0.0.5,127.0.0.0/8"}, "203.0.113.7"),
    ],
)
def test_only_a_proxy_that_is_trusted_says_who_asks(trusted: dict[str, str], counts: str) -> None:
    own = {name: value for name, value in os.environ.items() if name != "FORWARDED_ALLOW_IPS"}
    command = [sys.executable, "-c", SERVES]
    with subprocess.Popen(command, env=own | trusted, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        answer = httpx2.get(url, headers={"X-Forwarded-For": "203.0.113.7"}, trust_env=False)
        server.terminate()
    assert answer.json() == counts
