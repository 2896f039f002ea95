"""What came back from the practice to one person: who read it, notes, and what became of each thing they shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import locales
from locales import N_

READ = N_("Read on {day} by {name}.")
NOTE_FROM = N_("From {name}, on {day}:")

STATE: Mapping[str, str] = {
    "submitted": N_("Your care team has not decided about this yet."),
    "accepted": N_("Your care team agrees with this."),
    "changed": N_("Your care team wants to put this in other words with you."),
    "to_discuss": N_("Your care team wants to talk about this with you."),
    "declined": N_("Your care team cannot work on this now. Ask them why."),
    "active": N_("You are working on this together."),
    "attained": N_("You reached this together."),
    "given_up": N_("You stopped working on this together."),
    "withdrawn": N_("You took this back. Your care team no longer sees it."),
}
"""What became of something a person shared, as they read it. Message ids, by the care plan's statuses."""


@dataclass(frozen=True)
class PracticeNote:
    """A short note in the words of who wrote it."""

    text: str
    lang: str
    dir: str
    name: str
    at: datetime

    def as_json(self) -> dict[str, Any]:
        plain = {"text": self.text, "lang": self.lang, "dir": self.dir, "name": self.name}
        return plain | {"at": self.at.isoformat(timespec="seconds")}


@dataclass(frozen=True)
class SharedWords:
    """Something the person shared: their words, what became of it, whether they may still take it back."""

    id: str
    words: str
    lang: str
    dir: str
    status: str
    may_take_back: bool


@dataclass(frozen=True)
class Answer:
    """All that came back. `read_by` and `read_at` are told together or not at all."""

    read_by: str | None = None
    read_at: datetime | None = None
    notes: tuple[PracticeNote, ...] = ()
    shared: tuple[SharedWords, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "read_by": self.read_by,
            "read_at": self.read_at.isoformat(timespec="seconds") if self.read_at else None,
            "notes": [note.as_json() for note in self.notes],
            "shared": [
                {"words": each.words, "lang": each.lang, "dir": each.dir, "status": each.status} for each in self.shared
            ],
        }

    def as_lines(self, language: str, translate: Any = locales.translate) -> list[str]:
        """The same as lines of plain text; the words of others stay as they are."""
        lines: list[str] = []
        if self.read_by and self.read_at:
            day = locales.format_date(language, self.read_at.date())
            lines += [translate(language, READ).format(day=day, name=self.read_by)]
        for note in self.notes:
            day = locales.format_date(language, note.at.date())
            lines += [translate(language, NOTE_FROM).format(day=day, name=note.name), note.text, ""]
        lines += [f"- {each.words}\n  {translate(language, STATE[each.status])}" for each in self.shared]
        return lines


class Practice(Protocol):
    """Where answers come from. Each method knows one person of one visit, and nothing of the other person."""

    async def answer(self, visit: str, role: str) -> Answer: ...

    async def take_back(self, visit: str, role: str, shared: str) -> None:
        """Raises `bot.channel.errors.NothingToTakeBack`, or `AlreadyAgreed`."""
