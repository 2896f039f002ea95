"""Finds danger in a text with the rules of all languages at once, since people mix languages.

Deterministic: a published list of phrases, no score and no grade. Works sentence by sentence: `..` and `unless`
never reach over a full stop, so danger anywhere in a text is found whatever else stands there.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from actions.safety.folding import Folder
from actions.safety.notation import Heads, Pattern, heads_of
from actions.safety.rule_files import CATEGORIES, Rule, RuleFile, load_rule_file

# How far an `unless` reaches in a text without commas, in characters (some ten words).
_REACH = 60
_LONGEST_MATCH = 400


@dataclass(frozen=True)
class Danger:
    """`category` is one of contracts.md section 2; `rule` names the rule, None where nothing was found.

    sign: said between the lines, so that the classifier may think better of it. calls_for_help: tells of calling for
    help and of nothing else.
    """

    category: str
    rule: str | None = None
    sign: bool = False
    calls_for_help: bool = False


NO_DANGER = Danger("none")


class SafetyRules:
    """All rule files of a folder, compiled."""

    def __init__(self, files: Sequence[RuleFile]) -> None:
        self.files = tuple(files)
        spellings = {typed: meant for file in files for typed, meant in file.spellings.items()}
        self._folder = Folder(spellings)
        self._index = _Index((rule, phrase) for file in files for rule in file.rules for phrase in rule.phrases)
        self._breaks = tuple(pattern for file in files for pattern in file.clause_breaks)

    @classmethod
    def load(cls, folder: Path) -> "SafetyRules":
        """Reads every *.yml of the folder; raises SafetyDataError with file and line."""
        return cls([load_rule_file(path) for path in sorted(folder.glob("*.yml"))])

    def check(self, text: str, lang: str | None = None) -> Danger:
        """The most pressing danger the text states; `lang` only decides which of equal rules is named."""
        return next(iter(self.found(text, lang)), NO_DANGER)

    def found(self, text: str, lang: str | None = None) -> tuple[Danger, ...]:
        """All dangers the text states, by rule: the most pressing first, what is said plainly before signs."""
        hits = {rule.id: rule for sentence in self._folder.sentences(text) for rule in self._hits(sentence)}
        ordered = sorted(hits.values(), key=lambda rule: _order(rule, lang))
        return tuple(Danger(rule.category, rule.id, rule.sign, rule.calls_for_help) for rule in ordered)

    def _hits(self, sentence: str) -> Iterable[Rule]:
        heads = heads_of(sentence)
        view = _Sentence(sentence, heads, self._breaks)
        found: set[str] = set()
        for rule, phrase in self._index.candidates(heads):
            if rule.id in found:
                continue
            for match in phrase.regex.finditer(sentence):
                if not view.silenced(rule, *match.span()):
                    found.add(rule.id)
                    yield rule
                    break


def _order(rule: Rule, lang: str | None) -> tuple[bool, int, bool, bool]:
    """Calling for help comes last: why somebody does tells more."""
    return rule.calls_for_help, CATEGORIES.index(rule.category), rule.sign, rule.language != lang


class _Index:
    """Phrases by the rarest word they need, so that a sentence only meets phrases it could hold."""

    def __init__(self, phrases: Iterable[tuple[Rule, Pattern]]) -> None:
        entries = tuple(phrases)
        common = Counter(head for _, phrase in entries for need in phrase.needs for head in need)

        def frequency(need: Heads) -> int:
            return sum(common[head] for head in need)

        self._entries = entries
        self._by_head: dict[str, list[int]] = {}
        for number, (_, phrase) in enumerate(entries):
            for head in min(phrase.needs, key=frequency):
                self._by_head.setdefault(head, []).append(number)

    def candidates(self, heads: set[str]) -> Iterable[tuple[Rule, Pattern]]:
        numbers = {number for head in heads & self._by_head.keys() for number in self._by_head[head]}
        entries = (self._entries[number] for number in sorted(numbers))
        return (entry for entry in entries if entry[1].possible(heads))


class _Sentence:
    """One folded sentence, its clauses, and where the `unless` of each rule stand in it."""

    def __init__(self, words: str, heads: set[str], breaks: Sequence[Pattern]) -> None:
        self._words, self._heads, self._break_patterns = words, heads, breaks
        self._breaks: list[int] | None = None
        self._unless: dict[str, list[tuple[int, int]]] = {}

    def silenced(self, rule: Rule, start: int, end: int) -> bool:
        """Whether an `unless` of the rule stands in the clause(s) of the hit, near to it."""
        if not rule.unless:
            return False
        spans = self._unless_spans(rule)
        clause_start, clause_end = self._clause(start, end)
        first = bisect_left(spans, (start - _REACH - _LONGEST_MATCH, 0))
        last = bisect_right(spans, (min(end + _REACH, clause_end - 1), 0))
        return any(stop > max(clause_start + 1, start - _REACH) for _, stop in spans[first:last])

    def _unless_spans(self, rule: Rule) -> list[tuple[int, int]]:
        if rule.id not in self._unless:
            possible = (pattern for pattern in rule.unless if pattern.possible(self._heads))
            spans = (match.span() for pattern in possible for match in pattern.regex.finditer(self._words))
            self._unless[rule.id] = sorted(spans)
        return self._unless[rule.id]

    def _clause(self, start: int, end: int) -> tuple[int, int]:
        if self._breaks is None:
            commas = {place + 1 for place, char in enumerate(self._words) if char == ","}
            possible = (pattern for pattern in self._break_patterns if pattern.possible(self._heads))
            words = {m.start() for pattern in possible for m in pattern.regex.finditer(self._words)}
            self._breaks = sorted({0, len(self._words)} | commas | words)
        before = bisect_right(self._breaks, start) - 1
        after = bisect_left(self._breaks, end)
        return self._breaks[before], self._breaks[min(after, len(self._breaks) - 1)]
