"""The events that a conversation on Rasa is kept as, from turn to turn.

Rasa replays all events in every turn. Those of the last turns stay whole. Of what is older the policies see which
actions ran, which intents came and the slots that influence the conversation; the rest of it is dropped, so that
neither the size of a turn nor the words that are kept grow with the conversation.
"""

from collections.abc import Collection, Iterable
from typing import Any

from bot.engine.types import Event

WHOLE_TURNS = 4  # messages of a person, the newest included
_DATA = {"elements": None, "quick_replies": None, "buttons": None, "attachment": None, "image": None, "custom": None}


def shortened(events: Iterable[Event], influencing: Collection[str]) -> list[Event]:
    """The same conversation in fewer words. influencing: the slots that the policies see, all values of which count."""
    found = list(events)
    old = _start_of_whole_turns(found)
    last = {_subject(event): place for place, event in enumerate(found[:old])}
    kept = [
        _bare(event)
        for place, event in enumerate(found[:old])
        if event["event"] not in ("slot", "bot") or event.get("name") in influencing or last[_subject(event)] == place
    ]
    return kept + found[old:]


def _start_of_whole_turns(events: list[Event]) -> int:
    messages = [place for place, event in enumerate(events) if event["event"] == "user"]
    return messages[-WHOLE_TURNS] if len(messages) >= WHOLE_TURNS else 0


def _subject(event: Event) -> tuple[str, Any]:
    """What a later event of the same kind replaces: the slot, or the response whose variations come in turn."""
    if event["event"] == "bot":
        return "bot", (event.get("metadata") or {}).get("utter_action")
    return event["event"], event.get("name")


def _bare(event: Event) -> Event:
    """An old event without what was said."""
    match event["event"]:
        case "user":
            parsed = event["parse_data"]
            heard = {"text": "", "intent": parsed["intent"], "entities": parsed["entities"], "intent_ranking": []}
            return {**event, "text": "", "parse_data": heard, "metadata": {}}
        case "bot":
            told = event.get("metadata") or {}
            kept = {name: told[name] for name in ("utter_action", "variation") if name in told}
            return {**event, "text": None, "data": dict(_DATA), "metadata": kept}
        case _:
            return event
