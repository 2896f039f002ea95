"""Which of several wishes a person means who names one, counts it off, or says which one can wait: "the choir, please",
"the first", "not the cooking", "both".
"""

from collections.abc import Iterable, Iterator, Sequence

from actions.elicitation.folding import COMMA, SENTENCE_END, akin, variants
from actions.elicitation.folding import words as words_of
from actions.elicitation.lexicon import Lexicon, Phrases
from actions.elicitation.wishes import LAST

_NOT, _NEXT, _ALL = "not", "next", "all"


class Choosing:
    """With the lists `choosing` of all languages at once, for people mix them."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        lists = [lexicon.choosing for lexicon in lexicons]
        self._phrases: tuple[Phrases, ...] = tuple(choosing.phrases for choosing in lists)
        self._slight = frozenset(word for choosing in lists for word in choosing.slight)

    def meant(self, wishes: Sequence[str], said: str, place: int | None) -> int | None:
        """Which of the wishes was named, from 0; None when that cannot be told. Of those named alike, the earliest.

        place: which one was counted off, from 1, or `LAST`; it counts when none is named. "All" is taken as the first,
        for the others have their turn later.
        """
        each = [words_of(wish) for wish in wishes]
        named, turned_down = self._named(each, said)
        if named is not None:
            return named
        standing = [number for number in range(len(wishes)) if number not in turned_down]
        if len(standing) == 1:
            return standing[0]
        if place is not None:
            counted = len(wishes) - 1 if place == LAST else place - 1
            return counted if counted in standing else None
        kinds = self._kinds(words_of(said)).values()
        return standing[0] if standing and _ALL in kinds and _NOT not in kinds else None

    def turns_down(self, said: str) -> bool:
        """Whether something in it is not wanted, or not now."""
        return _NOT in self._kinds(words_of(said)).values()

    def _named(self, wishes: Sequence[Sequence[str]], said: str) -> tuple[int | None, frozenset[int]]:
        """The wish that is named first, and those that are turned down. "Not" before a wish that itself says "not"
        names it.
        """
        named: int | None = None
        turned_down = set()
        for wanted, unwanted in self._clauses(wishes, said):
            which, other = self._most(wishes, wanted), self._most(wishes, unwanted)
            if other is not None and _NOT in self._kinds(wishes[other]).values():
                which = other if which is None else which
            elif other is not None:
                turned_down.add(other)
            named = which if named is None else named
        return named, frozenset(turned_down)

    def _clauses(self, wishes: Sequence[Sequence[str]], said: str) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        """Of each stretch, the telling words that name what is wanted, and those that name what is not: what stands
        behind "not", or before it when nothing does ("the cooking not").
        """
        tokens = words_of(said)
        kinds = self._kinds(tokens)
        wanted: list[str] = []
        behind: list[str] = []
        negated = False
        for at, word in enumerate((*tokens, SENTENCE_END)):
            kind = kinds.get(at)
            if kind == _NEXT or word in (COMMA, SENTENCE_END):
                yield ([], wanted) if negated and not behind else (wanted, behind)
                wanted, behind, negated = [], [], False
            elif kind == _NOT:
                negated = True
            elif kind is None and self._tells(wishes, word):
                (behind if negated else wanted).append(word)

    def _kinds(self, tokens: Sequence[str]) -> dict[int, str]:
        return {at: match.kind for phrases in self._phrases for match in phrases.find(tokens) for at in match.at}

    def _tells(self, wishes: Sequence[Sequence[str]], word: str) -> bool:
        """A word that all wishes hold tells nothing of one; one that none holds does no harm."""
        return self._slight.isdisjoint(variants(word)) and 0 < sum(_holds(wish, word) for wish in wishes) < len(wishes)

    def _most(self, wishes: Sequence[Sequence[str]], telling: Sequence[str]) -> int | None:
        """The wish that holds most of the telling words; of two that hold as many, the one named before the other."""
        held = [[at for at, word in enumerate(telling) if _holds(wish, word)] for wish in wishes]
        ranks = sorted((-len(places), places[0], number) for number, places in enumerate(held) if places)
        if not ranks or (len(ranks) > 1 and ranks[0][:2] == ranks[1][:2]):
            return None
        return ranks[0][2]


def _holds(words: Sequence[str], word: str) -> bool:
    return any(akin(one, other) for one in variants(word) for held in words for other in variants(held))
