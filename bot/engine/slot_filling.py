"""Fills slots from a user message: Rasa's action_extract_slots for the predefined mappings."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from bot.engine import events
from bot.engine.dialogue import Dialogue
from bot.engine.domain import ACTION_VALIDATE_SLOT_MAPPINGS, REQUESTED_SLOT, SESSION_METADATA_SLOT, Domain
from bot.engine.slots import Slot, SlotMapping
from bot.engine.tracker import Tracker
from bot.engine.types import Event

RunCustom = Callable[[str, Tracker], Awaitable[list[Event]]]
"""Runs a custom action on a tracker and gives its events, bot messages first."""


async def extract_slots(tracker: Tracker, run_custom: RunCustom) -> list[Event]:
    """The events that fill slots from the last message, in the order of the domain."""
    domain, dialogue = tracker.domain, tracker.live
    found: list[Event] = []
    done: set[str] = set()
    for slot in domain.slots.values():
        if slot.name in (REQUESTED_SLOT, SESSION_METADATA_SLOT):
            continue
        for mapping in slot.mappings:
            if not _applies(mapping, slot, dialogue, domain):
                continue
            if values := _values(mapping, dialogue):
                value = values if slot.type == "list" else values[-1]
                if value is not None or dialogue.slots.get(slot.name) is not None:
                    found.append(events.slot(slot.name, value))
                    break
            if mapping.type == "custom" and mapping.action and mapping.action not in done:
                done.add(mapping.action)
                found += _slots_and_messages(await run_custom(mapping.action, tracker))
    return await _validated(found, tracker, run_custom)


async def _validated(found: list[Event], tracker: Tracker, run_custom: RunCustom) -> list[Event]:
    if ACTION_VALIDATE_SLOT_MAPPINGS not in tracker.domain.actions:
        return found
    slots = events.slots_in(found)
    trial = tracker.copy()
    trial.update(*slots)
    validated = _slots_and_messages(await run_custom(ACTION_VALIDATE_SLOT_MAPPINGS, trial))
    names = {event["name"] for event in events.slots_in(validated)}
    messages = [event for event in found if event["event"] == "bot"]
    return messages + validated + [event for event in slots if event["name"] not in names]


def _slots_and_messages(found: list[Event]) -> list[Event]:
    return [event for event in found if event["event"] in ("slot", "bot")]


def _applies(mapping: SlotMapping, slot: Slot, dialogue: Dialogue, domain: Domain) -> bool:
    return (
        (mapping.type == "from_trigger_intent" or _conditions_hold(mapping, slot, dialogue))
        and _intent_fits(mapping, dialogue, domain)
        and not _ambiguous(mapping, slot, dialogue, domain)
    )


def _intent_fits(mapping: SlotMapping, dialogue: Dialogue, domain: Domain) -> bool:
    intent, loop = dialogue.intent, dialogue.loop_name
    if mapping.intents:
        return intent in mapping.intents
    if intent in mapping.not_intents:
        return False
    in_form = not mapping.conditions or any(item.active_loop == loop for item in mapping.conditions)
    form = domain.forms.get(loop or "") if in_form else None
    return form is None or intent not in form.ignored_intents


def _conditions_hold(mapping: SlotMapping, slot: Slot, dialogue: Dialogue) -> bool:
    if not mapping.conditions:
        return True
    requested = dialogue.slots.get(REQUESTED_SLOT)
    if dialogue.loop and dialogue.loop.rejected and requested == slot.name:
        return False
    for condition in mapping.conditions:
        if condition.active_loop is None:
            if dialogue.loop_name is None:
                return True
        elif condition.active_loop == dialogue.loop_name and condition.requested_slot in (None, requested):
            return True
    return False


def _ambiguous(mapping: SlotMapping, slot: Slot, dialogue: Dialogue, domain: Domain) -> bool:
    """An entity that could fill several slots of the form fills only the one that was asked for."""
    form = domain.forms.get(dialogue.loop_name or "")
    if mapping.type != "from_entity" or form is None or slot.name not in form.required_slots:
        return False
    if dialogue.slots.get(REQUESTED_SLOT) == slot.name:
        return False
    same = _mapping_key(mapping)
    others = [
        other
        for name in form.required_slots
        for other in domain.slots[name].mappings
        if other.type == "from_entity" and _mapping_key(other) == same
    ]
    return len(others) > 1


def _mapping_key(mapping: SlotMapping) -> str:
    return json.dumps(asdict(mapping), sort_keys=True)


def _values(mapping: SlotMapping, dialogue: Dialogue) -> list[Any]:
    message = dialogue.latest_message
    match mapping.type:
        case "from_entity" if message:
            return [item["value"] for item in message["entities"] if item["entity"] == mapping.entity]
        case "from_intent":
            return [mapping.value]
        case "from_trigger_intent" if _trigger_fits(mapping, dialogue):
            return [mapping.value]
        case "from_text" if message and not message.get("structured"):
            # The text of a choice is the bot's own: it is never kept as the person's words.
            return [message["text"]]
    return []


def _trigger_fits(mapping: SlotMapping, dialogue: Dialogue) -> bool:
    loops = [condition.active_loop for condition in mapping.conditions]
    return dialogue.loop_name is not None and (not loops or dialogue.loop_name in loops)
