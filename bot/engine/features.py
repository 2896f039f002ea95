"""What the policies see of a dialogue: one state per step, in Rasa 3.6's form.

A state has at most four parts (user, slots, prev_action, active_loop), each left out when empty. The names count:
of several matching rules Rasa takes the one with the longest JSON text.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from bot.engine.dialogue import Dialogue
from bot.engine.domain import ACTION_LISTEN, Domain
from bot.engine.slots import SHOULD_NOT_BE_SET

State = dict[str, dict[str, Any]]
USER, SLOTS, PREVIOUS_ACTION, ACTIVE_LOOP = "user", "slots", "prev_action", "active_loop"


def state_of(dialogue: Dialogue, domain: Domain, *, only_set_slots: bool = False) -> State:
    """The state of one step. In training rules, slots that only have their initial value are left out."""
    state: State = {}
    if user := _user_part(dialogue, domain):
        state[USER] = user
    if slots := _slots_part(dialogue, domain, only_set_slots):
        state[SLOTS] = slots
    if dialogue.latest_action:
        state[PREVIOUS_ACTION] = {"action_name": dialogue.latest_action}
    if dialogue.loop:
        state[ACTIVE_LOOP] = {"name": dialogue.loop.name}
    return state


def previous_action(state: State) -> str | None:
    """The action right before this step."""
    name: str | None = state.get(PREVIOUS_ACTION, {}).get("action_name")
    return name


def active_loop_name(state: State) -> str | None:
    """The loop that is active at this step."""
    name: str | None = state.get(ACTIVE_LOOP, {}).get("name")
    return name if name != SHOULD_NOT_BE_SET else None


def as_key(states: list[State]) -> str:
    """The JSON text of a list of states."""
    return json.dumps(states, sort_keys=True)


def _user_part(dialogue: Dialogue, domain: Domain) -> dict[str, Any]:
    message = dialogue.latest_message
    if not message:
        return {}
    part: dict[str, Any] = {}
    intent = message["intent"]["name"]
    if intent:
        part["intent"] = intent
    used = domain.used_entities.get(intent, frozenset())
    if entities := sorted({item["entity"] for item in message["entities"]} & used):
        part["entities"] = entities
    return part


def _slots_part(dialogue: Dialogue, domain: Domain, only_set: bool) -> dict[str, Any]:
    part: dict[str, Any] = {}
    for slot in domain.featurized_slots:
        if only_set and slot.name not in dialogue.set_slots:
            continue
        value = dialogue.slots.get(slot.name)
        if value == SHOULD_NOT_BE_SET:
            part[slot.name] = SHOULD_NOT_BE_SET
        elif features := slot.features(value):
            part[slot.name] = list(features)
    return part


@dataclass
class StoryHistory:
    """The steps as policies that learn from stories see them: turns that only rules know are left out.

    Taken in step by step, so that old steps need not be kept to go on.
    """

    states: list[State] = field(default_factory=list)
    last_action: str | None = None
    hidden: bool = False

    def copy(self) -> "StoryHistory":
        """A copy that can be changed on its own."""
        return StoryHistory(list(self.states), self.last_action, self.hidden)

    def take(
        self,
        dialogue: Dialogue,
        hide: bool,
        domain: Domain,
        rule_slots: Collection[str] = (),
        rule_loops: Collection[str] = (),
    ) -> None:
        """Take in one step; `hide` says whether what follows it was predicted by a rule alone."""
        if not self.hidden:
            self.last_action = dialogue.latest_action
        # A followup action or the happy path of a loop does not change whether the turn is hidden.
        if not dialogue.followup_action and dialogue.latest_action != dialogue.loop_name:
            self.hidden = hide
        if self.hidden:
            return
        state = state_of(dialogue, domain)
        slots = {name: value for name, value in state.pop(SLOTS, {}).items() if name not in rule_slots}
        if slots:
            state[SLOTS] = slots
        if state.get(ACTIVE_LOOP, {}).get("name") in rule_loops:
            state.pop(ACTIVE_LOOP, None)
        if self.states and previous_action(state) != ACTION_LISTEN:
            before = self.states[-1].get(USER)
            if before:
                state[USER] = before
            else:
                state.pop(USER, None)
        if self.last_action:
            state[PREVIOUS_ACTION] = {"action_name": self.last_action}
        self.states.append(state)

    def as_json(self, keep: int) -> dict[str, Any]:
        """JSON-able, with only the last `keep` steps."""
        return {"states": self.states[-keep:], "last_action": self.last_action, "hidden": self.hidden}
