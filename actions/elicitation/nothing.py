"""Whole answers that say there is nothing to tell, as people type them where a button says "Nothing"."""

from collections.abc import Mapping, Sequence

from actions.elicitation.folding import COMMA, SENTENCE_END
from actions.elicitation.folding import words as words_of

# Only where "nothing" answers the question. Elsewhere ("what matters to you?") it may be the beginning of much.
QUESTIONS = frozenset({"goal_obstacle", "goal_support", "care_burden", "visit_question", "caregiver_load"})

NOTHING_WORDS: Mapping[str, Sequence[str]] = {
    "nl": (
        "niets",
        "niks",
        "nee niets",
        "niemand",
        "geen",
        "geen vragen",
        "geen vraag",
        "niet echt",
        "eigenlijk niets",
    ),
    "fr": ("rien", "non rien", "personne", "aucun", "aucune", "pas de question", "rien du tout", "pas vraiment"),
    "en": ("nothing", "no nothing", "nobody", "no one", "none", "no question", "no questions", "not really"),
    "ar": ("لا شيء", "لا شي", "ولا شي", "والو", "ما كاين والو", "مفيش", "لا أحد", "لا احد", "ما في", "لا يوجد"),
}
_ALL = frozenset(tuple(words_of(words)) for language in NOTHING_WORDS.values() for words in language)


def says_nothing(question: str, text: str) -> bool:
    """Whether the whole of `text` says that there is nothing to tell."""
    said = tuple(word for word in words_of(text) if word not in (SENTENCE_END, COMMA))
    return question in QUESTIONS and said in _ALL
