"""Turns what came back from the practice into what the person reads: who read it, notes, what became of each item."""

from dataclasses import dataclass

import locales
from bot.channel.answers import STATE, Answer


@dataclass(frozen=True)
class NoteBack:
    """A note as it was written; `day` in the person's language."""

    text: str
    lang: str
    dir: str
    name: str
    day: str


@dataclass(frozen=True)
class ItemBack:
    """Something the person shared; `state` is a message id."""

    id: str
    words: str
    lang: str
    dir: str
    state: str
    gone: bool
    may_take_back: bool


@dataclass(frozen=True)
class Back:
    """All that the template needs."""

    read_by: str | None
    read_on: str | None
    notes: tuple[NoteBack, ...]
    items: tuple[ItemBack, ...]


def present_back(answer: Answer, language: str) -> Back:
    return Back(
        read_by=answer.read_by,
        read_on=locales.format_date(language, answer.read_at.date()) if answer.read_at else None,
        notes=tuple(
            NoteBack(note.text, note.lang, note.dir, note.name, locales.format_date(language, note.at.date()))
            for note in answer.notes
        ),
        items=tuple(
            ItemBack(
                each.id,
                each.words,
                each.lang,
                each.dir,
                STATE[each.status],
                each.status == "withdrawn",
                each.may_take_back,
            )
            for each in answer.shared
        ),
    )
