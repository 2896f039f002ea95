"""With whom, where, how often and when: the stretches of a statement that say it, quoted as they stand. What nobody
said is not there.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from actions.elicitation.folding import COMMA, SENTENCE_END, variants
from actions.elicitation.lexicon import Lexicon
from actions.elicitation.names import named_stretches
from actions.elicitation.placed import Placed, quoted
from actions.elicitation.reading import Reading
from actions.elicitation.time_frames import unit_of

WHO, WHERE, HOW_OFTEN, WHEN = "who", "where", "how_often", "when"
ELEMENTS = (WHO, WHERE, HOW_OFTEN, WHEN)
_KINDS = {"companions": WHO, "company": WHO, "places": WHERE, "how_often": HOW_OFTEN, "when": WHEN}
SKIPPED = 2  # words between "with my" and whom
WITHOUT = 3  # words from "without" to "calling my wife"

Stretch = tuple[int, int]  # from this word up to that one


@dataclass(frozen=True)
class Part:
    """part: one of `ELEMENTS`. words: a stretch of the statement, verbatim."""

    part: str
    words: str


def parts_of(
    text: str, tokens: Sequence[Placed], reading: Reading, lexicon: Lexicon, time: Stretch | None
) -> tuple[Part, ...]:
    """What was said, element by element and in order. time: where the time frame stands."""
    words = [token.word for token in tokens]
    found: dict[str, set[int]] = {element: set() for element in ELEMENTS}
    known = {at for match in (*reading.goals, *reading.others) for at in match.at}
    for element, (begin, end) in _found(tokens, reading, lexicon, text, time):
        start = _with_lead(words, begin, element, known, lexicon)
        found[element] |= set(range(start, end)) if start is not None else set()
    found[HOW_OFTEN] = _with_what_is_counted(words, found[HOW_OFTEN], found[WHEN], known, lexicon)
    found[WHEN] -= found[HOW_OFTEN]
    return tuple(
        Part(element, quoted(text, tokens[begin:end]))
        for element in ELEMENTS
        for begin, end in _stretches(found[element], words, reading)
    )


def _found(
    tokens: Sequence[Placed], reading: Reading, lexicon: Lexicon, text: str, time: Stretch | None
) -> Iterator[tuple[str, Stretch]]:
    accompanied = "with" in reading.kinds()
    for match in reading.others:
        element = _KINDS.get(match.kind)
        if element and (match.kind != "company" or accompanied):
            yield element, (match.at[0], match.at[-1] + 1)
    told = (match for match in (*reading.goals, *reading.others) if match.kind != "doing")
    meant = {reading.words[at] for match in told for at in match.at}
    for element, start, end in named_stretches(text, lexicon.before_a_name, meant):
        inside = [at for at, token in enumerate(tokens) if token.start < end and start < token.end]
        if inside and element in ELEMENTS:
            yield element, (inside[0], inside[-1] + 1)
    if time:
        yield WHEN, time


def _with_lead(words: Sequence[str], begin: int, element: str, known: Set[int], lexicon: Lexicon) -> int | None:
    """Where the stretch begins: at the "with my", "in the" or "by" before it. None when it says something else: a place
    without an "in", someone who stands behind "without".
    """
    start = begin
    if element in (WHO, WHERE):  # "in the [old] park"
        near = range(begin - 1, max(begin - 2 - SKIPPED, -1), -1)
        for at in near:
            if _leads(words[at], element, lexicon):
                start = at + 1
                break
            if at in known or words[at] in (SENTENCE_END, COMMA):
                break
    while start > 0 and _leads(words[start - 1], element, lexicon):
        start -= 1
    if element == WHO and any(_leads(word, "without", lexicon) for word in words[max(start - WITHOUT, 0) : start]):
        return None
    lacks_lead = start == begin and not _is_joined(words[begin], lexicon)
    return None if element == WHERE and lacks_lead else start


def _leads(word: str, element: str, lexicon: Lexicon) -> bool:
    if element == WHEN and word.isdecimal():
        return True  # "by 1 september"
    return any(form in lexicon.leads[element] for form in variants(word))


def _is_joined(word: str, lexicon: Lexicon) -> bool:
    """Whether "in" is written onto the word, as in Arabic."""
    return "\u0620" <= word[0] <= "\u064a" and word[0] in lexicon.leads[WHERE]


def _with_what_is_counted(
    words: Sequence[str], often: Set[int], when: Set[int], known: Set[int], lexicon: Lexicon
) -> set[int]:
    """The words of how often with what they count: "every other week", "three times", "every market day"."""
    grown = set(often)
    for at in sorted(often):
        if at > 0 and _is_number(words[at - 1], lexicon):
            grown.add(at - 1)
        after = at + 1
        while (counted := next((i for i in (after, after + 1) if _counts(words, i, when, lexicon)), None)) is not None:
            grown |= set(range(after, counted + 1))
            after = counted + 1
        following = at + 1 < len(words) and at + 1 not in known and words[at + 1] not in (SENTENCE_END, COMMA)
        if following and _leads(words[at], "each", lexicon):
            grown.add(at + 1)
    return grown


def _counts(words: Sequence[str], at: int, when: Set[int], lexicon: Lexicon) -> bool:
    if at >= len(words):
        return False
    return at in when or _is_number(words[at], lexicon) or unit_of(words[at], lexicon.time) is not None


def _is_number(word: str, lexicon: Lexicon) -> bool:
    return word.isdecimal() or any(form in lexicon.numbers for form in variants(word))


def _stretches(places: set[int], words: Sequence[str], reading: Reading) -> Iterator[Stretch]:
    """Places next to each other, or with only "and" between them, are one stretch."""
    joining = {at for match in reading.others if match.kind == "and" for at in match.at}
    ordered = sorted(places)
    while ordered:
        begin = end = ordered.pop(0)
        while ordered and (ordered[0] == end + 1 or (ordered[0] == end + 2 and end + 1 in joining)):
            end = ordered.pop(0)
        yield begin, end + 1


def of_answer(parts: Sequence[Part], asked: str, words: str) -> tuple[Part, ...]:
    """Parts of an answer to the question for one element: where no list knows its words, they say it all the same."""
    told = asked not in ELEMENTS or any(part.part == asked for part in parts)
    return tuple(parts) if told else (Part(asked, words), *parts)
