"""Chooses how to say a response. Rendering is left to the channel."""

from collections.abc import Mapping
from typing import Any

from bot.engine import events
from bot.engine.domain import Domain, Variation
from bot.engine.errors import ActionFailed
from bot.engine.placeholders import used_values
from bot.engine.tracker import Tracker
from bot.engine.types import BotMessage, Button, Event

_MESSAGE_KEYS = ("text", "buttons", "elements", "custom", "template", "response", "image", "attachment")
_NOT_SENT = ("elements", "image", "attachment")


def say(response: str, tracker: Tracker, values: Mapping[str, Any] | None = None) -> Event | None:
    """The `bot` event for a response of the domain; None if no variation fits."""
    chosen = choose(tracker.domain, response, tracker.live.slots, tracker.said.get(response), values or {})
    return events.bot(*chosen) if chosen else None


def choose(
    domain: Domain, response: str, slots: Mapping[str, Any], last: str | None, values: Mapping[str, Any]
) -> tuple[BotMessage, str] | None:
    """How to say a response, and the key of the variation; None if no variation fits. `last` is the key that was said
    last, `values` go before the slots.
    """
    all_values = {**slots, **values}
    fitting = _fitting(domain, response, slots)
    if not fitting:
        return None
    chosen = _next_variation(fitting, last)
    buttons = tuple(
        Button(button.title, button.payload, used_values(button.title, all_values)) for button in chosen.buttons
    )
    text_values = used_values(chosen.text, all_values)
    return BotMessage(response, chosen.text, text_values, buttons, chosen.custom), chosen.key


def values_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """What an action gave with a response to put into its text."""
    return {key: value for key, value in given.items() if key not in _MESSAGE_KEYS}


def from_action(items: Any, tracker: Tracker, action: str) -> list[Event]:
    """The `bot` events for what an action uttered."""
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise ActionFailed(f"the action {action} answered without a list of responses")
    trial = tracker.copy()
    found: list[Event] = []
    for item in items:
        event = _uttered(item, trial, action)
        if event is not None:
            trial.update(event)
            found.append(event)
    return found


def _uttered(item: Mapping[str, Any], tracker: Tracker, action: str) -> Event | None:
    """A response the action names, overlaid by what else it gave."""
    if any(item.get(key) for key in _NOT_SENT):
        raise ActionFailed(f"the action {action} sent an image, attachment or element, which cannot be shown")
    name = item.get("response") or item.get("template")
    values = values_of(item)
    all_values = {**tracker.live.slots, **values}
    buttons = tuple(_button(button, all_values, action) for button in item.get("buttons") or ())
    text, custom = item.get("text") or None, item.get("custom") or None
    if not name:
        return events.bot(BotMessage(None, text, used_values(text, all_values), buttons, custom))
    if name not in tracker.domain.responses:
        raise ActionFailed(f"the action {action} uttered the unknown response {name}")
    said = say(name, tracker, values)
    if said is None:
        return None
    message = events.bot_message(said)
    named = used_values(text, all_values) if text else message.values
    whole = BotMessage(name, text or message.text, named, message.buttons + buttons, custom or message.custom)
    return events.bot(whole, said["metadata"]["variation"])


def _button(item: Any, values: Mapping[str, Any], action: str) -> Button:
    if not isinstance(item, Mapping) or not isinstance(item.get("title"), str):
        raise ActionFailed(f"the action {action} sent a button without a title")
    title, payload = item["title"], item.get("payload")
    return Button(title, str(payload or title), item.get("title_values") or used_values(title, values))


def _fitting(domain: Domain, response: str, slots: Mapping[str, Any]) -> list[Variation]:
    """Variations whose conditions hold; without any, those that have no conditions."""
    variations = domain.responses.get(response, ())
    conditional = [item for item in variations if item.conditions and _holds(item, slots)]
    return conditional or [item for item in variations if not item.conditional]


def _holds(variation: Variation, slots: Mapping[str, Any]) -> bool:
    for name, wanted in variation.conditions:
        value = slots.get(name)
        if isinstance(value, str) and isinstance(wanted, str):
            if value.casefold() != wanted.casefold():
                return False
        elif value != wanted:
            return False
    return True


def _next_variation(fitting: list[Variation], last: str | None) -> Variation:
    """Each in turn, so that nothing is said twice in a row and the same talk goes the same way."""
    keys = [variation.key for variation in fitting]
    if last not in keys:
        return fitting[0]
    return fitting[(keys.index(last) + 1) % len(fitting)]
