"""The door of Rasa's process: Voorop's channel alone comes in, with the token they share.

Named in bot/credentials.yml. Rasa's own channels ask nobody who they are, so none of them is opened beside it.
"""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.rasa.inside.turn import CHANNEL, ActionDidNotRun, take_turn

logger = logging.getLogger(__name__)


class VooropInput(InputChannel):
    """`POST /webhooks/voorop/turn`: one turn as JSON in, one turn as JSON out."""

    def __init__(self, token: str) -> None:
        if len(token) < 32:
            raise ValueError("the token of Voorop's channel is missing or too short")
        self._bearer = f"Bearer {token}".encode()

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any]) -> "VooropInput":
        return cls(str(credentials.get("token", "")))

    def blueprint(self, on_new_message: Callable[..., Awaitable[Any]]) -> Blueprint:
        """Routes below /webhooks/voorop. Answers hold no words but those of the turn itself."""
        routes = Blueprint("voorop_channel")

        @routes.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), self._bearer):
                return response.json({"error": "unauthorized"}, status=401)
            try:
                return response.json(await take_turn(request.app.ctx.agent.processor, request.json))
            except asyncio.CancelledError:
                raise
            except ActionDidNotRun as stopped:
                return response.json({"error": str(stopped)}, status=502)
            except Exception as error:
                # the kind only: the text of an error may hold what a person wrote
                logger.error("a turn failed: %s", type(error).__name__)
                return response.json({"error": type(error).__name__}, status=500)

        return routes
