"""By when: an ISO 8601 duration ("P3M") or a date, out of "in three months", "by summer", "before Ramadan"."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from actions.elicitation.folding import variants
from actions.elicitation.lexicon import Lexicon, fits, folded_row

ARTICLE = "ال"
HALF = {"Y": "P6M", "D": "PT12H", "M": "P2W", "W": "P3D"}


class TimeFrames:
    """Reads the `time` part of a language's lists. calendar: name of a day or season > "MM-DD" or a list of dates."""

    def __init__(self, calendar: Mapping[str, Any]) -> None:
        self._calendar = calendar

    def find(self, words: Sequence[str], lexicon: Lexicon, today: date) -> str | None:
        """The first time frame named; "since", "ago" and "a week" as a length are none."""
        return next((found for at in range(len(words)) if (found := self._at(words, at, lexicon, today))), None)

    def locate(self, words: Sequence[str], lexicon: Lexicon, today: date) -> tuple[int, int] | None:
        """From which word up to which one the first time frame stands."""
        for at in range(len(words)):
            found = self._at(words, at, lexicon, today)
            if found:
                begin = at if self._at(words[at:], 0, lexicon, today) == found else at - 1
                ends = range(at + 1, len(words) + 1)
                return begin, next(end for end in ends if self._at(words[:end], at, lexicon, today) == found)
        return None

    def _at(self, words: Sequence[str], at: int, lexicon: Lexicon, today: date) -> str | None:
        time = lexicon.time
        return (
            self._duration(words, at, lexicon)
            or self._next(words, at, time)
            or self._this(words, at, time, today)
            or self._named(words, at, time, today)
        )

    def _duration(self, words: Sequence[str], at: int, lexicon: Lexicon) -> str | None:
        """in (a) three months; Arabic has one word for "two months"."""
        for lead in _listed(lexicon.time["in"]):
            begin = at + len(lead)
            if list(words[at:begin]) != lead or begin >= len(words):
                continue
            for unit, forms in lexicon.time.get("two_of", {}).items():
                if _one_of(words[begin], forms):
                    return f"P2{unit}"
            for skip in (0, 1):
                found = _amount(words, begin + skip, lexicon)
                if found:
                    return found
        return None

    def _next(self, words: Sequence[str], at: int, time: Mapping[str, Any]) -> str | None:
        """next month; in French and Arabic "next" comes after."""
        unit = unit_of(words[at], time)
        if unit:
            beside = [words[at - 1]] if at else []
            beside += words[at + 1 : at + 2]
            if any(_one_of(word, time["next"]) for word in beside):
                return f"P1{unit}"
        # In Arabic "the lunch" is written like "tomorrow" with an article, which tomorrow never has.
        tomorrow = _one_of(words[at], time["tomorrow"]) and not words[at].startswith(ARTICLE)
        return "P1D" if tomorrow else None

    def _this(self, words: Sequence[str], at: int, time: Mapping[str, Any], today: date) -> str | None:
        """this year, before the end of the year."""
        if any(list(words[at : at + len(row)]) == row for row in _listed(time["this_year"])):
            return date(today.year, 12, 31).isoformat()
        return None

    def _named(self, words: Sequence[str], at: int, time: Mapping[str, Any], today: date) -> str | None:
        for name, forms in time["dates"].items():
            for row in _listed(forms):
                there = words[at : at + len(row)]
                if len(there) == len(row) and all(_meets(p, w) for p, w in zip(row, there, strict=True)):
                    return self._coming(str(name), _day_before(words, at), today)
        return None

    def _coming(self, name: str, day: int | None, today: date) -> str | None:
        """The first such day after today."""
        entry = self._calendar.get(name)
        if isinstance(entry, str):
            month, first = (int(number) for number in entry.split("-"))
            for year in (today.year, today.year + 1):
                try:
                    there = date(year, month, day if day and first == 1 else first)
                except ValueError:
                    there = date(year, month, first)
                if there > today:
                    return there.isoformat()
            return None
        return next((str(there) for there in sorted(map(str, entry or ())) if there > today.isoformat()), None)


def _amount(words: Sequence[str], at: int, lexicon: Lexicon) -> str | None:
    there, following = (*words[at : at + 2], "", "")[:2]
    number = number_of(there, lexicon)
    if number is None and lexicon.time.get("one_unsaid") and unit_of(there, lexicon.time):
        return f"P1{unit_of(there, lexicon.time)}"
    unit = unit_of(following, lexicon.time)
    if unit is None:
        return None
    if _one_of(there, lexicon.time["half"]):
        return HALF[unit]
    return f"P{number}{unit}" if number else None


def number_of(word: str, lexicon: Lexicon) -> int | None:
    """The whole number that a word or its digits stand for."""
    if not word:
        return None
    if word.isdecimal():
        return int(word) if len(word) <= 4 else None
    return next((lexicon.numbers[form] for form in variants(word) if form in lexicon.numbers), None)


def _day_before(words: Sequence[str], at: int) -> int | None:
    day = words[at - 1] if at else ""
    return int(day) if day.isdecimal() and len(day) <= 2 and 1 <= int(day) <= 31 else None


def unit_of(word: str, time: Mapping[str, Any]) -> str | None:
    """`D`, `W`, `M` or `Y` for "days", "week" and the like."""
    return next((str(unit) for unit, forms in time["units"].items() if _one_of(word, forms)), None)


@cache
def _listed(forms: str) -> tuple[list[str], ...]:
    """The rows of words in a comma-separated list of the word lists, folded; stars stay."""
    return tuple(folded_row(row) for row in str(forms).split(",") if row.strip())


def _one_of(word: str, forms: str) -> bool:
    return bool(word) and any(_meets(row[0], word) for row in _listed(forms) if len(row) == 1)


def _meets(part: str, word: str) -> bool:
    return any(fits(part, form) for form in variants(word))
