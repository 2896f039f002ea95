"""Rasa's REST channel for development: tools that talk to a Rasa assistant can talk to this one.

The sender is an invitation (its token or typed code), the message is text, or the `payload` of a button that was
offered. Whoever knows an invitation talks as its person, so this is never there in a practice.
Source: Rasa 3.6, "Your Own Website", RestInput.
"""

import uuid
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

import locales
from bot.channel.errors import ChatError, InvitationNotValid
from bot.channel.schemas import RestBody, read_body
from bot.channel.service import ChatService
from bot.channel.view import Incoming, Message

MOST_SENDERS = 1_000


def rest_router(service: ChatService) -> APIRouter:
    """POST /webhooks/rest/webhook: `{"sender", "message"}` → `[{"recipient_id", "text", "buttons"}]`."""
    router = APIRouter(include_in_schema=False)
    sessions: dict[str, str] = {}

    async def session_of(sender: str) -> str:
        if sender not in sessions:
            try:
                opened = await service.open(token=sender)
            except InvitationNotValid:
                opened = await service.open(code=sender)
            while len(sessions) >= MOST_SENDERS:
                sessions.pop(next(iter(sessions)))
            sessions[sender] = opened.session_token
        return sessions[sender]

    @router.post("/webhooks/rest/webhook")
    async def webhook(request: Request) -> JSONResponse:
        try:
            body = await read_body(request, RestBody)
            session = await session_of(body.sender)
            offered = {choice.id for message in (await service.read(session)).messages for choice in message.choices}
            said = {"choices": (body.message,)} if body.message in offered else {"text": body.message}
            reply = await service.send(session, Incoming(id=str(uuid.uuid4()), **said))
        except ChatError as error:
            message = locales.translate(locales.SOURCE, error.msgid)
            return JSONResponse({"error": {"code": error.code, "message": message, "field": error.field}}, error.status)
        return JSONResponse([_as_rasa(body.sender, each) for each in reply.messages if each.sender == "bot"])

    return router


def _as_rasa(sender: str, message: Message) -> dict[str, Any]:
    shown: dict[str, Any] = {"recipient_id": sender, "text": message.text}
    if message.choices:
        shown["buttons"] = [{"title": choice.label, "payload": choice.id} for choice in message.choices]
    return shown
