"""Runs an action by its name: a default action, a response, a form, or a custom action of the action server."""

import json
from typing import Any

from bot.engine import events, responses
from bot.engine.default_actions import DefaultActions
from bot.engine.domain import ACTION_LISTEN, DEFAULT_ACTIONS, Domain
from bot.engine.errors import ActionFailed, EngineError
from bot.engine.forms import FormRun
from bot.engine.slot_filling import extract_slots
from bot.engine.tracker import Tracker
from bot.engine.types import ActionRunner, Event

RASA_VERSION = "3.6.21"
"""The version whose action-server protocol the calls follow."""


class Actions:
    """All actions of an assistant."""

    def __init__(self, domain: Domain, runner: ActionRunner) -> None:
        self.domain = domain
        self.runner = runner
        self.defaults = DefaultActions(self.custom)

    async def run(self, name: str, tracker: Tracker) -> list[Event]:
        """The events of an action. The tracker is not changed. Raises ActionRejected or ActionFailed."""
        if name == ACTION_LISTEN:
            return []
        # An own action with the name of a default one takes its place, as in Rasa.
        if name in DEFAULT_ACTIONS and name not in self.domain.actions:
            return await self.defaults.run(name, tracker)
        if name in self.domain.responses:
            said = responses.say(name, tracker)
            return [said] if said else []
        if name in self.domain.forms and name not in self.domain.actions:
            return await self.form(name).run(tracker)
        return await self.custom(name, tracker)

    async def extract_slots(self, tracker: Tracker) -> list[Event]:
        """The events that fill slots from the last message."""
        return await extract_slots(tracker, self.custom)

    def form(self, name: str) -> FormRun:
        """The form, ready to run."""
        return FormRun(self.domain.forms[name], self.domain, self.run, self.custom)

    async def custom(self, name: str, tracker: Tracker) -> list[Event]:
        """Call the action server: its messages first, then its events."""
        call = {
            "next_action": name,
            "sender_id": tracker.sender,
            "tracker": json_copy(tracker.for_action(), f"the tracker for {name}"),
            "domain": self.domain.raw,
            "version": RASA_VERSION,
        }
        try:
            answer = await self.runner.run(call)
        except EngineError:
            raise
        except Exception as error:
            raise ActionFailed(f"the action {name} failed with {type(error).__name__}") from error
        if not isinstance(answer, dict):
            raise ActionFailed(f"the action {name} gave no answer")
        answer = json_copy(answer, f"the answer of {name}")
        found = events.from_action(answer.get("events") or [], name)
        return responses.from_action(answer.get("responses") or [], tracker, name) + found


def json_copy(value: dict[str, Any], what: str) -> dict[str, Any]:
    """A copy that shares nothing with the original; fails if it is not JSON."""
    try:
        copied: dict[str, Any] = json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise ActionFailed(f"{what} cannot be written as JSON") from error
    return copied
