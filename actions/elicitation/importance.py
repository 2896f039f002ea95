"""Importance from 0 to 10, said in any way: a number in any digits, or a number word of a language (data/listening)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from actions.elicitation.folding import fold, variants

MOST = 10
FAR = 3  # words from "9" to "10" in "9 out of the 10"
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|[^\w\s]")
_SLASH = "/"


@dataclass(frozen=True)
class NumberWords:
    """Of all languages at once, since people mix them. values: folded word > 0 to 10. articles: "an eight" tells one
    number. out_of: the words in "9 out of 10". perhaps: before a second thought. up_to: the word in "between 7 and 8".
    therefore: rows of words that a conclusion follows, "so", "let's say".
    """

    values: Mapping[str, int]
    articles: frozenset[str]
    out_of: frozenset[str]
    perhaps: frozenset[str]
    up_to: frozenset[str]
    therefore: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, languages: Iterable[Mapping[str, Any]]) -> Self:
        """From the lists of these names of each language, of which that of the values is called `numbers`."""
        every = list(languages)

        def listed(name: str) -> frozenset[str]:
            return frozenset(word for lists in every for row in rows(lists[name]) for word in row)

        return cls(
            {row[0]: int(value) for lists in every for value, text in lists["numbers"].items() for row in rows(text)},
            listed("articles"),
            listed("out_of") | {_SLASH},
            listed("perhaps"),
            listed("up_to"),
            frozenset(tuple(row) for lists in every for row in rows(lists["therefore"])),
        )


def rows(text: object) -> list[list[str]]:
    """The entries of a comma-separated list, each as its folded words."""
    found = (_TOKEN.findall(fold(entry)) for entry in str(text).split(","))
    return [row for row in found if row]


def importance(text: str, words: NumberWords) -> int | None:
    """The number that was said, or None. "9 out of 10" is 9. Of several numbers the one that a conclusion gives counts
    ("two hands, so ten"), else the last that stands as a number: after "an", or with nothing behind it that it counts.
    A second thought ("seven, maybe eight") does not count.
    """
    said = _TOKEN.findall(fold(text))
    values = [_value(token, words) for token in said]
    scales = _scales(said, values, words)
    numbers = [at for at, value in enumerate(values) if value is not None and at not in scales.values()]
    numbers = [at for at in numbers if said[at] not in words.articles or _ends(said, at)] or numbers
    numbers = [at for at in numbers if not _is_second_thought(said, at, values, words)] or numbers
    for some in (
        [at for at in numbers if at in scales],
        _concluded(said, numbers, words),
        [at for at in numbers if _stands_alone(said, at, words)],
        numbers,
    ):
        if some:
            return values[some[-1]]
    return None


def _value(token: str, words: NumberWords) -> int | None:
    if token[0].isdecimal():
        number = int(re.split("[.,]", token)[0]) if len(token) <= 4 else MOST + 1  # "7,5" is a seven
        return number if number <= MOST else None
    return next((words.values[form] for form in variants(token) if form in words.values), None)


def _scales(said: Sequence[str], values: Sequence[int | None], words: NumberWords) -> Mapping[int, int]:
    """Where a number is said out of ten: its place > the place of that ten."""
    found = {}
    for at, value in enumerate(values):
        for ten in range(at + 2, min(at + 2 + FAR, len(said))):
            if value is not None and values[ten] == MOST and all(word in words.out_of for word in said[at + 1 : ten]):
                found[at] = ten
    return found


def _concluded(said: Sequence[str], numbers: Sequence[int], words: NumberWords) -> list[int]:
    """The first number after the last word of conclusion that has a number after it."""
    for start in reversed(range(len(said))):
        if any(tuple(said[start : start + len(row)]) == row for row in words.therefore):
            following = [at for at in numbers if at > start]
            if following:
                return following[:1]
    return []


def _stands_alone(said: Sequence[str], at: int, words: NumberWords) -> bool:
    return _ends(said, at) or (at > 0 and said[at - 1] in words.articles)


def _ends(said: Sequence[str], at: int) -> bool:
    return at + 1 == len(said) or not said[at + 1][0].isalnum()


def _is_second_thought(said: Sequence[str], at: int, values: Sequence[int | None], words: NumberWords) -> bool:
    """ "maybe eight", and the eight in "seven eight" and "seven to eight"."""
    before = [i for i in (at - 1, at - 2) if i >= 0 and values[i] is not None and said[i] not in words.articles]
    joined = bool(before) and all(word in words.up_to for word in said[before[0] + 1 : at])
    return joined or bool(words.perhaps.intersection(said[max(at - 2, 0) : at]))
