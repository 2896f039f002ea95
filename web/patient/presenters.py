"""Turns a conversation into what the chat page shows, in the order and with the weight it is shown.

It decides which question stands alone near the field, how far back each older turn is, and in which shape the answers
are offered. It holds no sentence: labels are message ids that the template translates.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from bot.channel.own_copy import OwnCopy
from bot.channel.view import Choice, ConversationView
from web.patient.labels import AREAS_OF_LIFE, PART_OF_QUESTION, UNCOUNTED
from web.patient.rows import Row, row_of, rows_of
from web.patient.turns import PhoneNumber, Turn, distances_of, just_said_of_danger, numbers_in_view, turn_of

TypedBy = Literal["self", "helper", "staff"]


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
    numbers: tuple[PhoneNumber, ...]
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
    danger = just_said_of_danger(older)
    older = older[: len(older) - len(danger)]
    distances = distances_of(older)
    choices = open_question.choices if open_question else ()
    rows, rest = rows_of(open_question, older) if open_question else ((), choices)
    cards = tuple(choice for choice in rest if choice.value in AREAS_OF_LIFE)
    scale = tuple(choice for choice in rest if _is_on_scale(choice.value))
    own_words = tuple(choice for choice in rest if view.question == "one_thing" and choice.value.startswith("g"))
    return ChatPage(
        role=view.role,
        state=view.state,
        question=view.question,
        steps=steps(view),
        turns=tuple(turn_of(message, at) for message, at in zip(older, distances, strict=True)),
        danger=tuple(turn_of(message, "now") for message in danger),
        numbers=numbers_in_view(view, danger),
        newest=replace(turn_of(open_question, "now"), choices=()) if open_question else None,
        cards=cards,
        scale=scale,
        rows=rows,
        own_words=own_words,
        choices=tuple(choice for choice in rest if choice not in (*cards, *scale, *own_words)),
        takes_words=view.state in ("open", "paused", "finished"),
        typed_by=typed_by,
        message_id=message_id,
        draft=draft,
        error=error,
    )


def steps(view: ConversationView) -> Steps:
    """Progress in words. `progress.done` counts the open part too (actions/elicitation/progress.py)."""
    question = view.question or ""
    label = PART_OF_QUESTION.get(question)
    of = view.progress.of
    if question in UNCOUNTED or view.state in ("finished", "closed") or not of:
        return Steps(label=label, part=None, of=of)
    return Steps(label=label, part=min(max(view.progress.done, 1), of), of=of)


@dataclass(frozen=True)
class CopyPage:
    """The own copy: rows of the summary when it was reached, else each answer under what was asked."""

    role: str
    rows: tuple[Row, ...]
    answers: tuple[tuple[Turn | None, Turn], ...]


def present_copy(own: OwnCopy) -> CopyPage:
    """What a person keeps."""
    rows = tuple(row_of(item, own.language, ()) for item in own.items if "words" in item)
    answers = tuple((turn_of(asked, "near") if asked else None, turn_of(said, "near")) for asked, said in own.answers)
    return CopyPage(own.role, rows, answers)


def _is_on_scale(value: str) -> bool:
    return re.fullmatch(r"[0-9]|10", value) is not None
