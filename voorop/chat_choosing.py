"""What a line typed in the terminal is: a choice by its number, several choices, or an answer in words."""

import re
from dataclasses import dataclass

from bot.channel import Choice, Incoming
from web.patient.presenters import ChatPage

_COMMA = re.compile("[,،]")


@dataclass(frozen=True)
class Offers:
    """The choices that are open: by the number they are listed under, and on a scale by the number they are.

    Of those in `several` more than one may be chosen.
    """

    numbered: dict[int, Choice]
    scale: dict[int, Choice]
    several: frozenset[str]

    @classmethod
    def of(cls, page: ChatPage) -> "Offers":
        """Numbered in the order in which a page shows them: with the rows read back, then the others."""
        of_rows = [choice for row in page.rows for choice in row.choices]
        listed = (*of_rows, *page.cards, *page.own_words, *page.choices)
        return cls(
            numbered=dict(enumerate(listed, start=1)),
            scale={int(choice.value): choice for choice in page.scale},
            several=frozenset(choice.id for choice in page.cards),
        )

    def incoming(self, typed: str, message_id: str) -> Incoming:
        """The message that a typed line is."""
        chosen = self._chosen(typed)
        return Incoming(message_id, choices=chosen) if chosen else Incoming(message_id, typed)

    def number_of(self, choice: Choice) -> int:
        return next(number for number, offered in self.numbered.items() if offered.id == choice.id)

    def _chosen(self, typed: str) -> tuple[str, ...]:
        """The ids of what was chosen; none where the line is an answer, as a number that stands for nothing is."""
        parts = [part.strip() for part in _COMMA.split(typed)]
        if not all(part.isdecimal() for part in parts):
            return ()
        choices = self.scale or self.numbered
        found = [choices.get(int(part)) for part in dict.fromkeys(parts)]
        ids = tuple(choice.id for choice in found if choice is not None)
        if len(ids) < len(found) or (len(ids) > 1 and not self.several.issuperset(ids)):
            return ()
        return ids
