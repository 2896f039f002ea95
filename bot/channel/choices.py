"""Choices a person can make: offered under random ids, taken back only by the conversation they were offered in.

What a choice means (its payload, `/intent{"entity": value}` as in Rasa) never leaves the server.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channel.errors import ChoiceNotOpen
from bot.engine.payloads import parse_payload
from bot.engine.types import Button, Entity
from bot.store import OfferedChoice
from locales import N_

CHANGE = "change_answer"
CHANGE_LABEL = N_("Change")


MOVES = {  # what the page offers at any moment (contracts.md section 1), with the label of its button
    "back": N_("Back"),
    "skip": N_("Skip"),
    "example": N_("Example"),
    "pause": N_("Pause"),
    "explain": N_("I do not understand the question"),
    "repeat": N_("Ask me the question again"),
}
ANSWERS = ("skip",)  # the moves that count as an answer, which one may change later


@dataclass(frozen=True)
class Taken:
    """Choices that were made, as one message to the engine; `labels` are their unrendered texts."""

    intent: str
    entities: tuple[Entity, ...]
    labels: tuple[dict[str, Any], ...]

    @property
    def changeable(self) -> bool:
        """It is an answer. Wanting an explanation, or to change an earlier answer, is none."""
        return self.intent in ANSWERS or (self.intent != CHANGE and self.intent not in MOVES)


def offer(buttons: Sequence[Button], seq: int) -> tuple[OfferedChoice, ...]:
    """The choices that stand under the message `seq`."""
    return tuple(
        OfferedChoice(
            id=secrets.token_urlsafe(16),
            seq=seq,
            position=position,
            label=button.title,
            label_values=button.title_values,
            payload=button.payload,
            value=_value(button.payload),
        )
        for position, button in enumerate(buttons)
    )


def change_link(message_id: str, seq: int) -> OfferedChoice:
    """The link that lets a person change the answer they gave in the message `seq`."""
    payload = f"/{CHANGE}{json.dumps({'answer': message_id})}"
    return OfferedChoice(
        id=secrets.token_urlsafe(16),
        seq=seq,
        position=0,
        label=CHANGE_LABEL,
        label_values={},
        payload=payload,
        value=f"change:{message_id}",
        lasting=True,
    )


def move(name: str) -> Taken:
    """A move that needs no offer: it does nothing but what a person could as well say in words."""
    return Taken(name, (), ({"text": MOVES[name], "values": {}},))


def take(ids: Sequence[str], offered: Mapping[str, OfferedChoice]) -> Taken:
    """What the choices `ids` mean together.

    Raises:
        ChoiceNotOpen: one is not the conversation's own, not open any more, or does not go with the others.
    """
    chosen = [offered.get(each) for each in ids]
    valid = [each for each in chosen if each is not None and each.open]
    if len(valid) != len(ids) or len({each.seq for each in valid}) != 1:
        raise ChoiceNotOpen("choice")
    parsed = [parse_payload(each.payload) for each in valid]
    labels = tuple({"text": each.label, "values": dict(each.label_values)} for each in valid)
    if len(parsed) == 1:
        intent, entities = parsed[0]
        return Taken(intent, entities, labels)
    entities = tuple(entity for _, found in parsed for entity in found)
    alike = len({intent for intent, _ in parsed}) == 1 and len(entities) == len(valid)
    if not alike or any(entity.entity != "choice" for entity in entities):
        raise ChoiceNotOpen("choices")
    return Taken(parsed[0][0], entities, labels)


def _value(payload: str) -> str:
    """What a choice stands for, for programs: the value it chooses, or else the move it makes."""
    intent, entities = parse_payload(payload)
    found = {entity.entity: entity.value for entity in entities}
    if intent == CHANGE:
        return f"change:{found.get('answer')}"
    return str(found.get("choice", intent))
