"""Slots: what they hold and how the policies see them (Rasa 3.6 slot types).

Policies never see a value itself, only its features: text = set or not, categorical = which of the listed values,
and so on. A slot that does not influence the conversation has no features at all.
"""

from dataclasses import dataclass
from typing import Any

SHOULD_NOT_BE_SET = "should_not_be_set"
"""Stands for `null` in a rule: the slot or loop must not be set."""

OTHER_VALUE = "__other__"
SLOT_TYPES = ("text", "bool", "categorical", "float", "list", "any")


@dataclass(frozen=True)
class MappingCondition:
    """When a mapping applies. `active_loop` None means: while no loop is active."""

    active_loop: str | None
    requested_slot: str | None


@dataclass(frozen=True)
class SlotMapping:
    """One way to fill a slot from a user message."""

    type: str
    entity: str | None = None
    intents: tuple[str, ...] = ()
    not_intents: tuple[str, ...] = ()
    value: Any = None
    action: str | None = None
    conditions: tuple[MappingCondition, ...] = ()


@dataclass(frozen=True)
class Slot:
    """A slot as the domain defines it."""

    name: str
    type: str
    influence: bool
    initial_value: Any = None
    values: tuple[str, ...] = ()
    min_value: float = 0.0
    max_value: float = 1.0
    mappings: tuple[SlotMapping, ...] = ()

    def stored(self, value: Any) -> Any:
        """The value as the slot keeps it: a list slot always keeps a list."""
        if self.type == "list" and value and not isinstance(value, list) and value != SHOULD_NOT_BE_SET:
            return [value]
        return value

    def features(self, value: Any) -> tuple[float, ...]:
        """What the policies see; empty when the slot has no influence or its value says nothing."""
        if not self.influence:
            return ()
        found = self._features(value)
        return found if any(found) else ()

    def _features(self, value: Any) -> tuple[float, ...]:
        match self.type:
            case "text":
                return (1.0 if value is not None else 0.0,)
            case "bool":
                return _bool_features(value)
            case "categorical":
                return self._categorical_features(value)
            case "float":
                return self._float_features(value)
            case "list":
                return (1.0 if isinstance(value, list | str | dict) and value else 0.0,)
        return ()

    def _categorical_features(self, value: Any) -> tuple[float, ...]:
        if value is None:
            return ()
        values = self.values if OTHER_VALUE in self.values else (*self.values, OTHER_VALUE)
        wanted = str(value).lower()
        chosen = values.index(wanted) if wanted in values else values.index(OTHER_VALUE)
        return tuple(1.0 if place == chosen else 0.0 for place in range(len(values)))

    def _float_features(self, value: Any) -> tuple[float, ...]:
        try:
            capped = max(self.min_value, min(self.max_value, float(value)))
        except (TypeError, ValueError):
            return (0.0, 0.0)
        return (1.0, (capped - self.min_value) / abs(self.max_value - self.min_value))


def _bool_features(value: Any) -> tuple[float, ...]:
    if isinstance(value, bool):
        return (1.0, float(value))
    if isinstance(value, int | float):
        return (1.0, float(value == 1.0))
    if isinstance(value, str):
        word = value.strip().lower()
        if word in {"true", "false"}:
            return (1.0, float(word == "true"))
        if value.isnumeric():
            return (1.0, float(value == "1"))
    return (0.0, 0.0)
