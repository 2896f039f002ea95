"""Owns how one message stands in the thread: how far back it is, whose it is, and the numbers to call in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.channel.view import Choice, ConversationView, Message, Part
from web.patient.pieces import Piece, pieces

Distance = Literal["far", "near", "now"]

DANGER = ("safety", "safety_continue")
"""The questions that are asked while danger comes first."""


@dataclass(frozen=True)
class PhoneNumber:
    """A line to call; `tel` is what the phone dials. The texts are message ids; lines may share a `note`."""

    name: str
    number: str
    tel: str
    about: str
    details: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Turn:
    """One message of either side as it stands in the thread."""

    seq: int
    sender: str
    kind: str
    lang: str
    dir: str
    distance: Distance
    pieces: tuple[Piece, ...]
    choices: tuple[Choice, ...] = ()
    numbers: tuple[PhoneNumber, ...] = ()


def turn_of(message: Message, distance: Distance) -> Turn:
    said = message.sender != "bot"
    parts = message.parts or (Part(message.text, said, message.lang, message.dir),)
    return Turn(
        seq=message.seq,
        sender=message.sender,
        kind=message.kind,
        lang=message.lang,
        dir=message.dir,
        distance=distance,
        pieces=pieces(parts),
        choices=tuple(message.choices) if said else (),
        numbers=numbers_of(message.items),
    )


def distances_of(messages: Sequence[Message]) -> list[Distance]:
    """How far back each message is: this exchange, the one before, or longer ago."""
    distances: list[Distance] = []
    answers_since = 0
    for message in reversed(messages):
        if message.sender != "bot":
            answers_since += 1
        back = answers_since - (message.sender != "bot")
        distances.append("now" if back == 0 else "near" if back == 1 else "far")
    return distances[::-1]


def just_said_of_danger(messages: Sequence[Message]) -> Sequence[Message]:
    """Safety messages right before the open question: they stay with it, so that their numbers stay in sight."""
    start = len(messages)
    while start and messages[start - 1].sender == "bot" and messages[start - 1].kind == "safety":
        start -= 1
    return messages[start:]


def numbers_in_view(view: ConversationView, danger: Sequence[Message]) -> tuple[PhoneNumber, ...]:
    """While danger is talked about, the last numbers given stay in view, also when their message is further up."""
    if view.question not in DANGER or any(numbers_of(message.items) for message in danger):
        return ()
    given = (
        numbers_of(each.items) for each in reversed(view.messages) if each.sender == "bot" and each.kind == "safety"
    )
    return next((numbers for numbers in given if numbers), ())


def numbers_of(items: Iterable[Mapping[str, Any]]) -> tuple[PhoneNumber, ...]:
    return tuple(_number(item) for item in items if item.get("number"))


def _number(item: Mapping[str, Any]) -> PhoneNumber:
    """A contact of data/contacts; hours that its source does not tell are not told."""
    details = (str(item.get(field) or "") for field in ("hours", "cost"))
    return PhoneNumber(
        name=str(item.get("name") or ""),
        number=str(item["number"]),
        tel=re.sub(r"[^0-9+*#]", "", str(item.get("tel") or item["number"])),
        about=str(item.get("about") or ""),
        details=tuple(text for text in details if text),
        note=str(item.get("note") or ""),
    )
