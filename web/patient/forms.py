"""Owns how a posted form becomes data: bounded, decoded, with what was typed kept safe to show again.

Browsers send line ends of a text area as CRLF (HTML standard, form submission); people only made a new line.
"""

from dataclasses import dataclass
from urllib.parse import parse_qs

from fastapi import Request

from bot.channel.errors import BadRequest, MessageTooLong
from bot.channel.view import Incoming

MOST_BYTES = 256 * 1024
"""Room for a text that is too long, so that it can be given back to be shortened."""
MOST_FIELDS = 40


@dataclass(frozen=True)
class Answer:
    """What was posted from the conversation page. `unsent` is text that stood in the field while a button was used."""

    incoming: Incoming
    text: str
    unsent: str


async def read_form(request: Request) -> dict[str, list[str]]:
    """The fields of an urlencoded form.

    Bytes that are no UTF-8 become lone surrogates, which the channel refuses with a kind message.

    Raises:
        MessageTooLong, BadRequest
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise MessageTooLong("text")
    try:
        return parse_qs(
            body.decode("ascii", "surrogateescape"),
            keep_blank_values=True,
            errors="surrogateescape",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise BadRequest() from None


def first(form: dict[str, list[str]], name: str) -> str:
    return form.get(name, [""])[0]


def read_answer(form: dict[str, list[str]]) -> Answer:
    """A button (a choice or a move) goes alone: text that is still in the field is not sent with it."""
    text = first(form, "text").replace("\r\n", "\n")
    pressed, move = form.get("choice", []), first(form, "move")
    alone = bool(pressed or move)
    incoming = Incoming(
        id=first(form, "id"),
        text=None if alone or not text else text,
        choices=tuple(pressed[:1] or ([] if move else form.get("pick", []))),
        typed_by=first(form, "typed_by") or None,
        move=move or None,
    )
    return Answer(incoming, showable(text), showable(text) if alone else "")


def showable(text: str) -> str:
    """The text with signs replaced that no page can carry."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
