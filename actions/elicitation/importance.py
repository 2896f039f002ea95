"""Importance from 0 to 10, said in any way: a number in any digits, or a number word of a language (data/listening)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from actions.elicitation.folding import fold, variants

MOST = 10
FAR = 3  # words from "9" to "10" in "9 out of the 10"
NEAR = 3  # words from "maybe" to the number in "maybe even a nine"
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|[^\w\s]")
_SLASH = "/"
_MEASURES = frozenset("/%°€$£")  # after a number they say what it measures; all other signs end a clause
_INSIDE = frozenset("-:")  # between figures: of a date, a time, or "7-8"
Row = tuple[str, ...]
Rows = Mapping[str, Sequence[Row]]  # by their first word


@dataclass(frozen=True)
class NumberWords:
    """Of all languages at once, since people mix them. values: folded word > 0 to 10. articles: "an eight", words that
    may be numbers themselves. out_of: the words in "9 out of 10". perhaps: before a second thought. up_to: the word in
    "between 7 and 8". starts: after them a number is meant: "so", "I'd say". small: what may stand around a number.
    thinking: the same, also after a word that is an article as well. goes_on: after a number, something else begins.
    rank: before a one they say that it comes first.
    """

    values: Mapping[str, int]
    articles: frozenset[str]
    out_of: frozenset[str]
    perhaps: frozenset[str]
    up_to: frozenset[str]
    rank: frozenset[str]
    starts: Rows
    small: Rows
    thinking: Rows
    goes_on: Rows

    @classmethod
    def of(cls, languages: Iterable[Mapping[str, Any]]) -> Self:
        """From the lists of these names of each language, of which that of the values is called `numbers`, and those of
        `starts` are `therefore` and `naming`.
        """
        every = list(languages)

        def listed(*names: str) -> frozenset[Row]:
            return frozenset(tuple(row) for lists in every for name in names for row in rows(lists[name]))

        def single(name: str) -> frozenset[str]:
            return frozenset(word for row in listed(name) for word in row)

        return cls(
            {row[0]: int(value) for lists in every for value, text in lists["numbers"].items() for row in rows(text)},
            single("articles"),
            single("out_of") | {_SLASH},
            single("perhaps"),
            single("up_to"),
            single("rank"),
            _by_first_word(listed("therefore", "naming")),
            _by_first_word(listed("small") | listed("rank")),
            _by_first_word(listed("thinking")),
            _by_first_word(listed("goes_on")),
        )


def rows(text: object) -> list[list[str]]:
    """The entries of a comma-separated list, each as its folded words."""
    found = (_TOKEN.findall(fold(entry.strip())) for entry in str(text).split(","))
    return [row for row in found if row]


def importance(text: str, words: NumberWords) -> int | None:
    """The number that was said, or None: a story in which something is counted ("I have 3 children") names none. "9 out
    of 10" is 9. Of several numbers the last counts, but no second thought ("seven, maybe eight").
    """
    tokens = _TOKEN.findall(fold(text.replace("½", "")))  # folded, "8½" would be 81 halves
    if not any(_value(token, words) is not None for token in tokens):
        return None
    said = _Said(tokens, words)
    meant = [at for at in range(len(said.tokens)) if said.means(at)]
    meant = [at for at in meant if not said.is_second_thought(at)] or meant
    return said.values[meant[-1]] if meant else None


class _Said:
    """The tokens of an answer, and what they are."""

    def __init__(self, tokens: Sequence[str], words: NumberWords) -> None:
        self.tokens = tokens
        self.values = [_value(token, words) for token in tokens]
        self._words = words
        self._scales = self._said_out_of_ten()
        self._tens = self._scale_said_again().union(self._scales.values())
        forms = [variants(token) for token in tokens]
        self._starts = {at[-1] for at in _places(forms, words.starts)}
        self._goes_on = {at[0] for at in _places(forms, words.goes_on)}
        self._thinking = {i for at in _places(forms, words.thinking) for i in at}
        self._small = self._thinking | {i for at in _places(forms, words.small) for i in at}
        self._small |= {i for i, token in enumerate(tokens) if self._joins(i) or token in words.perhaps}
        self._small |= {i for i, value in enumerate(self.values) if value is not None}

    def means(self, at: int) -> bool:
        """Whether a number out of ten stands here, and nothing that it counts."""
        if self.values[at] is None or at in self._tens or self._is_rank(at):
            return False
        article = self.tokens[at] in self._words.articles
        scale = self._scales.get(at)
        before = range(self._start(at), at)
        last = at if scale is None else scale
        after = range(last + 1, self._end(last, stopping=not article))
        if scale is not None and not article:
            return self.tokens[at + 1] == _SLASH or not after or after[0] in self._small
        around = self._thinking if article and scale is None else self._small
        return self._small.issuperset(before) and around.issuperset(after)

    def is_second_thought(self, at: int) -> bool:
        """ "maybe eight", and the eight in "seven eight" and "seven to eight"."""
        earlier = [i for i in (at - 1, at - 2) if self._is_number(i) and self.tokens[i] not in self._words.articles]
        joined = bool(earlier) and all(word in self._words.up_to for word in self.tokens[earlier[0] + 1 : at])
        return joined or bool(self._words.perhaps.intersection(self.tokens[max(at - NEAR, 0) : at]))

    def _said_out_of_ten(self) -> Mapping[int, int]:
        """Where a number is said out of ten: its place > the place of that ten."""
        found = {}
        for at, value in enumerate(self.values):
            for ten in range(at + 2, min(at + 2 + FAR, len(self.tokens))):
                between = self.tokens[at + 1 : ten]
                if value is not None and self.values[ten] == MOST and all(w in self._words.out_of for w in between):
                    found[at] = ten
        return found

    def _is_number(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.values[at] is not None

    def _joins(self, at: int) -> bool:
        return self.tokens[at] in self._words.up_to and self._is_number(at - 1) and self._is_number(at + 1)

    def _scale_said_again(self) -> set[int]:
        """The places of the "0 to 10" of the question."""
        pairs = [(low, high) for low in range(len(self.tokens)) for high in (low + 1, low + 2) if self._is_number(high)]
        ends = [pair for pair in pairs if (self.values[pair[0]], self.values[pair[1]]) == (0, MOST)]
        return {i for low, high in ends if high == low + 1 or self._joins(low + 1) for i in (low, high)}

    def _is_rank(self, at: int) -> bool:
        return self.values[at] == 1 and at > 0 and self.tokens[at - 1] in self._words.rank

    def _start(self, at: int) -> int:
        """Where the clause of a number begins, or what is left of it after "so" or "I'd say"."""
        return next((i + 1 for i in reversed(range(at)) if i in self._starts or self._separates(i)), 0)

    def _end(self, at: int, *, stopping: bool) -> int:
        """Where its clause ends; with `stopping` also where something else begins in it."""
        following = range(at + 1, len(self.tokens))
        stops = (i for i in following if self._separates(i) or (stopping and i in self._goes_on))
        return next(stops, len(self.tokens))

    def _separates(self, at: int) -> bool:
        if self.tokens[at][0].isalnum() or self.tokens[at] in _MEASURES:
            return False
        beside = (self.tokens[i][0] for i in (at - 1, at + 1) if 0 <= i < len(self.tokens))
        return self.tokens[at] not in _INSIDE or [char.isdecimal() for char in beside] != [True, True]


def _value(token: str, words: NumberWords) -> int | None:
    if token[0].isdecimal():
        number = int(re.split("[.,]", token)[0]) if len(token) <= 4 else MOST + 1  # "7,5" is a seven
        return number if number <= MOST else None
    return next((words.values[form] for form in variants(token) if form in words.values), None)


def _by_first_word(listed: frozenset[Row]) -> Rows:
    found: dict[str, list[Row]] = {}
    for row in listed:
        found.setdefault(row[0], []).append(row)
    return found


def _places(forms: Sequence[Sequence[str]], listed: Rows) -> list[range]:
    """Where the rows of a list stand; `forms` are those of each token."""
    found = []
    for start, form in enumerate(forms):
        for row in (row for word in form for row in listed.get(word, ())):
            here = forms[start : start + len(row)]
            if len(here) == len(row) and all(word in said for word, said in zip(row, here, strict=True)):
                found.append(range(start, start + len(row)))
    return found
