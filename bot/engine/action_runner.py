"""Runs custom actions on an action server over HTTP (Rasa 3.6 action-server protocol).

Answers: 200 with events and responses, 400 when the action rejects its execution, anything else is a failure. Bodies
are never put into an error, since they hold what a person said.
"""

import json
from typing import Any

import httpx2

from bot.engine.errors import ActionFailed, ActionRejected

LARGEST_ANSWER = 1_000_000
TIMEOUT_SECONDS = 10.0


class HttpActionRunner:
    """Calls `url` (usually .../webhook) with a bearer secret. Close it when done."""

    def __init__(
        self,
        url: str,
        secret: str,
        *,
        timeout: float = TIMEOUT_SECONDS,
        largest_answer: int = LARGEST_ANSWER,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._url = url
        self._largest = largest_answer
        self._client = httpx2.AsyncClient(
            headers={"Authorization": f"Bearer {secret}"},
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,  # a call holds all that was said; no proxy of the environment gets it
            transport=transport,
        )

    async def run(self, call: dict[str, Any]) -> dict[str, Any]:
        """One call. Raises ActionRejected or ActionFailed."""
        name = str(call.get("next_action"))
        try:
            async with self._client.stream("POST", self._url, json=call) as response:
                body = await self._read(response, name)
                status = response.status_code
        except httpx2.HTTPError as error:
            raise ActionFailed(f"the action server did not answer {name}: {type(error).__name__}") from error
        if status == httpx2.codes.BAD_REQUEST:
            raise ActionRejected(name)
        if status != httpx2.codes.OK:
            raise ActionFailed(f"the action server answered {name} with status {status}")
        return _answer(body, name)

    async def _read(self, response: httpx2.Response, name: str) -> bytes:
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > self._largest:
                raise ActionFailed(f"the action server answered {name} with more than {self._largest} bytes")
        return bytes(body)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def _answer(body: bytes, name: str) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise ActionFailed(f"the action server answered {name} with something other than JSON") from error
    if not isinstance(answer, dict):
        raise ActionFailed(f"the action server answered {name} with something other than an object")
    return answer
