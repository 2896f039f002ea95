"""Which of the things named in a statement count: what follows "so that", and whether two goals stand in it."""

from collections.abc import Sequence
from itertools import pairwise

from actions.elicitation.folding import COMMA, SENTENCE_END
from actions.elicitation.lexicon import Match


def first(match: Match) -> int:
    return match.at[0]


def after_purpose(goals: Sequence[Match], others: Sequence[Match]) -> list[Match]:
    """What someone wants is what comes after "so that"; without it, everything named. A person or place after it is
    something wanted too, even when no list names what is done there.
    """
    for purpose in others:
        if purpose.kind != "so_that":
            continue
        wanted = [goal for goal in goals if first(goal) > first(purpose) and goal.kind != "symptoms"]
        scene = any(m.kind in ("places", "companions") and first(m) > purpose.at[-1] for m in others)
        if wanted or (scene and all(goal.kind == "symptoms" for goal in goals)):
            return wanted
    return list(goals)


def holds_two(goals: Sequence[Match], others: Sequence[Match], words: Sequence[str]) -> bool:
    """Whether two different goals stand next to each other, joined. One scene ("walk in the park and feed the
    ducks with my grandson") is one goal.
    """
    return any(are_two(one, other, others, words) for one, other in pairwise(sorted(goals, key=first)))


def are_two(one: Match, other: Match, others: Sequence[Match], words: Sequence[str]) -> bool:
    """Whether two neighbouring things are goals of their own."""
    if one.family == other.family and one.area == other.area:
        return False
    between = range(one.at[-1] + 1, first(other))
    around = [m for m in others if one.at[0] <= first(m) < first(other)]
    kinds = {m.kind for m in around}
    if "and_also" in kinds:
        return True
    if one.kind != other.kind or one.area == other.area:
        return False
    stops = any(words[i] == SENTENCE_END for i in between)
    if stops and _tells_only_why(one, other, others, words):
        return False
    written_on = words[first(other)].startswith("و")  # Arabic writes "and" onto the next word
    joined = "and" in kinds or written_on or stops or any(words[i] == COMMA for i in between)
    # A place named before it makes the second part of the same scene, unless a new wish begins.
    start = max((i for i in range(first(one)) if words[i] == SENTENCE_END), default=-1)
    placed = any(m.kind == "places" and start < first(m) < first(other) for m in others)
    scene = placed and "wishes" not in {m.kind for m in around if first(m) in between}
    return joined and (stops or not scene)


def _tells_only_why(one: Match, other: Match, others: Sequence[Match], words: Sequence[str]) -> bool:
    """Whether a sentence without a wish comes before one with it: "They cut off the heating. I want to stay"."""
    ends = [i for i in range(one.at[-1], first(other)) if words[i] == SENTENCE_END]
    wishes = [first(match) for match in others if match.kind == "wishes"]
    before = max((i for i in range(first(one)) if words[i] == SENTENCE_END), default=-1)
    wished_before = any(before < at < ends[-1] for at in wishes)
    return not wished_before and any(ends[-1] < at < first(other) for at in wishes)
