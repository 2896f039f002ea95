"""What is heard in an answer besides what it says: that something is hard, that it tells what someone does not want,
that it says yes or no, that it wishes for something, that it begins with a condition, that it gives a reason, that it
was said before, of which care worker it speaks, that there is nothing to tell, and which number it names. By word
lists (data/listening), like the assessment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from actions.elicitation.folding import COMMA, SENTENCE_END
from actions.elicitation.folding import words as words_of
from actions.elicitation.importance import NumberWords, importance, rows
from actions.elicitation.lexicon import AssessmentDataError, Match, Phrases, entries_of, read_mapping
from actions.elicitation.placed import placed, quoted
from actions.elicitation.wishes import LAST

HARD, AVOIDS, BECAUSE, REFUSES = "hard", "avoids", "because", "refuses"
WANTS, CONDITION, REASON = "wants", "condition", "reason"
AGREES, SAID_BEFORE, OTHER = "agrees", "said_before", "other"
OF_MYSELF, OF_OTHERS = "of_myself", "of_others"
CARE_WORKERS, ORDER, NOTHING, ONLY = "care_workers", "order", "nothing", "only"
GLAD, SIMPLY, NEGATIONS, TURNS = "glad", "simply", "negations", "turns"
ANYWHERE = (
    HARD,
    AVOIDS,
    REFUSES,
    WANTS,
    CONDITION,
    ONLY,
    GLAD,
    SIMPLY,
    NEGATIONS,
    TURNS,
    BECAUSE,
    CARE_WORKERS,
    ORDER,
    AGREES,
    SAID_BEFORE,
    OTHER,
    OF_MYSELF,
    OF_OTHERS,
)  # lists whose words are looked for anywhere in what was said
NUMBERS = ("numbers", "articles", "out_of", "perhaps", "up_to", "rank", "therefore")
AROUND_NUMBERS = ("naming", "small", "thinking", "goes_on")
OPENING = frozenset({CONDITION, AGREES})  # lists that count where an answer begins
LISTS = frozenset({*ANYWHERE, NOTHING, *NUMBERS, *AROUND_NUMBERS})
PLACES = {"first": 1, "second": 2, "third": 3, "last": LAST}
SIGNS = (HARD, AVOIDS, BECAUSE, REFUSES, WANTS, CONDITION, REASON, AGREES, SAID_BEFORE, OTHER, OF_MYSELF)
MOST_WORDS = 400
MOST_WORDS_OF_POINTING = 8  # of "yes, that", and of "I told you already"; who says more says something new
NEAR = 3  # words from "hard" to the "not" in "hard it is not"


@dataclass(frozen=True)
class Heard:
    """signs: those of `hard`, `avoids`, `because`, `refuses` and `wants` that were heard; `condition` if it stands
    first, as does what gives a `reason`; of few words also `agrees` if it begins so, `said_before` and `other`;
    `of_myself` if it speaks of nobody else. wish: the first sentence that wants something, verbatim, or empty.
    care_worker: whose list it was, or empty. nothing: the whole of it says that there is nothing to tell. number: from
    0 to 10. place: in a row, from 1, or LAST.
    """

    signs: tuple[str, ...] = ()
    wish: str = ""
    care_worker: str = ""
    nothing: bool = False
    number: int | None = None
    place: int | None = None


class Listener:
    """Listens in the language of an answer, or in all of them when it is not known; for "nothing" and numbers always in
    all of them.
    """

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        """languages: the lists of each, as they stand in its file."""
        self._phrases = {
            language: Phrases(entries_of({name: lists[name] for name in ANYWHERE}))
            for language, lists in languages.items()
        }
        self._nothing = frozenset(tuple(row) for lists in languages.values() for row in rows(lists[NOTHING]))
        self._numbers = NumberWords.of(languages.values())

    @classmethod
    def load(cls, folder: Path) -> "Listener":
        """Raises AssessmentDataError with the file."""
        return cls({path.stem: _lists(path) for path in sorted(folder.glob("*.yml"))})

    def hear(self, text: str, lang: str) -> Heard:
        said = words_of(text)[:MOST_WORDS]
        listening = [self._phrases[lang]] if lang in self._phrases else list(self._phrases.values())
        found = [match for phrases in listening for match in phrases.find(said)]
        kinds = {match.kind for match in found if match.kind not in OPENING or match.at[0] == 0}
        kinds |= {REASON} if any(match.kind == BECAUSE and match.at[0] == 0 for match in found) else set()
        clauses = _clauses(said, found)
        kinds -= set() if _is_hard(found, clauses) else {HARD}
        wished = ONLY in kinds or _is_wanted(said, found, clauses)  # "nothing but peace" is a wish
        kinds -= {AVOIDS} if wished else set()
        kinds -= {AGREES, SAID_BEFORE, OTHER} if len(said) > MOST_WORDS_OF_POINTING else set()
        kinds -= {OF_MYSELF} if OF_OTHERS in kinds else set()
        workers = sorted((match.at, match.area) for match in found if match.kind == CARE_WORKERS)
        places = sorted((match.at, match.area) for match in found if match.kind == ORDER)
        return Heard(
            signs=tuple(sign for sign in SIGNS if sign in kinds),
            wish=_wish(text, said, found, clauses) if WANTS in kinds else "",
            care_worker=workers[0][1] if workers else "",
            nothing=tuple(word for word in said if word not in (SENTENCE_END, COMMA)) in self._nothing,
            number=importance(text, self._numbers),
            place=PLACES[places[0][1]] if places else None,
        )


def _clauses(said: Sequence[str], found: Sequence[Match]) -> Sequence[int]:
    """Of each word the number of its clause: a comma, the end of a sentence and words such as "but" begin another."""
    turns = {match.at[0] for match in found if match.kind == TURNS}
    return list(accumulate(int(word in (SENTENCE_END, COMMA) or at in turns) for at, word in enumerate(said)))


def _is_hard(found: Sequence[Match], clauses: Sequence[int]) -> bool:
    """Sympathy in the wrong place costs trust: nothing is hard that is denied, or said beside what makes glad."""
    return any(_is_said(match, found, clauses) for match in found if match.kind == HARD) and not any(
        _is_said(match, found, clauses) for match in found if match.kind == GLAD
    )


def _is_said(match: Match, found: Sequence[Match], clauses: Sequence[int]) -> bool:
    """Whether no "not" stands before it in its clause, or soon after it; one that is part of it does not count."""
    denied = (other.at[0] for other in found if other.kind == NEGATIONS and other.at[0] not in match.at)
    clause = clauses[match.at[0]]
    near = (at for at in denied if clauses[at] == clause and at <= match.at[-1] + NEAR)
    return clauses[match.at[-1]] == clause and next(near, None) is None


def _is_wanted(said: Sequence[str], found: Sequence[Match], clauses: Sequence[int]) -> bool:
    """Whether a clause says what is wanted, beside one that says what is not."""
    avoiding = _avoiding(found, clauses)
    wanting = {clauses[match.at[0]] for match in found if match.kind == WANTS}
    simply = {clauses[match.at[0]] for match in found if match.kind == SIMPLY}
    small = {at for match in found if match.kind in (SIMPLY, TURNS) for at in match.at}
    told = {clauses[at] for at, word in enumerate(said) if at not in small and word not in (SENTENCE_END, COMMA)}
    wanting |= simply & told  # "just" is no wish, "just rest" is one
    return bool(wanting - avoiding)


def _wish(text: str, said: Sequence[str], found: Sequence[Match], clauses: Sequence[int]) -> str:
    """The sentence of the first clause that wants something, as it was written."""
    avoiding = _avoiding(found, clauses)
    wanting = (match.at[0] for match in found if match.kind == WANTS and clauses[match.at[0]] not in avoiding)
    at = min(wanting, default=None)
    if at is None:
        return ""
    ends = [place for place, word in enumerate(said) if word == SENTENCE_END]
    begin = max((end + 1 for end in ends if end < at), default=0)
    end = min((end for end in ends if end > at), default=len(said))
    return quoted(text, placed(text)[begin:end])


def _avoiding(found: Sequence[Match], clauses: Sequence[int]) -> frozenset[int]:
    """The clauses that say what is not wanted."""
    return frozenset(clauses[at] for match in found if match.kind in (AVOIDS, NEGATIONS) for at in match.at)


def _lists(path: Path) -> Mapping[str, Any]:
    data = read_mapping(path)
    if set(data) != LISTS:
        raise AssessmentDataError(path, f"must hold the lists {', '.join(sorted(LISTS))} and no others")
    if set(data[ORDER]) != set(PLACES) or set(data["numbers"]) != set(range(11)):
        raise AssessmentDataError(path, f"must hold {', '.join(PLACES)} in `{ORDER}`, and 0 to 10 in `numbers`")
    return data
