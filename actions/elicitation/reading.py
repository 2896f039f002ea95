"""A statement read with the word lists: which of their words stand in it, and where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from actions.elicitation.clauses import first
from actions.elicitation.lexicon import CONTENT, Lexicon, Match
from actions.elicitation.names import names_after

LONG_ENOUGH = 5  # a word of another language counts when it is this long; short ones mean too many things


@dataclass(frozen=True)
class Reading:
    """A statement read with one language's lists, and with the clear words of the others."""

    words: Sequence[str]
    goals: tuple[Match, ...]  # in order; of overlapping ones the longest
    others: tuple[Match, ...]  # companions, places, joining words ...
    names: frozenset[str]  # elements told by a name: "with Lena", "in Gent"

    def kinds(self) -> frozenset[str]:
        return frozenset(match.kind for match in (*self.goals, *self.others))

    def opens_with(self, *kinds: str) -> bool:
        return any(match.kind in kinds and first(match) == 0 for match in self.others)

    def without_overlaps(self, goals: Sequence[Match]) -> "Reading":
        """Words that already name what is wanted tell no who, where or when; a second activity may tell where or when
        the first one is done ("take the bus to the market", "read before going to sleep").
        """
        leading = set(goals[0].at) if goals else set()
        return replace(self, others=tuple(match for match in self.others if leading.isdisjoint(match.at)))


def read(text: str, words: Sequence[str], lexicons: Sequence[Lexicon], lang: str | None) -> tuple[Lexicon, Reading]:
    """The lists that know the statement best, `lang`'s if they know what is wanted, and what they found in it."""
    found = {lexicon.language: lexicon.find(words) for lexicon in lexicons}
    main = max(lexicons, key=lambda lexicon: _weight(found[lexicon.language], lexicon.language == lang))
    matches = list(found[main.language])
    taken = {at for match in matches for at in match.at}
    for language, more in found.items():
        if language != main.language:
            matches += [match for match in more if _lends(match, words, taken)]
    goals = _longest(match for match in matches if match.kind in CONTENT)
    others = tuple(match for match in matches if match.kind not in CONTENT)
    meant = {words[at] for match in matches if match.kind != "doing" for at in match.at}  # "Roger" ends like a verb
    return main, Reading(words, goals, others, names_after(text, main.before_a_name, meant))


def _weight(matches: Sequence[Match], named: bool) -> tuple[bool, int, bool]:
    """The named language wins as soon as it knows what is wanted; otherwise whoever knows most words."""
    known = any(match.kind in CONTENT for match in matches)
    return named and known, len({at for match in matches for at in match.at}), named


def _lends(match: Match, words: Sequence[str], taken: set[int]) -> bool:
    content = (*CONTENT, "companions", "places")
    return match.kind in content and all(len(words[at]) >= LONG_ENOUGH and at not in taken for at in match.at)


def _longest(matches: Iterable[Match]) -> tuple[Match, ...]:
    used: set[int] = set()
    kept = []
    for match in sorted(matches, key=lambda m: (-len(m.at), first(m), CONTENT.index(m.kind))):
        if used.isdisjoint(match.at):
            used.update(match.at)
            kept.append(match)
    return tuple(sorted(kept, key=first))
