"""Reads the catalogues as translators left them, and takes messages apart: placeholders, sentences, words."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from ruamel.yaml import YAML

from locales import SOURCE, languages
from tests.repo.house import ROOT

TEMPLATE = ROOT / "locales" / "messages.pot"
TRANSLATED = tuple(known.code for known in languages() if known.code != SOURCE)
RESPONSES = ROOT / "bot" / "responses"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
ENDS = re.compile(r"[^.!?؟…\n]+[.!?؟…]*")
WORD = re.compile(r"[\w{}'’-]+")
QUESTION_MARKS = ("?", "؟")


def path_of(code: str) -> Path:
    return ROOT / "locales" / code / "LC_MESSAGES" / "messages.po"


def catalogue(code: str) -> Catalog:
    """As it stands in the file: what the file does not say about plurals, it does not know."""
    with path_of(code).open("rb") as file:
        return read_po(file)


def template() -> Catalog:
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def messages(found: Catalog) -> list[Message]:
    return [message for message in found if message.id]


def forms(value: object) -> tuple[str, ...]:
    """All forms of a message id or of its translation."""
    return tuple(value) if isinstance(value, list | tuple) else (str(value),)


def texts_of_responses() -> Iterator[str]:
    """What the assistant says, without the titles of buttons."""
    for path in sorted(RESPONSES.glob("*.yml")):
        for variations in YAML(typ="safe").load(path)["responses"].values():
            yield from (variation["text"] for variation in variations if variation.get("text"))


def titles_of_responses() -> Iterator[str]:
    for path in sorted(RESPONSES.glob("*.yml")):
        for variations in YAML(typ="safe").load(path)["responses"].values():
            for variation in variations:
                yield from (button["title"] for button in variation.get("buttons") or ())


def sentences(text: str) -> list[str]:
    return [part.strip() for part in ENDS.findall(text) if WORD.search(part)]


def is_question(sentence: str) -> bool:
    return sentence.endswith(QUESTION_MARKS)
