"""The HTTP client of an action server."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from bot.engine.action_runner import HttpActionRunner
from bot.engine.errors import ActionFailed, ActionRejected

CALL = {"next_action": "action_a", "tracker": {}, "domain": {}}


def run(handler: Callable[[httpx2.Request], httpx2.Response], **options: Any) -> dict[str, Any]:
    async def go() -> dict[str, Any]:
        transport = httpx2.MockTransport(handler)
        runner = HttpActionRunner("http://actions.test/webhook", "s3cret", transport=transport, **options)
        try:
            return await runner.run(CALL)
        finally:
            await runner.close()

    return asyncio.run(go())


def test_the_call_carries_the_secret_and_gives_the_answer() -> None:
    seen: list[httpx2.Request] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json={"events": [], "responses": [{"text": "hi"}]})

    assert run(handler) == {"events": [], "responses": [{"text": "hi"}]}
    assert seen[0].headers["authorization"] == "Bearer s3cret"
    assert json.loads(seen[0].content) == CALL


def test_status_400_is_a_rejection() -> None:
    with pytest.raises(ActionRejected):
        run(lambda _: httpx2.Response(400, json={"error": "no", "action_name": "action_a"}))


@pytest.mark.parametrize("status", [302, 401, 404, 449, 500, 503])
def test_any_other_status_is_a_failure_without_the_body(status: int) -> None:
    with pytest.raises(ActionFailed) as caught:
        run(lambda _: httpx2.Response(status, text="what a person said"))
    assert "said" not in str(caught.value)


@pytest.mark.parametrize("body", [b"not json", b"[1]", b"\xff\xfe"])
def test_an_answer_that_is_no_answer_is_a_failure(body: bytes) -> None:
    with pytest.raises(ActionFailed):
        run(lambda _: httpx2.Response(200, content=body))


def test_an_answer_that_is_too_long_is_a_failure() -> None:
    with pytest.raises(ActionFailed, match="more than 100 bytes"):
        run(lambda _: httpx2.Response(200, content=b" " * 101), largest_answer=100)


def test_a_server_that_is_down_is_a_failure() -> None:
    def handler(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("refused", request=request)

    with pytest.raises(ActionFailed, match="ConnectError"):
        run(handler)
