"""Refuses oversize bodies before anything reads them: 1 MB for a contribution, 32 KB for everything else."""

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem

CONTRIBUTION = re.compile(r"/visits/[^/]+/contributions/[^/]+$")
CONTRIBUTION_BYTES = 1024 * 1024
BYTES = 32 * 1024


class TooLarge(Exception):
    """The body goes on beyond the limit."""


class BodyLimit:
    """ASGI middleware. It reads the body itself, so that one without a length cannot slip through."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = CONTRIBUTION_BYTES if CONTRIBUTION.search(scope["path"]) else BYTES
        try:
            body = await _read(receive, most)
        except TooLarge:
            headers = dict(scope["headers"])
            language = headers.get(b"accept-language", b"").decode("latin-1")
            await problem(413, "too_large", accept_language=language)(scope, receive, send)
            return
        handed_over = False

        async def replay() -> Message:
            nonlocal handed_over
            if handed_over:
                return await receive()
            handed_over = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)


async def _read(receive: Receive, most: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > most:
            raise TooLarge
        if not message.get("more_body", False):
            return bytes(body)
