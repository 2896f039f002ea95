"""Events in Rasa 3.6's JSON form: how the engine makes them and which ones an action may return."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.engine.errors import ActionFailed
from bot.engine.types import BotMessage, Button, Event, ParseData, UserMessage

INPUT_CHANNEL = "voorop"
_EMPTY_DATA: dict[str, Any] = {"elements": None, "quick_replies": None, "attachment": None, "image": None}
_FROM_ACTIONS = {
    "slot": ("name",),
    "reset_slots": (),
    "active_loop": (),
    "followup": ("name",),
    "pause": (),
    "resume": (),
    "restart": (),
    "session_started": (),
    "rewind": (),
    "undo": (),
    "action": ("name",),
    "action_execution_rejected": ("name",),
    "loop_interrupted": (),
}


def action(name: str, policy: str | None = None, confidence: float | None = None, hide: bool = False) -> Event:
    """An action ran."""
    return {
        "event": "action",
        "name": name,
        "policy": policy,
        "confidence": confidence,
        "action_text": None,
        "hide_rule_turn": hide,
    }


def slot(name: str, value: Any) -> Event:
    """A slot got a value."""
    return {"event": "slot", "name": name, "value": value}


def active_loop(name: str | None) -> Event:
    """A loop became active, or none is active any more."""
    return {"event": "active_loop", "name": name}


def rejected(name: str, policy: str | None, confidence: float | None) -> Event:
    """An action refused to run."""
    return {"event": "action_execution_rejected", "name": name, "policy": policy, "confidence": confidence}


def featurization() -> Event:
    """The policies looked at the intent of the last message, not at its text."""
    return {"event": "user_featurization", "use_text_for_featurization": False}


def loop_interrupted() -> Event:
    """The active loop runs again after an unhappy path: it must not validate."""
    return {"event": "loop_interrupted", "is_interrupted": True}


def simple(kind: str) -> Event:
    """An event that is only its name: session_started, restart, rewind, ..."""
    return {"event": kind}


def user(message: UserMessage, parsed: ParseData) -> Event:
    """A message of a person. `structured` marks a choice, whose text no from_text mapping takes."""
    entities = [{"entity": item.entity, "value": item.value} for item in parsed.entities]
    intent = {"name": parsed.intent, "confidence": parsed.confidence}
    data = dict(parsed.extra) | {
        "text": message.text,
        "intent": intent,
        "entities": entities,
        "intent_ranking": [dict(intent)],
        "metadata": dict(message.metadata),
        "structured": message.intent is not None,
    }
    return {
        "event": "user",
        "text": message.text,
        "parse_data": data,
        "input_channel": INPUT_CHANNEL,
        "metadata": dict(message.metadata),
    }


def bot(message: BotMessage, variation: str | None = None) -> Event:
    """A message of the bot, unrendered; `variation` tells which variation of the response it is."""
    buttons = [
        {"title": button.title, "payload": button.payload, "title_values": dict(button.title_values)}
        for button in message.buttons
    ]
    custom = dict(message.custom) if message.custom is not None else None
    metadata = {"utter_action": message.response, "values": dict(message.values), "variation": variation}
    data = _EMPTY_DATA | {"buttons": buttons or None, "custom": custom}
    return {"event": "bot", "text": message.text, "data": data, "metadata": metadata}


def as_question(event: Event, slot_name: str) -> Event:
    """The same event; a bot message is marked as the one that asks for the slot."""
    if event["event"] != "bot":
        return event
    return event | {"metadata": event["metadata"] | {"question": slot_name}}


def bot_message(event: Event) -> BotMessage:
    """The message that a `bot` event holds."""
    data, metadata = event["data"], event["metadata"]
    return BotMessage(
        response=metadata.get("utter_action"),
        text=event["text"],
        values=metadata.get("values") or {},
        buttons=tuple(
            Button(item["title"], item["payload"], item.get("title_values") or {}) for item in data["buttons"] or ()
        ),
        custom=data["custom"],
    )


def from_action(items: Any, name: str) -> list[Event]:
    """The events an action answered with. One that is unknown or broken makes the action fail."""
    if not isinstance(items, list):
        raise ActionFailed(f"the action {name} answered without a list of events")
    return [_checked(item, name) for item in items]


def _checked(item: Any, name: str) -> Event:
    kind = item.get("event") if isinstance(item, Mapping) else None
    if kind not in _FROM_ACTIONS:
        raise ActionFailed(f"the action {name} answered with an event that is not supported: {kind}")
    if any(not isinstance(item.get(key), str) for key in _FROM_ACTIONS[kind]):
        raise ActionFailed(f"the action {name} answered with a broken event: {kind}")
    if kind == "active_loop" and not isinstance(item.get("name"), str | None):
        raise ActionFailed(f"the action {name} answered with a broken event: {kind}")
    if kind == "slot" and "value" not in item:
        raise ActionFailed(f"the action {name} answered with a slot event without a value")
    return {key: value for key, value in item.items() if key != "timestamp"}


def slots_in(found: Iterable[Event]) -> list[Event]:
    """Only the slot events."""
    return [event for event in found if event["event"] == "slot"]
