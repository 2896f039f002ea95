"""Babel extractors for the texts that stand in data files: the assistant's responses and the emergency numbers."""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from ruamel.yaml import YAML

Message = tuple[int, str | None, str, list[str]]

CONTACT_TEXTS = ("name", "about", "hours", "cost", "note")


def responses(file: BinaryIO, keywords: object, comment_tags: object, options: object) -> Iterator[Message]:
    """Texts and button titles of Rasa responses; the response's name is the translators' comment."""
    for name, variations in (YAML(typ="safe").load(file).get("responses") or {}).items():
        for variation in variations:
            if variation.get("text"):
                yield 1, None, variation["text"], [f"Translators: {name}{_condition(variation)}"]
            for button in variation.get("buttons") or ():
                yield 1, None, button["title"], [f"Translators: button of {name}"]


def contacts(file: BinaryIO, keywords: object, comment_tags: object, options: object) -> Iterator[Message]:
    """What people read about an emergency number."""
    content = YAML(typ="safe").load(file)
    for entry in (content, *content["contacts"]):
        for field in CONTACT_TEXTS:
            if entry.get(field):
                yield 1, None, entry[field], [f"Translators: emergency number, {field}"]


def _condition(variation: Mapping[str, Any]) -> str:
    tests = ", ".join(f"{test['name']} is {test['value']}" for test in variation.get("condition") or ())
    return f" ({tests})" if tests else ""
