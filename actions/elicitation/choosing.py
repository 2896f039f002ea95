"""Which of several wishes a person means who names one, counts it off, or says which one can wait: "the choir, please",
"the first", "not the cooking", "both".
"""

from collections.abc import Iterator, Sequence

from actions.elicitation.folding import COMMA, SENTENCE_END, variants
from actions.elicitation.folding import words as words_of
from actions.elicitation.lexicon import Phrases, entries_of
from actions.elicitation.wishes import LAST

ALIKE = 4  # letters at the beginning of two forms of a word: "swim", "swimming"
THREE_LETTERS = 3  # of an Arabic root: "السباحة", "أسبح"
_ARTICLE, _LONG_VOWELS = "ال", str.maketrans("", "", "اويه")
_NOT, _ON, _ALL = "not", "on", "all"
# Of all languages at once, for people mix them. "not": what is turned down or can wait. "on": what comes next, or
# instead. "all": every one of them.
_WORDS = Phrases(
    entries_of(
        {
            _NOT: "niet, nie, ni, geen, later, wachten, not, dont, wait, pas, plus tard, attendre, لا, ما, مو, مش, "
            "موش, ليس, ليست, ماشي, لاحقا, فيما بعد",
            _ON: "maar, dan, daarna, nadien, vervolgens, but, then, next, mais, puis, ensuite, après, لكن, بل, ثم, "
            "بعدين, بعدها",
            _ALL: "alle, alles, allebei, allemaal, beide, beiden, both, all, everything, tous, toutes, tout, les deux, "
            "les trois, كل, كلها, كلهم, كلهن, كلشي, كلاهما, كليهما, الاثنان, الاثنين, الاثنتين, بجوج, جميعها",
        }
    )
)
# Articles, and words with which any wish may be said.
_SMALL = frozenset(
    words_of(
        "de het een t n nen ne den dat die dit deze ik me mij mijn mn we wij ons onze hij zij ze hem haar en of te om "
        "in op aan bij met voor van naar uit tot is zijn ben kan kunnen wil wilt willen zou graag liever eerst eerste "
        "ook nog weer terug wel er gaan ga doe doen "
        "a an the that this i me my we our he she it his her and or to of on at by with for from is am be can could "
        "want would like love d go going do doing again also still keep first one rather "
        "le la les l un une des du de ce cette ces cela ca c je j m moi mon ma mes nous notre nos il elle son sa ses "
        "et ou au aux en dans sur pour par avec chez qui que qu est suis etre peux pouvoir veux voudrais aimerais aime "
        "souhaite envie aller faire encore aussi abord premier plutot s y "
        "أن في مع من على عن إلى أنا أريد بدي أبغى بغيت أحب أقدر أستطيع مرة أخرى أيضا هذا هذه ذلك اللي أروح أذهب أول "
        "الأول الأولى الثاني الثانية الثالث الثالثة الأخير"
    )
)


def meant(wishes: Sequence[str], said: str, place: int | None) -> int | None:
    """Which of the wishes was named, from 0; None when that cannot be told. Of those named alike, the earliest.

    place: which one was counted off, from 1, or `LAST`; it counts when none is named. "All" is taken as the first, for
    the others have their turn later.
    """
    each = [words_of(wish) for wish in wishes]
    named, turned_down = _named(each, said)
    if named is not None:
        return named
    standing = [number for number in range(len(wishes)) if number not in turned_down]
    if len(standing) == 1:
        return standing[0]
    if place is not None:
        counted = len(wishes) - 1 if place == LAST else place - 1
        return counted if counted in standing else None
    kinds = _kinds(words_of(said)).values()
    return standing[0] if standing and _ALL in kinds and _NOT not in kinds else None


def turns_down(said: str) -> bool:
    """Whether something in it is not wanted, or not now."""
    return _NOT in _kinds(words_of(said)).values()


def _named(wishes: Sequence[Sequence[str]], said: str) -> tuple[int | None, frozenset[int]]:
    """The wish that is named first, and those that are turned down. "Not" before a wish that itself says "not" names
    it.
    """
    named: int | None = None
    turned_down = set()
    for wanted, unwanted in _clauses(wishes, said):
        which, other = _most(wishes, wanted), _most(wishes, unwanted)
        if other is not None and _NOT in _kinds(wishes[other]).values():
            which = other if which is None else which
        elif other is not None:
            turned_down.add(other)
        named = which if named is None else named
    return named, frozenset(turned_down)


def _clauses(wishes: Sequence[Sequence[str]], said: str) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Of each stretch, the telling words that name what is wanted, and those that name what is not: what stands behind
    "not", or before it when nothing does ("the cooking not").
    """
    tokens = words_of(said)
    kinds = _kinds(tokens)
    wanted: list[str] = []
    behind: list[str] = []
    negated = False
    for at, word in enumerate((*tokens, SENTENCE_END)):
        kind = kinds.get(at)
        if kind == _ON or word in (COMMA, SENTENCE_END):
            yield ([], wanted) if negated and not behind else (wanted, behind)
            wanted, behind, negated = [], [], False
        elif kind == _NOT:
            negated = True
        elif kind is None and _tells(wishes, word):
            (behind if negated else wanted).append(word)


def _kinds(tokens: Sequence[str]) -> dict[int, str]:
    return {at: match.kind for match in _WORDS.find(tokens) for at in match.at}


def _tells(wishes: Sequence[Sequence[str]], word: str) -> bool:
    """A word that all wishes hold tells nothing of one; one that none holds does no harm."""
    return _SMALL.isdisjoint(variants(word)) and 0 < sum(_holds(wish, word) for wish in wishes) < len(wishes)


def _most(wishes: Sequence[Sequence[str]], telling: Sequence[str]) -> int | None:
    """The wish that holds most of the telling words; of two that hold as many, the one named before the other."""
    held = [[at for at, word in enumerate(telling) if _holds(wish, word)] for wish in wishes]
    ranks = sorted((-len(places), places[0], number) for number, places in enumerate(held) if places)
    if not ranks or (len(ranks) > 1 and ranks[0][:2] == ranks[1][:2]):
        return None
    return ranks[0][2]


def _holds(words: Sequence[str], word: str) -> bool:
    return any(_alike(one, other) for one in variants(word) for held in words for other in variants(held))


def _alike(one: str, other: str) -> bool:
    begins = min(len(one), len(other)) >= ALIKE and one[:ALIKE] == other[:ALIKE]
    root = one.translate(_LONG_VOWELS)
    same_root = len(root) >= THREE_LETTERS and root == other.translate(_LONG_VOWELS)
    return one == other or same_root or (begins and not one.startswith(_ARTICLE))
