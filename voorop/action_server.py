"""The actions as a server of their own, for Rasa or for the built-in engine; and Rasa's source of words.

rasa-sdk has a server too, but it listens everywhere, asks nobody who they are, and answers an error with all that it
was sent. This one speaks the same protocol on loopback, only to who has the secret, and never repeats what it heard.
"""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from actions.registry import Actions
from actions.surroundings import DEFAULT_API_URL, SERVICE_KEY, care_plan_client, surroundings
from bot.engine.errors import ActionFailed, ActionRejected
from bot.engine.types import ActionRunner
from bot.nlu.encoder import SentenceEncoder
from bot.rasa.responder import Responder, UnknownResponse
from records.keys import Keys
from voorop.action_runner import InProcessActions
from voorop.engines import RASA_KEY, load_domain
from voorop.settings import Settings
from voorop.understanding import load_reader

logger = logging.getLogger(__name__)

LARGEST_CALL = 16_000_000  # bytes; a call holds the whole tracker
Answering = Callable[[dict[str, Any]], Awaitable[JSONResponse]]


def load_action_server(settings: Settings) -> FastAPI:
    """The server of this installation: its actions write to the care-plan API at VOOROP_API_URL."""
    keys = Keys.load(settings.secret_file)
    service, engine = keys.derive(SERVICE_KEY), keys.derive(RASA_KEY)
    client = care_plan_client(settings.api_url or DEFAULT_API_URL, service)
    actions = Actions(surroundings(client, load_reader(settings, SentenceEncoder())))
    return action_server(InProcessActions(actions), Responder(load_domain()), (service.hex(), engine.hex()))


def action_server(actions: ActionRunner, responder: Responder, secrets: Collection[str]) -> FastAPI:
    """`POST /webhook` runs an action, `POST /nlg` words a response, `GET /health` answers anybody.

    secrets: each of them opens both, as a bearer token.
    """
    app = FastAPI(title="Voorop actions", docs_url=None, redoc_url=None, openapi_url=None)
    bearers = [f"Bearer {secret}".encode() for secret in secrets]

    async def run(call: dict[str, Any]) -> JSONResponse:
        try:
            return JSONResponse(await actions.run(call))
        except ActionRejected:
            return JSONResponse({"error": "rejected", "action_name": call.get("next_action")}, 400)
        except ActionFailed:
            return _refused(500, "the action failed")

    async def word(call: dict[str, Any]) -> JSONResponse:
        try:
            return JSONResponse(responder.answer(call))
        except UnknownResponse:
            return _refused(404, "there is no such response")

    @app.get("/health")
    async def health() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @app.post("/webhook")
    async def webhook(request: Request) -> JSONResponse:
        return await _answer(request, bearers, run)

    @app.post("/nlg")
    async def nlg(request: Request) -> JSONResponse:
        return await _answer(request, bearers, word)

    return app


async def _answer(request: Request, bearers: Collection[bytes], answering: Answering) -> JSONResponse:
    given = request.headers.get("authorization", "").encode()
    if not any(hmac.compare_digest(given, bearer) for bearer in bearers):
        return _refused(401, "unauthorized")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_CALL:
            return _refused(413, "too large")
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        return _refused(422, "not JSON")
    if not isinstance(call, dict):
        return _refused(422, "not an object")
    try:
        return await answering(call)
    except Exception as error:
        # only its kind: the text of an error may hold what a person wrote
        logger.error("a call failed: %s", type(error).__name__)
        return _refused(500, "failed")


def _refused(status: int, error: str) -> JSONResponse:
    return JSONResponse({"error": error}, status)
