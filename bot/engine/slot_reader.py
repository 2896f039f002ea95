"""Reads slots and their mappings from domain files, and checks what the mappings refer to."""

from collections.abc import Collection, Mapping
from typing import Any

from bot.engine.domain import Form
from bot.engine.slots import SLOT_TYPES, MappingCondition, Slot, SlotMapping
from bot.engine.yaml_files import Rows, Table, plain

_REQUIRED = {
    "from_entity": "entity",
    "from_intent": "value",
    "from_trigger_intent": "value",
    "from_text": None,
    "custom": None,
}
_COMMON = ("type", "intent", "not_intent", "conditions")
_ALLOWED = {
    "from_entity": (*_COMMON, "entity"),
    "from_intent": (*_COMMON, "value"),
    "from_trigger_intent": (*_COMMON, "value"),
    "from_text": _COMMON,
    "custom": (*_COMMON, "action"),
}
_KEYS = ("type", "influence_conversation", "initial_value", "values", "min_value", "max_value", "mappings")


def read_slot(name: str, table: Table) -> Slot:
    """One slot; what its mappings refer to is checked later, by `check_mappings`."""
    what = f"slot {name}"
    table.only(_KEYS, what)
    kind = table.text("type", what)
    if kind not in SLOT_TYPES:
        raise table.error(f"unknown slot type '{kind}' of {what}", "type")
    influence = table.flag("influence_conversation", kind != "any", what)
    if kind == "any" and influence:
        raise table.error(f"{what} is of type any, which cannot influence the conversation", "influence_conversation")
    for key, owner in (("values", "categorical"), ("min_value", "float"), ("max_value", "float")):
        if key in table and kind != owner:
            raise table.error(f"'{key}' belongs to a {owner} slot, {what} is {kind}", key)
    if kind == "categorical" and not table.rows("values", what):
        raise table.error(f"{what} needs 'values'", "values")
    rows = table.rows("mappings", what)
    if not rows:
        raise table.error(f"{what} needs 'mappings'", "mappings")
    low, high = _number(table, "min_value", 0.0), _number(table, "max_value", 1.0)
    if low >= high:
        raise table.error(f"'min_value' of {what} must be below 'max_value'", "min_value")
    slot = Slot(
        name=name,
        type=kind,
        influence=influence,
        initial_value=plain(table.get("initial_value")),
        values=tuple(str(value).lower() for value in table.rows("values", what) if value is not None),
        min_value=low,
        max_value=high,
        mappings=tuple(_read_mapping(row, rows, line, what) for line, row in rows.numbered()),
    )
    return slot


def check_mappings(
    slot: Slot,
    table: Table,
    intents: Collection[str],
    entities: Collection[str],
    forms: Mapping[str, Form],
    actions: Collection[str],
) -> None:
    """Refuse mappings that name an intent, entity, form, slot or action that the domain does not have."""
    rows = table.rows("mappings", f"slot {slot.name}")
    for mapping, row in zip(slot.mappings, rows, strict=True):
        for intent in (*mapping.intents, *mapping.not_intents):
            if intent not in intents:
                raise row.error(f"unknown intent '{intent}' in a mapping of slot {slot.name}")
        if mapping.entity is not None and mapping.entity not in entities:
            raise row.error(f"unknown entity '{mapping.entity}' in a mapping of slot {slot.name}", "entity")
        if mapping.action is not None and mapping.action not in actions:
            raise row.error(f"unknown action '{mapping.action}' in a mapping of slot {slot.name}", "action")
        for condition in mapping.conditions:
            _check_condition(slot, condition, row, forms)


def _check_condition(slot: Slot, condition: MappingCondition, row: Table, forms: Mapping[str, Form]) -> None:
    if condition.active_loop is None:
        return
    form = forms.get(condition.active_loop)
    if form is None:
        raise row.error(f"unknown form '{condition.active_loop}' in a mapping of slot {slot.name}", "conditions")
    # Rasa's own validator insists on this too.
    if slot.name not in form.required_slots:
        raise row.error(f"slot {slot.name} is mapped for form '{form.name}', which does not ask for it", "conditions")
    if condition.requested_slot is not None and condition.requested_slot not in form.required_slots:
        raise row.error(f"the form '{form.name}' does not ask for '{condition.requested_slot}'", "conditions")


def _read_mapping(row: Any, rows: Rows, line: int, what: str) -> SlotMapping:
    if not isinstance(row, Table):
        broken = Table(rows.file, line)
        raise broken.error(f"a mapping of {what} must be a mapping")
    kind = row.text("type", f"a mapping of {what}")
    if kind not in _ALLOWED:
        raise row.error(f"unsupported mapping type '{kind}' of {what}", "type")
    row.only(_ALLOWED[kind], f"a {kind} mapping of {what}")
    needed = _REQUIRED[kind]
    if needed and row.get(needed) is None:
        raise row.error(f"a {kind} mapping of {what} needs '{needed}'")
    return SlotMapping(
        type=kind,
        entity=row.text("entity", what) if kind == "from_entity" else None,
        intents=_names(row, "intent", what),
        not_intents=_names(row, "not_intent", what),
        value=plain(row.get("value")),
        action=row.text("action", what) if "action" in row else None,
        conditions=tuple(_read_condition(item, row, what) for item in row.rows("conditions", what)),
    )


def _read_condition(item: Any, row: Table, what: str) -> MappingCondition:
    if not isinstance(item, Table):
        raise row.error(f"a condition of {what} must be a mapping", "conditions")
    item.only(("active_loop", "requested_slot"), f"a condition of {what}")
    if "active_loop" not in item:
        raise item.error(f"a condition of {what} needs 'active_loop'")
    loop = None if item["active_loop"] is None else item.text("active_loop", what)
    requested = item.text("requested_slot", what) if "requested_slot" in item else None
    if loop is None and requested is not None:
        raise item.error(f"'requested_slot' of {what} needs an active_loop", "requested_slot")
    return MappingCondition(loop, requested)


def _names(row: Table, key: str, what: str) -> tuple[str, ...]:
    value = row.get(key)
    if value is None:
        return ()
    names = value if isinstance(value, list) else [value]
    for name in names:
        if not isinstance(name, str):
            raise row.error(f"'{key}' of {what} must be a name or a list of names", key)
    return tuple(names)


def _number(table: Table, key: str, default: float) -> float:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise table.error(f"'{key}' must be a number", key)
    return float(value)
