"""Owns the rows in which a person's answers are read back, each with its own buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channel.view import Choice, Message
from web.patient.labels import ROW_OF_QUESTION
from web.patient.pieces import direction


@dataclass(frozen=True)
class Row:
    """One of the person's own answers, read back, with what they can do with it."""

    label: str | None
    words: str
    lang: str
    dir: str
    shared: bool | None
    choices: tuple[Choice, ...]


def rows_of(message: Message, older: Sequence[Message]) -> tuple[tuple[Row, ...], tuple[Choice, ...]]:
    """Rows of answers to read back, each with its own buttons, and the choices that belong to no row.

    A row without buttons of its own takes the change link of the message it was said in.
    """
    choices = message.choices
    links = {each.message_id: tuple(each.choices) for each in older if each.sender != "bot"}
    own: list[Row] = []
    taken: set[str] = set()
    for item in message.items:
        if "words" not in item:
            continue
        buttons = _buttons_of(item, choices)
        taken.update(choice.id for choice in buttons)
        own.append(row_of(item, message.lang, buttons or links.get(str(item.get("answer")), ())))
    return tuple(own), tuple(choice for choice in choices if choice.id not in taken)


def row_of(item: Mapping[str, Any], lang: str, choices: tuple[Choice, ...]) -> Row:
    words_lang = str(item.get("lang") or lang)
    return Row(
        label=ROW_OF_QUESTION.get(str(item.get("question") or "")),
        words=str(item["words"]),
        lang=words_lang,
        dir=str(item.get("dir") or direction(words_lang)),
        shared=item.get("shared"),
        choices=choices,
    )


def _buttons_of(item: Mapping[str, Any], choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices about one answer: their value is the answer's id, alone or after a word (`remove:<id>`)."""
    answer = str(item.get("answer") or "")
    return tuple(choice for choice in choices if answer and answer in (choice.value, choice.value.partition(":")[2]))
