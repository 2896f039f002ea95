"""Rasa's events as the built-in engine has them, so that the channel and the store need not know which one spoke."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.engine import events
from bot.engine.placeholders import used_values
from bot.engine.types import BotMessage, Button, Event

_ONLY_RASAS = ("metadata", "message_id")  # names of the model, which mean nothing outside of Rasa's process


def translated(found: Iterable[Event], slots: Mapping[str, Any]) -> tuple[Event, ...]:
    """The events of one turn. slots: as they are after it, for texts that an action gave without a response."""
    each = (_bot(event, slots) if event["event"] == "bot" else _plain(event) for event in found)
    return tuple(event for event in each if event is not None)


def _plain(event: Event) -> Event:
    kept = {name: value for name, value in event.items() if name not in _ONLY_RASAS}
    if event["event"] == "user":
        parsed = {name: value for name, value in event["parse_data"].items() if name != "message_id"}
        kept |= {"parse_data": parsed, "metadata": parsed.get("metadata") or {}}
    return kept


def _bot(event: Event, slots: Mapping[str, Any]) -> Event | None:
    told, data = event.get("metadata") or {}, event.get("data") or {}
    text = told.get("source", event["text"])
    buttons = tuple(map(_button, data.get("buttons") or ()))
    custom = data.get("custom") or None
    if not (text or buttons or custom):
        return None  # no variation of the response fitted
    values = told["values"] if "values" in told else used_values(text, slots)
    said = events.bot(BotMessage(told.get("utter_action"), text, values, buttons, custom), told.get("variation"))
    return {**said, "timestamp": event.get("timestamp")}


def _button(item: Mapping[str, Any]) -> Button:
    title = item.get("source_title", item["title"])
    return Button(title, str(item.get("payload") or title), item.get("title_values") or {})
