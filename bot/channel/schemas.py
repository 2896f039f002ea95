"""The bodies that the chat interface takes (contracts.md section 6), and how they are read.

A body is read by hand: its size counts before it is parsed, and what is wrong with it is never echoed.
"""

import json
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.channel.errors import BadRequest, MessageTooLong
from bot.channel.limits import MAX_BODY, check_text
from bot.channel.view import Incoming

Body = TypeVar("Body", bound=BaseModel)


class OpenBody(BaseModel):
    """An invitation: the token of a link, or a typed code."""

    model_config = ConfigDict(extra="ignore", strict=True)
    token: str | None = None
    code: str | None = None


class MessageBody(BaseModel):
    """A message: typed text, a choice, several choices, or choices with text, or a move."""

    model_config = ConfigDict(extra="ignore", strict=True)
    id: str
    text: str | None = None
    choice: str | None = None
    choices: list[str] = []
    typed_by: str | None = None
    move: str | None = None

    def incoming(self) -> Incoming:
        chosen = (*([self.choice] if self.choice is not None else ()), *self.choices)
        return Incoming(self.id, self.text, chosen, self.typed_by, self.move)


class LanguageBody(BaseModel):
    """A language to go on in."""

    model_config = ConfigDict(extra="ignore", strict=True)
    language: str


class RestBody(BaseModel):
    """What Rasa's REST channel takes."""

    model_config = ConfigDict(extra="ignore", strict=True)
    sender: str
    message: str


async def read_body(request: Request, shape: type[Body]) -> Body:
    """The body of a request in its shape.

    Raises:
        MessageTooLong: more than the channel takes; the rest is not read.
        BadRequest: it is not JSON, or not of this shape.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BadRequest("content-type")  # a form of another site could send text/plain
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > MAX_BODY:
            raise MessageTooLong()
    found = _json(bytes(received))
    if isinstance(found.get("text"), str):
        check_text(found["text"], needed=False)  # before the model: it would refuse lone surrogates as "not a text"
    try:
        return shape.model_validate(found)
    except ValidationError as error:
        raise BadRequest(str(error.errors()[0]["loc"][0]) if error.errors()[0]["loc"] else None) from None


def _json(received: bytes) -> dict[str, Any]:
    try:
        found = json.loads(received)
    except (ValueError, RecursionError):
        raise BadRequest() from None
    if not isinstance(found, dict):
        raise BadRequest()
    return found
