"""Reads the variations of a response from a domain file."""

from collections.abc import Mapping
from typing import Any

from bot.engine.domain import ButtonTemplate, Variation
from bot.engine.errors import ConfigurationError
from bot.engine.payloads import PayloadError, parse_payload
from bot.engine.placeholders import stray_brace
from bot.engine.slots import Slot
from bot.engine.yaml_files import Rows, Table, plain

_KEYS = ("id", "text", "buttons", "custom", "condition")


def read_response(name: str, rows: Rows, slots: Mapping[str, Slot]) -> tuple[Variation, ...]:
    """All variations of one response; `key` is the id, or the place in the list."""
    found = []
    for place, (line, row) in enumerate(rows.numbered()):
        if not isinstance(row, Table):
            raise ConfigurationError(f"a variation of {name} must be a mapping", rows.file, line)
        found.append(_read_variation(name, place, row, slots))
    keys = [variation.key for variation in found]
    for line, key in zip(rows.lines, keys, strict=True):
        if keys.count(key) > 1:
            raise ConfigurationError(f"the id '{key}' of {name} is used twice", rows.file, line)
    return tuple(found)


def _read_variation(name: str, place: int, row: Table, slots: Mapping[str, Slot]) -> Variation:
    row.only(_KEYS, f"response {name}")
    text = row.get("text")
    if text is not None and (not isinstance(text, str) or not text.strip()):
        raise row.error(f"'text' of {name} must be a text", "text")
    if text is not None and stray_brace(text):
        raise row.error(f"the text of {name} has a single brace; write it twice", "text")
    custom = row.table("custom", name) if "custom" in row else None
    if custom is not None and "{" in _texts(plain(custom)):
        # Rasa fills placeholders here as well; the channel only renders texts and titles.
        raise row.error(f"placeholders in 'custom' of {name} are not supported", "custom")
    if text is None and custom is None:
        raise row.error(f"a variation of {name} needs a text (or custom)")
    buttons = row.rows("buttons", name)
    conditions = row.rows("condition", name)
    return Variation(
        key=row.text("id", name) if "id" in row else str(place),
        text=text,
        buttons=tuple(_read_button(name, item, row) for item in buttons),
        custom=plain(custom) if custom is not None else None,
        conditions=tuple(_read_condition(name, item, row, slots) for item in conditions),
        conditional="condition" in row,
    )


def _texts(value: Any) -> str:
    """All texts within a value, joined."""
    if isinstance(value, dict):
        return " ".join(_texts(item) for item in value.values())
    if isinstance(value, list):
        return " ".join(_texts(item) for item in value)
    return value if isinstance(value, str) else ""


def _read_button(name: str, item: Any, row: Table) -> ButtonTemplate:
    if not isinstance(item, Table):
        raise row.error(f"a button of {name} must be a mapping", "buttons")
    item.only(("title", "payload"), f"a button of {name}")
    title, payload = item.text("title", f"a button of {name}"), item.text("payload", f"a button of {name}")
    try:
        # Rasa fills placeholders in payloads too, hence JSON in a domain file has its braces doubled.
        parse_payload(payload.replace("{{", "{").replace("}}", "}"))
    except PayloadError as error:
        raise item.error(f"the payload of a button of {name} is not an intent with entities", "payload") from error
    return ButtonTemplate(title, payload.replace("{{", "{").replace("}}", "}"))


def _read_condition(name: str, item: Any, row: Table, slots: Mapping[str, Slot]) -> tuple[str, Any]:
    if not isinstance(item, Table):
        raise row.error(f"a condition of {name} must be a mapping", "condition")
    item.only(("type", "name", "value"), f"a condition of {name}")
    if item.get("type") != "slot":
        raise item.error(f"a condition of {name} must be of type slot", "type")
    slot = item.text("name", f"a condition of {name}")
    if slot not in slots:
        raise item.error(f"unknown slot '{slot}' in a condition of {name}", "name")
    return slot, plain(item.get("value"))
