"""Refuses oversize bodies before anything reads them: 1 MB for a contribution, 32 KB for everything else."""

import re
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem

CONTRIBUTION = re.compile(r"/visits/[^/]+/contributions/[^/]+$")
CONTRIBUTION_BYTES = 1024 * 1024
BYTES = 32 * 1024


class TooLarge(Exception):
    """The body goes on beyond the limit."""


def _too_large(accept_language: str) -> ASGIApp:
    return problem(413, "too_large", accept_language=accept_language)


class BodyLimit:
    """ASGI middleware. It reads the body itself, so that one without a length cannot slip through.

    refuse: the answer to a body that is too long, from the `Accept-Language` of the request.
    """

    def __init__(self, app: ASGIApp, refuse: Callable[[str], ASGIApp] = _too_large) -> None:
        self._app = app
        self._refuse = refuse

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
            await self._refuse(language)(scope, receive, send)
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
