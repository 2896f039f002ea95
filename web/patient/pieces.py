"""Owns how the runs of a message are shown: whose voice each is, in which language, on which lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.channel.view import Part
from locales import languages

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


def pieces(parts: Sequence[Part]) -> tuple[Piece, ...]:
    """The runs of a message. Long quoted words become a block, and the program's full stop after them goes away.

    The person's own words are never touched.
    """
    shown: list[Piece] = []
    for part in parts:
        text = part.text
        before = shown[-1] if shown else None
        if before and before.block and not part.voice:
            text = re.sub(r"^\s*[.。۔]?\s*", "", text)
        block = part.voice and (
            len(text) >= BLOCK_QUOTE_FROM or "\n" in text or (before is not None and before.text.endswith("\n"))
        )
        if before and block:
            shown[-1] = replace(before, text=before.text if before.voice else before.text.rstrip())
        if text.strip():
            shown.append(Piece(text, part.voice, part.lang, part.dir or direction(part.lang), block))
    return tuple(shown)


def direction(lang: str | None) -> str:
    """The writing direction of a listed language; `auto` lets the browser look at the letters."""
    return next((known.dir for known in languages() if known.code == lang), "auto")
