"""Where the folded words of a text stand in it, so that a part of it can be quoted exactly as it was written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.elicitation.folding import words

_CHUNK = re.compile(r"\n|\S+")
_AT_THE_EDGE = ' \t\r\n.,;:!?…،؛؟()[]"«»“”'


@dataclass(frozen=True)
class Placed:
    """A folded word and the stretch of the text that it was written in, as far as the blanks around it."""

    word: str
    start: int
    end: int


def placed(text: str) -> tuple[Placed, ...]:
    """The folded words of a text in order, as `folding.words` gives them."""
    return tuple(
        Placed(word, chunk.start(), chunk.end()) for chunk in _CHUNK.finditer(text) for word in words(chunk.group())
    )


def quoted(text: str, tokens: Sequence[Placed]) -> str:
    """The text from the first to the last of these words, without the punctuation at its edges."""
    return text[tokens[0].start : tokens[-1].end].strip(_AT_THE_EDGE) if tokens else ""
