"""The small notation of the rule files and its translation to regular expressions.

`word`, `word*` (any ending), `..` (up to four words in between), `(a|b c)`, `[optional]`, `<name>` (a word list).
Every part matches whole words with one space in front, and nothing repeats without a bound, so a search costs
a constant per word of the text (data/safety/README.md explains the notation to readers).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from actions.safety.folding import fold_letters, fold_words

_TOKEN = re.compile(r"\.\.|[()\[\]|]|<[\w-]+>|[^\s()\[\]|<>]+|[<>]")
_ARABIC = re.compile(r"[\u0620-\u064a]")
# Arabic writes small words onto the next one: and, the, with, to, like, will; in dialects also the present tense.
_JOINED = "[وف]?(?:ال|بال|[بلكسهح])?"
_JOINED_TO_SHORT = "[وف]?"
_STRIP_JOINED = re.compile(r"[وف]?(?:ال|بال|[بلكسهح])?(?=\w\w)")

_COMMA, _ANY_WORD = ",?", "[^ ]+"

Heads = frozenset[str]


class NotationError(Exception):
    """A pattern that cannot be read; the loader adds file and line."""


@dataclass(frozen=True)
class Fragment:
    """A piece of regular expression and, per needed place, the words of which the text must hold one."""

    regex: str
    needs: tuple[Heads, ...] = ()


@dataclass(frozen=True)
class Pattern:
    expression: str
    needs: tuple[Heads, ...]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when first needed: all of them at the start would cost seconds."""
        return re.compile(self.expression)

    def possible(self, heads: set[str]) -> bool:
        return not any(need.isdisjoint(heads) for need in self.needs)


def compile_phrase(source: str, lists: Mapping[str, Fragment]) -> Pattern:
    if source.rstrip().endswith(("]", "..")):
        raise NotationError("what is optional at the end changes nothing: make it needed with ( ), or leave it out")
    fragment = parse(source, lists)
    return Pattern(fragment.regex + "(?= )", fragment.needs)


def compile_unless(source: str, lists: Mapping[str, Fragment]) -> Pattern:
    """As a phrase, but never over a comma: "I can't go on, I want to die" is no negation of dying."""
    fragment = parse(source, lists)
    within_clause = fragment.regex.replace(_COMMA, "").replace(_ANY_WORD, "[^ ,]+")
    return Pattern(within_clause + "(?=[ ,])", fragment.needs)


def parse(source: str, lists: Mapping[str, Fragment]) -> Fragment:
    """Raises NotationError; a pattern that could match without any word is an error too."""
    reader = _Reader(_TOKEN.findall(source), lists)
    fragment = reader.sequence()
    if reader.tokens:
        raise NotationError(f"'{reader.tokens[0]}' has no beginning")
    if not fragment.needs:
        raise NotationError("needs at least one word that is not optional")
    return fragment


def either(fragments: list[Fragment]) -> Fragment:
    """Alternatives; a place is needed only if every alternative needs something."""
    regex = "(?:" + "|".join(fragment.regex for fragment in fragments) + ")"
    if not all(fragment.needs for fragment in fragments):
        return Fragment(regex)
    heads: Heads = frozenset().union(*(max(fragment.needs, key=_rarity) for fragment in fragments))
    return Fragment(regex, (heads,))


def heads_of(words: str) -> set[str]:
    """All that a folded sentence offers to needs: its words and, with a star, their beginnings."""
    heads: set[str] = set()
    for word in set(words.replace(",", "").split()):
        for form in {word} | ({_STRIP_JOINED.sub("", word, count=1), word[1:]} if _ARABIC.match(word) else set()):
            heads.add(form)
            heads.update(form[:size] + "*" for size in range(2, min(len(form), 16) + 1))
    return heads


def _rarity(need: Heads) -> tuple[int, int]:
    return -len(need), min(map(len, need))


class _Reader:
    def __init__(self, tokens: list[str], lists: Mapping[str, Fragment]) -> None:
        self.tokens, self._lists = tokens, lists

    def sequence(self) -> Fragment:
        regex = ""
        needs: list[Heads] = []
        while self.tokens and self.tokens[0] not in ")]|":
            fragment = self._item(self.tokens.pop(0))
            regex += fragment.regex
            needs.extend(fragment.needs)
        return Fragment(regex, tuple(needs))

    def _item(self, token: str) -> Fragment:
        if token == "..":
            return Fragment(f"(?: {_ANY_WORD}){{0,4}}?")
        if token == "(":
            return either(self._alternatives(")"))
        if token == "[":
            return Fragment("(?:" + either(self._alternatives("]")).regex + ")?")
        if token.startswith("<"):
            if token[1:-1] not in self._lists:
                raise NotationError(f"there is no word list {token} above this line")
            return self._lists[token[1:-1]]
        return _word(token)

    def _alternatives(self, closing: str) -> list[Fragment]:
        found = [self.sequence()]
        while self.tokens and self.tokens[0] == "|":
            self.tokens.pop(0)
            found.append(self.sequence())
        if not self.tokens or self.tokens.pop(0) != closing:
            raise NotationError(f"'{closing}' is missing")
        if not all(fragment.regex for fragment in found):
            raise NotationError("an alternative is empty")
        return found


@cache  # the same words stand in many rules, and folding them is most of what reading the rules costs
def _word(token: str) -> Fragment:
    ending = token.endswith("*")
    words = fold_words(fold_letters(token.removesuffix("*"))).split()
    if not words or "*" in token.removesuffix("*"):
        raise NotationError(f"'{token}' is not a word, or has its star in the wrong place")
    if ending and not 2 <= len(words[-1]) <= 16:
        raise NotationError(f"'{token}' needs 2 to 16 letters before its star")
    regex, needs = "", []
    for position, word in enumerate(words):
        starred = ending and position == len(words) - 1
        joined = "" if not _ARABIC.match(word) else _JOINED if len(word) > 2 else _JOINED_TO_SHORT
        regex += f" {joined}{re.escape(word)}" + ("[^ ,]*" if starred else "") + _COMMA
        needs.append(frozenset({word + "*" if starred else word}))
    return Fragment(regex, tuple(needs))
