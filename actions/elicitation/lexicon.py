"""The word lists of data/assessment/<language>.yml, and where their words stand in a statement.

An entry is a word or a row of words; `word*` takes any ending, `*word` any beginning, `..` up to four words between.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from actions.elicitation.folding import fold, variants, words

CONTENT = ("activities", "symptoms", "values", "not_a_goal")
PLAIN = frozenset({"language", "numbers", "time", "before_a_name", "leads", "choosing"})
CHOOSING = frozenset({"not", "next", "all"})
LISTS = frozenset(
    {
        *CONTENT, "places", "companions", "company", "with", "how_often", "when", "how_far", "wishes", "doing", "being",
        "questions", "i_am", "not_wishing", "so_that", "and_also", "and", "small_words",
    }
)  # fmt: skip
GAP = 4
LONGEST_WORD = 40


class AssessmentDataError(Exception):
    """A word list cannot be read; names the file, never what a person typed."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


@dataclass(frozen=True)
class Match:
    """Words of a statement that stand in a list. at: the positions of those words."""

    kind: str
    area: str
    family: str
    at: tuple[int, ...]


@dataclass(frozen=True)
class Entry:
    """A row of a list; `parts` are folded words, with their stars, and dots."""

    kind: str
    area: str
    family: str
    parts: tuple[str, ...]


class Phrases:
    """Entries, found wherever their words stand in a statement."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._whole: dict[str, list[Entry]] = {}
        self._beginnings: dict[str, list[Entry]] = {}
        self._inner: dict[str, list[Entry]] = {}
        for entry in entries:
            first = entry.parts[0]
            index = self._inner if first[0] == "*" else self._beginnings if first[-1] == "*" else self._whole
            index.setdefault(first.strip("*"), []).append(entry)

    def find(self, statement: Sequence[str]) -> list[Match]:
        """Every place where an entry stands, overlaps included."""
        forms = [variants(word) for word in statement]
        found: dict[Match, None] = {}
        for start in range(len(forms)):
            for entry in self._beginning_with(forms[start]):
                at = _rest(entry.parts, forms, start)
                if at:
                    found[Match(entry.kind, entry.area, entry.family, at)] = None
        return list(found)

    def _beginning_with(self, forms: Iterable[str]) -> Iterator[Entry]:
        for form in forms:
            yield from self._whole.get(form, ())
            for length in range(1, min(len(form), LONGEST_WORD) + 1):
                yield from self._beginnings.get(form[:length], ())
            for entries in self._inner.values():
                for entry in entries:
                    if fits(entry.parts[0], form):
                        yield entry


@dataclass(frozen=True)
class ChoosingWords:
    """How one of several wishes is chosen. phrases: of the kinds `not`, `next`, `all`. slight: words that name none."""

    phrases: Phrases
    slight: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """The lists of one language."""

    language: str
    numbers: Mapping[str, int]
    time: Mapping[str, Any]
    before_a_name: Mapping[str, str]
    leads: Mapping[str, frozenset[str]]
    phrases: Phrases
    choosing: ChoosingWords

    @classmethod
    def load(cls, path: Path) -> "Lexicon":
        data = read_mapping(path)
        for name in data:
            if name not in LISTS | PLAIN:  # a misspelt name must not silently drop a list
                raise AssessmentDataError(path, f"{name!r} is not known here")
        try:
            numbers = {fold(str(word)): int(value) for word, value in data["numbers"].items()}
            phrases = Phrases(entries_of(data))
            leads = {str(part): frozenset(words(row.replace(",", " "))) for part, row in data["leads"].items()}
            choosing = _choosing(path, data["choosing"])
            return cls(str(data["language"]), numbers, data["time"], data["before_a_name"], leads, phrases, choosing)
        except (KeyError, AttributeError, TypeError, ValueError) as error:
            raise AssessmentDataError(path, f"cannot be understood near {error}") from error

    def find(self, statement: Sequence[str]) -> list[Match]:
        """Every place where an entry stands, overlaps included."""
        return self.phrases.find(statement)


def _choosing(path: Path, lists: Mapping[str, str]) -> ChoosingWords:
    for name in lists.keys() ^ (CHOOSING | {"slight"}):
        raise AssessmentDataError(path, f"'choosing' {'does not know' if name in lists else 'lacks'} {name!r}")
    phrases = Phrases(entries_of({name: lists[name] for name in CHOOSING}))
    return ChoosingWords(phrases, frozenset(words(lists["slight"].replace(",", " "))))


def fits(part: str, word: str) -> bool:
    """Whether a word meets one part of an entry."""
    bare = part.strip("*")
    if part[0] == "*":
        return bare in word[:LONGEST_WORD] if part[-1] == "*" else word.endswith(bare)
    return word.startswith(bare) if part[-1] == "*" else word == bare


def _rest(parts: Sequence[str], forms: Sequence[Sequence[str]], start: int) -> tuple[int, ...]:
    at, position, reach = [start], start, 1
    for part in parts[1:]:
        if part == "..":
            reach = GAP + 1
            continue
        nearby = range(position + 1, min(position + reach + 1, len(forms)))
        position = next((i for i in nearby if any(fits(part, form) for form in forms[i])), -1)
        if position < 0:
            return ()
        at.append(position)
        reach = 1
    return tuple(at)


def entries_of(data: Mapping[str, Any]) -> Iterator[Entry]:
    """The entries of all lists of a file: list (kind), sublist (area) and its sublist (family), where there are."""
    for kind, lists in data.items():
        if kind in PLAIN:
            continue
        for area, families in _by_name(lists):
            for family, text in _by_name(families):
                for phrase in str(text).split(","):
                    parts = tuple(folded_row(phrase))
                    if parts:
                        yield Entry(str(kind), area, family or area, parts)


def folded_row(phrase: str) -> list[str]:
    """The parts of one entry, folded; stars and dots stay."""
    row = []
    for part in phrase.split():
        if part == "..":
            row.append(part)
            continue
        inside = words(part.strip("*"))
        if inside:
            inside[0] = ("*" if part[0] == "*" else "") + inside[0]
            inside[-1] += "*" if part[-1] == "*" else ""
            row += inside
    return row


def _by_name(lists: Any) -> Iterable[tuple[str, Any]]:
    return [(str(name), below) for name, below in lists.items()] if isinstance(lists, Mapping) else [("", lists)]


def read_mapping(path: Path) -> Mapping[str, Any]:
    try:
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        raise AssessmentDataError(path, "is not valid YAML in UTF-8") from error
    if not isinstance(data, Mapping):
        raise AssessmentDataError(path, "must be a list of 'name: value' lines")
    return data
