"""Turns a conversation into what the chat page shows, in the order and with the weight it is shown.

It decides which question stands alone near the field, how far back each older turn is, and in which shape the answers
are offered. It holds no sentence: labels are message ids that the template translates.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from bot.channel.own_copy import OwnCopy
from bot.channel.view import Choice, ConversationView, Message, Part
from locales import languages
from web.patient.labels import AREAS_OF_LIFE, PART_OF_QUESTION, UNCOUNTED

Distance = Literal["far", "near", "now"]
TypedBy = Literal["self", "helper", "staff"]

BLOCK_QUOTE_FROM = 48
"""Characters from which quoted words stand on lines of their own."""


@dataclass(frozen=True)
class Piece:
    """A run of text in one voice; `block` words stand on lines of their own."""

    text: str
    voice: bool
    lang: str | None
    dir: str
    block: bool = False


@dataclass(frozen=True)
class PhoneNumber:
    """A line to call; `tel` is what the phone dials."""

    name: str
    number: str
    tel: str
    about: str


@dataclass(frozen=True)
class Turn:
    """One message of either side as it stands in the thread."""

    seq: int
    sender: str
    kind: str
    lang: str
    dir: str
    distance: Distance
    pieces: tuple[Piece, ...]
    choices: tuple[Choice, ...] = ()
    numbers: tuple[PhoneNumber, ...] = ()


@dataclass(frozen=True)
class Row:
    """One of the person's own answers, read back, with what they can do with it."""

    label: str | None
    words: str
    lang: str
    dir: str
    shared: bool | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Steps:
    """Where we are: `part` of `of` (None where parts are not counted) and the name of the part."""

    label: str | None
    part: int | None
    of: int


@dataclass(frozen=True)
class ChatPage:
    """All that the template of the conversation needs."""

    role: str
    state: str
    question: str | None
    steps: Steps
    turns: tuple[Turn, ...]
    danger: tuple[Turn, ...]
    newest: Turn | None
    cards: tuple[Choice, ...]
    scale: tuple[Choice, ...]
    rows: tuple[Row, ...]
    own_words: tuple[Choice, ...]
    choices: tuple[Choice, ...]
    takes_words: bool
    typed_by: TypedBy
    message_id: str
    draft: str = ""
    error: str | None = None


def present(
    view: ConversationView,
    *,
    message_id: str,
    typed_by: TypedBy = "self",
    draft: str = "",
    error: str | None = None,
) -> ChatPage:
    """The chat page of a conversation. `error` is a message id; `draft` is what was typed and not yet kept."""
    messages = view.messages
    open_question = messages[-1] if messages and messages[-1].sender == "bot" else None
    older = messages[:-1] if open_question else messages
    danger = _just_said_of_danger(older)
    older = older[: len(older) - len(danger)]
    distances = _distances(older)
    choices = open_question.choices if open_question else ()
    rows, rest = _rows(open_question, older) if open_question else ((), choices)
    cards = tuple(choice for choice in rest if choice.value in AREAS_OF_LIFE)
    scale = tuple(choice for choice in rest if _is_on_scale(choice.value))
    own_words = tuple(choice for choice in rest if view.question == "one_thing" and choice.value.startswith("g"))
    return ChatPage(
        role=view.role,
        state=view.state,
        question=view.question,
        steps=steps(view),
        turns=tuple(_turn(message, at) for message, at in zip(older, distances, strict=True)),
        danger=tuple(_turn(message, "now") for message in danger),
        newest=replace(_turn(open_question, "now"), choices=()) if open_question else None,
        cards=cards,
        scale=scale,
        rows=rows,
        own_words=own_words,
        choices=tuple(choice for choice in rest if choice not in (*cards, *scale, *own_words)),
        takes_words=view.state in ("open", "paused"),
        typed_by=typed_by,
        message_id=message_id,
        draft=draft,
        error=error,
    )


def steps(view: ConversationView) -> Steps:
    """Progress in words: the part that is open now is one more than the parts that are done."""
    question = view.question or ""
    label = PART_OF_QUESTION.get(question)
    of = view.progress.of
    if question in UNCOUNTED or view.state in ("finished", "closed") or not of:
        return Steps(label=label, part=None, of=of)
    return Steps(label=label, part=min(view.progress.done + 1, of), of=of)


def direction(lang: str | None) -> str:
    """The writing direction of a listed language; `auto` lets the browser look at the letters."""
    return next((known.dir for known in languages() if known.code == lang), "auto")


def pieces(parts: Sequence[Part]) -> tuple[Piece, ...]:
    """The runs of a message. Long quoted words become a block, and the program's full stop after them goes away.

    The person's own words are never touched.
    """
    shown: list[Piece] = []
    for part in parts:
        text = part.text
        if shown and shown[-1].block and not part.voice:
            text = re.sub(r"^\s*[.。۔]\s*", "", text)
        block = part.voice and (len(text) >= BLOCK_QUOTE_FROM or "\n" in text)
        if text.strip():
            shown.append(Piece(text, part.voice, part.lang, part.dir or direction(part.lang), block))
    return tuple(shown)


@dataclass(frozen=True)
class CopyPage:
    """The own copy: rows of the summary when it was reached, else each answer under what was asked."""

    role: str
    rows: tuple[Row, ...]
    answers: tuple[tuple[Turn | None, Turn], ...]


def present_copy(own: OwnCopy) -> CopyPage:
    """What a person keeps."""
    rows = tuple(_row(item, own.language, ()) for item in own.items if "words" in item)
    answers = tuple((_turn(asked, "near") if asked else None, _turn(said, "near")) for asked, said in own.answers)
    return CopyPage(own.role, rows, answers)


def _just_said_of_danger(messages: Sequence[Message]) -> Sequence[Message]:
    """Safety messages right before the open question: they stay with it, so that their numbers stay in sight."""
    start = len(messages)
    while start and messages[start - 1].sender == "bot" and messages[start - 1].kind == "safety":
        start -= 1
    return messages[start:]


def _distances(messages: Sequence[Message]) -> list[Distance]:
    """How far back each message is: this exchange, the one before, or longer ago."""
    distances: list[Distance] = []
    answers_since = 0
    for message in reversed(messages):
        if message.sender != "bot":
            answers_since += 1
        back = answers_since - (message.sender != "bot")
        distances.append("now" if back == 0 else "near" if back == 1 else "far")
    return distances[::-1]


def _turn(message: Message, distance: Distance) -> Turn:
    said = message.sender != "bot"
    parts = message.parts or (Part(message.text, said, message.lang, message.dir),)
    return Turn(
        seq=message.seq,
        sender=message.sender,
        kind=message.kind,
        lang=message.lang,
        dir=message.dir,
        distance=distance,
        pieces=pieces(parts),
        choices=tuple(message.choices) if said else (),
        numbers=_numbers(message.items),
    )


def _numbers(items: Iterable[Mapping[str, Any]]) -> tuple[PhoneNumber, ...]:
    return tuple(
        PhoneNumber(
            name=str(item.get("name") or ""),
            number=str(item["number"]),
            tel=str(item.get("tel") or item["number"]),
            about=str(item.get("about") or ""),
        )
        for item in items
        if item.get("number")
    )


def _rows(message: Message, older: Sequence[Message]) -> tuple[tuple[Row, ...], tuple[Choice, ...]]:
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
        own.append(_row(item, message.lang, buttons or links.get(str(item.get("answer")), ())))
    return tuple(own), tuple(choice for choice in choices if choice.id not in taken)


def _row(item: Mapping[str, Any], lang: str, choices: tuple[Choice, ...]) -> Row:
    words_lang = str(item.get("lang") or lang)
    return Row(
        label=PART_OF_QUESTION.get(str(item.get("question") or "")),
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


def _is_on_scale(value: str) -> bool:
    return re.fullmatch(r"[0-9]|10", value) is not None
