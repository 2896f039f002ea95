"""Rasa 3.6's default actions, without those for two-stage fallback."""

from bot.engine import events, responses
from bot.engine.domain import (
    ACTION_DEFAULT_FALLBACK,
    ACTION_EXTRACT_SLOTS,
    ACTION_LISTEN,
    ACTION_SESSION_START,
    REQUESTED_SLOT,
)
from bot.engine.slot_filling import RunCustom, extract_slots
from bot.engine.tracker import Tracker
from bot.engine.types import Event


class DefaultActions:
    """The actions that every assistant has."""

    def __init__(self, run_custom: RunCustom) -> None:
        self._run_custom = run_custom

    async def run(self, name: str, tracker: Tracker) -> list[Event]:
        """The events of a default action."""
        rewind = events.simple("rewind")
        match name:
            case "action_restart":
                return [*_say("utter_restart", tracker), events.simple("restart")]
            case "action_back":
                return [*_say("utter_back", tracker), rewind, rewind]
            case "action_deactivate_loop":
                return [events.active_loop(None), events.slot(REQUESTED_SLOT, None)]
            case _ if name == ACTION_DEFAULT_FALLBACK:
                return [*_say("utter_default", tracker), rewind]
            case _ if name == ACTION_SESSION_START:
                return _session_start(tracker)
            case _ if name == ACTION_EXTRACT_SLOTS:
                return await extract_slots(tracker, self._run_custom)
        return []


def _say(response: str, tracker: Tracker) -> list[Event]:
    said = responses.say(response, tracker)
    return [said] if said else []


def _session_start(tracker: Tracker) -> list[Event]:
    found = [events.simple("session_started")]
    if tracker.domain.carry_over_slots:
        live = tracker.live
        found += [events.slot(name, live.slots[name]) for name in tracker.domain.slots if name in live.set_slots]
    return [*found, events.action(ACTION_LISTEN)]
