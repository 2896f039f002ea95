"""Forms of Rasa 3.6: activate, validate, ask for the next slot, end.

A form's validator is the custom action `validate_<form>` (rasa_sdk's FormValidationAction). Candidates reach it as the
last events of the tracker; it may answer with `requested_slot` itself when its required slots are dynamic.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.engine import events
from bot.engine.domain import ACTION_LISTEN, REQUESTED_SLOT, Domain, Form
from bot.engine.errors import ActionRejected
from bot.engine.slot_filling import RunCustom, extract_slots
from bot.engine.tracker import Tracker
from bot.engine.types import Event

RunAction = Callable[[str, Tracker], Awaitable[list[Event]]]
_REJECTED = "action_execution_rejected"


class FormRun:
    """Runs one form on trackers."""

    def __init__(self, form: Form, domain: Domain, run_action: RunAction, run_custom: RunCustom) -> None:
        self.form = form
        self.domain = domain
        self._run_action = run_action
        self._run_custom = run_custom
        self._validator = f"validate_{form.name}"

    async def run(self, tracker: Tracker) -> list[Event]:
        """The events of one execution. Raises ActionRejected when the message says nothing to the form."""
        found: list[Event] = []
        if tracker.live.loop_name != self.form.name:
            found.append(events.active_loop(self.form.name))
            trial = tracker.copy()
            trial.update(*found)
            found += await self._activate(trial)
        if not _is_done(found):
            found += await self._do(tracker, found)
        if _is_done(found):
            found.append(events.active_loop(None))
        return found

    async def ask(self, slot: str, tracker: Tracker) -> list[Event]:
        """The events with which the form asks for a slot; none if the domain has no way to ask."""
        form = self.form.name
        names = (f"action_ask_{form}_{slot}", f"utter_ask_{form}_{slot}", f"action_ask_{slot}", f"utter_ask_{slot}")
        name = next((name for name in names if name in self.domain.action_names), None)
        if name is None:
            return []
        return [events.as_question(event, slot) for event in await self._run_action(name, tracker)]

    async def _activate(self, tracker: Tracker) -> list[Event]:
        """Fill what the triggering message fills, and validate what is filled already."""
        extracted = events.slots_in(await extract_slots(tracker, self._run_custom))
        tracker.update(*extracted)
        if self._validator not in self.domain.actions:
            return extracted
        slots = tracker.live.slots
        filled = {name: slots[name] for name in self.form.required_slots if slots.get(name) is not None}
        validated = await self._validate_slots(filled, tracker)
        names = {event["name"] for event in events.slots_in(validated)}
        return validated + [event for event in extracted if event["name"] not in names]

    async def _do(self, tracker: Tracker, before: list[Event]) -> list[Event]:
        found: list[Event] = []
        if all(event["event"] == "active_loop" for event in before):
            found = await self._validate_if_required(tracker)
        if not _has_rejected(found):
            found += await self._request_next_slot(tracker, before + found)
        return found

    async def _validate_if_required(self, tracker: Tracker) -> list[Event]:
        live = tracker.live
        answered = live.latest_action == ACTION_LISTEN and not (live.loop and live.loop.is_interrupted)
        if live.loop is None or answered:
            return await self._validate(tracker)
        # Back from an unhappy path: nothing to validate, but the next slot may have changed.
        return await self._validate_slots({}, tracker)

    async def _validate(self, tracker: Tracker) -> list[Event]:
        requested = self._requested(tracker)
        wanted = {*self.form.required_slots, requested}
        candidates = {event["name"]: event["value"] for event in _slots_since_user(tracker) if event["name"] in wanted}
        found = await self._validate_slots(candidates, tracker)
        validated = any(event["name"] != REQUESTED_SLOT for event in events.slots_in(found))
        if requested and not candidates and not validated and not _has_rejected(found):
            raise ActionRejected(self.form.name)
        return found

    async def _validate_slots(self, candidates: dict[str, Any], tracker: Tracker) -> list[Event]:
        if self._validator not in self.domain.actions:
            return []
        trial = self._trial(tracker, [events.slot(name, value) for name, value in candidates.items()])
        return await self._run_custom(self._validator, trial)

    async def _request_next_slot(self, tracker: Tracker, before: list[Event]) -> list[Event]:
        if _is_done(before):
            return [events.slot(REQUESTED_SLOT, None)]
        chosen = next((event["value"] for event in events.slots_in(before) if event["name"] == REQUESTED_SLOT), None)
        trial = self._trial(tracker, before)
        found: list[Event] = []
        if not chosen:
            slots = trial.live.slots
            chosen = next((name for name in self.form.required_slots if slots.get(name) is None), None)
            found.append(events.slot(REQUESTED_SLOT, chosen))
        return found + await self.ask(chosen, trial) if chosen else [events.slot(REQUESTED_SLOT, None)]

    def _requested(self, tracker: Tracker) -> str | None:
        """The slot this form asked for; what another form asked for does not count."""
        if tracker.live.loop_name != self.form.name:
            return None
        requested: str | None = tracker.live.slots.get(REQUESTED_SLOT)
        return requested

    def _trial(self, tracker: Tracker, added: list[Event]) -> Tracker:
        trial = tracker.copy()
        requested = events.slot(REQUESTED_SLOT, self._requested(tracker))
        trial.update(requested, events.action(self.form.name), *added)
        return trial


def _slots_since_user(tracker: Tracker) -> list[Event]:
    turn = tracker.turn
    start = next((place for place in range(len(turn) - 1, -1, -1) if turn[place]["event"] in ("user", "restart")), 0)
    return events.slots_in(turn[start:])


def _has_rejected(found: list[Event]) -> bool:
    return any(event["event"] == _REJECTED for event in found)


def _is_done(found: list[Event]) -> bool:
    """True if the last word on the requested slot, or on the loop, is: none."""
    if _has_rejected(found):
        return False
    requested = [event["value"] for event in events.slots_in(found) if event["name"] == REQUESTED_SLOT]
    loops = [event["name"] for event in found if event["event"] == "active_loop"]
    return bool((requested and requested[-1] is None) or (loops and loops[-1] is None))
