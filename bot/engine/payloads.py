"""Payloads of buttons: `/intent` or `/intent{"entity": value}`.

Only for payloads that the server itself made. What a person types is never read as a payload.
"""

import json
import re

from bot.engine.errors import EngineError
from bot.engine.types import Entity

_PAYLOAD = re.compile(r"\A/(?P<intent>[^{@\s]+)\s*(?P<entities>\{.*\})?\s*\Z", re.DOTALL)


class PayloadError(EngineError):
    """The payload of a button is not in the form that buttons have."""


def parse_payload(payload: str) -> tuple[str, tuple[Entity, ...]]:
    """The intent and the entities of a button; an entity with a list of values becomes one entity per value."""
    match = _PAYLOAD.match(payload)
    if match is None:
        raise PayloadError("a payload is /intent, with or without a JSON object after it")
    try:
        found = json.loads(match["entities"] or "{}")
    except ValueError as error:
        raise PayloadError("the entities of a payload must be a JSON object") from error
    entities: list[Entity] = []
    for name, value in found.items():
        values = value if isinstance(value, list) else [value]
        entities.extend(Entity(name, item) for item in values)
    return match["intent"], tuple(entities)
