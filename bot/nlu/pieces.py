"""What of a message is judged for danger: one sentence at a time, so that a story does not hide it.

The encoder reads a limited number of words; a sentence beyond that is cut, at its commas where it has any.
"""

import re

from bot.nlu.encoder import MAX_WORDS
from bot.nlu.text import clean, sentences, words

MOST = 12  # each costs some milliseconds
_READ = 4000  # characters; what a message may hold (contracts.md section 6)
_COMMA = re.compile(r"(?<=[,،:])\s+")


def pieces(text: str) -> list[str]:
    """The cleaned sentences of a text, and a short text as a whole first.

    Of more than `MOST` the first and the last half are kept: people begin or end with what weighs most.
    """
    several = _all_pieces(text[:_READ])
    return several if len(several) <= MOST else several[: MOST // 2] + several[-MOST // 2 :]


def nothing_left_out(text: str) -> bool:
    """Whether `pieces` holds every sentence of a text."""
    return len(text) <= _READ and len(_all_pieces(text)) <= MOST


def _all_pieces(text: str) -> list[str]:
    whole = clean(text)
    found = [whole] if words(whole) <= MAX_WORDS else []
    for sentence in sentences(text):
        found += _cut(clean(sentence))
    return [piece for piece in dict.fromkeys(found) if any(map(str.isalpha, piece))]


def _cut(sentence: str) -> list[str]:
    """Parts that the encoder reads to their end, as long as they can be."""
    parts: list[list[str]] = [[]]
    for clause in _COMMA.split(sentence):
        said = clause.split()
        if parts[-1] and len(parts[-1]) + len(said) > MAX_WORDS:
            parts.append([])
        parts[-1] += said
    return [" ".join(part[at : at + MAX_WORDS]) for part in parts for at in range(0, len(part), MAX_WORDS)]
