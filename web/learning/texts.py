"""The texts of the learning pages: `data/learning/<language>/<page>.md`, in a small part of Markdown.

A `# title`, `## headings`, `- items`, `> things to say`, and paragraphs between empty lines. There is no markup inside
a line and no HTML: a text is data for a template, which escapes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

import locales

PAGES: dict[str, tuple[str, ...]] = {
    "professionals": ("what", "ask", "follow"),
    "patients": ("words", "prepare"),
    "caregivers": ("part",),
}
WORDS_A_MINUTE = 150  # of a slow reader


class Kind(StrEnum):
    """What a block of a text is."""

    HEADING = "heading"
    ITEMS = "items"
    SAYINGS = "sayings"
    PARAGRAPH = "paragraph"


_SIGNS = {"## ": Kind.HEADING, "- ": Kind.ITEMS, "> ": Kind.SAYINGS}


@dataclass(frozen=True)
class Block:
    """A heading and a paragraph have one line, lists as many as they have members."""

    kind: Kind
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """One page in one language."""

    lang: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def words(self) -> int:
        return len(self.title.split()) + sum(len(line.split()) for block in self.blocks for line in block.lines)

    @property
    def minutes(self) -> int:
        return max(1, round(self.words / WORDS_A_MINUTE))


class Texts:
    """Every page in every language that has it."""

    def __init__(self, texts: Mapping[tuple[str, str], Text]) -> None:
        self._texts = texts

    @classmethod
    def load(cls, folder: Path) -> "Texts":
        """Raises FileNotFoundError when a page is missing in English, which the other languages fall back on."""
        texts: dict[tuple[str, str], Text] = {}
        for pages in PAGES.values():
            for page in pages:
                for language in locales.languages():
                    path = folder / language.code / f"{page}.md"
                    if path.exists() or language.code == locales.SOURCE:
                        texts[page, language.code] = read(path.read_text("utf-8"), language.code)
        return cls(texts)

    def text(self, page: str, lang: str) -> Text:
        """The page in a language, or in English where nobody has written it yet."""
        return self._texts.get((page, lang)) or self._texts[page, locales.SOURCE]


def read(source: str, lang: str) -> Text:
    """The text of a file. Raises ValueError when it has no title."""
    first, _, rest = source.strip().partition("\n")
    if not first.startswith("# "):
        raise ValueError("a learning page begins with '# ' and its title")
    blocks = [block for part in rest.split("\n\n") for block in _blocks(part)]
    return Text(lang, first.removeprefix("# "), tuple(blocks))


def _blocks(part: str) -> list[Block]:
    """Neighbouring lines of one kind; those of a paragraph are joined."""
    lines = [line.strip() for line in part.splitlines() if line.strip()]
    found = []
    for kind, group in groupby(lines, key=_kind):
        plain = tuple(line if kind is Kind.PARAGRAPH else line.split(" ", 1)[1] for line in group)
        found.append(Block(kind, (" ".join(plain),) if kind is Kind.PARAGRAPH else plain))
    return found


def _kind(line: str) -> Kind:
    return next((kind for sign, kind in _SIGNS.items() if line.startswith(sign)), Kind.PARAGRAPH)
