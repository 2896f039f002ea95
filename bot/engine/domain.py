"""The domain: all that an assistant knows of, as Rasa 3.6 describes it in domain files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.engine.slots import Slot

ACTION_LISTEN = "action_listen"
ACTION_SESSION_START = "action_session_start"
ACTION_DEFAULT_FALLBACK = "action_default_fallback"
ACTION_EXTRACT_SLOTS = "action_extract_slots"
ACTION_VALIDATE_SLOT_MAPPINGS = "action_validate_slot_mappings"
DEFAULT_ACTIONS = (
    ACTION_LISTEN,
    "action_restart",
    ACTION_SESSION_START,
    ACTION_DEFAULT_FALLBACK,
    "action_deactivate_loop",
    "action_back",
    ACTION_EXTRACT_SLOTS,
)
UNSUPPORTED_ACTIONS = (
    "action_revert_fallback_events",
    "action_default_ask_affirmation",
    "action_default_ask_rephrase",
    "action_two_stage_fallback",
    "action_unlikely_intent",
)
NLU_FALLBACK = "nlu_fallback"
DEFAULT_INTENTS = ("restart", "back", "out_of_scope", "session_start", NLU_FALLBACK)
REQUESTED_SLOT = "requested_slot"
SESSION_METADATA_SLOT = "session_started_metadata"


@dataclass(frozen=True)
class Form:
    """A form: the slots it fills, in the order in which it asks."""

    name: str
    required_slots: tuple[str, ...]
    ignored_intents: tuple[str, ...] = ()


@dataclass(frozen=True)
class ButtonTemplate:
    """A button as the domain writes it."""

    title: str
    payload: str


@dataclass(frozen=True)
class Variation:
    """One way to say a response; `conditions` are slot values that must all hold, `key` tells it apart."""

    key: str
    text: str | None
    buttons: tuple[ButtonTemplate, ...] = ()
    custom: Mapping[str, Any] | None = None
    conditions: tuple[tuple[str, Any], ...] = ()
    conditional: bool = False


@dataclass(frozen=True)
class Domain:
    """Everything from the domain files, checked. `raw` is the merged content that actions get to see."""

    intents: tuple[str, ...]
    entities: tuple[str, ...]
    slots: Mapping[str, Slot]
    forms: Mapping[str, Form]
    responses: Mapping[str, tuple[Variation, ...]]
    actions: tuple[str, ...]
    used_entities: Mapping[str, frozenset[str]]
    session_expiration_minutes: float
    carry_over_slots: bool
    raw: dict[str, Any]
    places: Mapping[str, tuple[Path, int]]

    @cached_property
    def action_names(self) -> frozenset[str]:
        """Every action that can be predicted: own, responses, forms and default ones."""
        return frozenset({*self.actions, *self.responses, *self.forms, *DEFAULT_ACTIONS})

    @cached_property
    def featurized_slots(self) -> tuple[Slot, ...]:
        """The slots that the policies see."""
        return tuple(slot for slot in self.slots.values() if slot.influence)

    @cached_property
    def initial_slots(self) -> dict[str, Any]:
        """The value of every slot at the start of a conversation."""
        return {name: slot.initial_value for name, slot in self.slots.items()}
