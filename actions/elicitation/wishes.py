"""The wishes in a statement that holds more than one, each as the stretch of text that says it."""

from collections.abc import Sequence
from itertools import pairwise

from actions.elicitation.clauses import are_two, first
from actions.elicitation.folding import COMMA, SENTENCE_END
from actions.elicitation.lexicon import Match
from actions.elicitation.placed import Placed, quoted
from actions.elicitation.reading import Reading

LAST = -1  # how "the last one" is counted
_AND = "و"  # Arabic writes "and" onto the next word


def wishes_in(text: str, tokens: Sequence[Placed], goals: Sequence[Match], reading: Reading) -> tuple[str, ...]:
    """The stretches in order, verbatim and without the word that joins them; the whole text if it holds one wish."""
    cuts = [
        _cut(one, other, reading)
        for one, other in pairwise(sorted(goals, key=first))
        if are_two(one, other, reading.others, reading.words)
    ]
    begins = [0, *(_after_joining(begin, reading) for _, begin in cuts)]
    ends = [*(end for end, _ in cuts), len(tokens)]
    pieces = []
    for begin, end in zip(begins, ends, strict=True):
        piece = quoted(text, tokens[begin:end])
        joined = begin > 0 and begin in _wishing(reading, goals) and piece.startswith(_AND)
        pieces.append(piece.removeprefix(_AND) if joined else piece)
    return tuple(piece for piece in pieces if piece)


def _wishing(reading: Reading, goals: Sequence[Match]) -> frozenset[int]:
    """Where words stand that show a wish, or name what is wanted."""
    showing = [match for match in reading.others if match.kind in ("wishes", "doing")]
    return frozenset(at for match in (*showing, *goals) for at in match.at)


def _cut(one: Match, other: Match, reading: Reading) -> tuple[int, int]:
    """Where the first wish ends and the next one begins, as places among the words."""
    words = reading.words
    between = range(one.at[-1] + 1, first(other))
    joining = {i for match in reading.others if match.kind == "and" for i in match.at}
    wishing = _wishing(reading, (other,))
    for joins in (
        [i for i in between if words[i] == SENTENCE_END],
        [i for i in between if i in joining],
        [i for i in between if words[i] == COMMA],
    ):
        if joins:
            return joins[-1], joins[-1] + 1
    written_on = [i for i in (*between, first(other)) if i in wishing and words[i].startswith(_AND)]
    begin = written_on[-1] if written_on else _also(one, other, reading)
    return begin, begin


def _also(one: Match, other: Match, reading: Reading) -> int:
    """Where "also" begins, when nothing else stands between the two."""
    places = [first(match) for match in reading.others if match.kind == "and_also"]
    return next((at for at in places if one.at[-1] < at < first(other)), first(other))


def _after_joining(begin: int, reading: Reading) -> int:
    """Past "and", "also", "besides that" with which the next wish opens."""
    opening = [match for match in reading.others if match.kind in ("and", "and_also")]
    ends = [match.at[-1] + 1 for match in opening if first(match) == begin]
    return _after_joining(max(ends), reading) if ends else begin
