"""One plain form for the many ways in which the same words are typed.

Accents, capitals, invisible characters, stretched and doubled letters, Arabic spelling variants and apostrophes
are folded; the rules are folded in the same way, so both sides always meet. The folded text is a row of words
with one space in front of each; a comma hangs on its word and everything that ends a sentence splits the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

_LETTERS = str.maketrans(
    {
        "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ہ": "ه", "ک": "ك", "گ": "ك", "ڭ": "ك", "ڤ": "ف", "ڨ": "ق",
        "پ": "ب", "چ": "ج", "ء": None, "ـ": None, "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i",
        "،": ",", "؛": ";", "؟": "?", "。": ".",
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'", "ʹ": "'", "＇": "'",
    }
)  # fmt: skip
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_PAUSE = re.compile(r"\.{2,}|[\n\r\u2028\u2029]+")  # "ik wil... dood", or a new line in the middle of a sentence
_SENTENCE_END = re.compile(r"[.!?;:]+")
_DROPPED = frozenset({"Mn", "Me", "Cf", "Cs", "Co", "Cn"})
# French elision: "j'ai", "d'en finir", "qu'il". Elsewhere the apostrophe just goes: "don't", "'k", "z'n".
_ELISION = re.compile(r"\b([cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)'(?=[^\W\d_]{2}|[ay]\b)")
_NOT_A_WORD = re.compile(r"[^\w, ]+|_+")
_SPACES = re.compile(r"[\s,]*,[\s,]*|\s+")


def fold_letters(text: str) -> str:
    """Folds what belongs to single letters; keeps spaces and punctuation."""
    folded = unicodedata.normalize("NFKD", text.replace("´", "'"))  # NFKD would make "´" a space
    folded = folded.casefold().translate(_LETTERS)
    kept = (char for char in folded if unicodedata.category(char) not in _DROPPED)
    folded = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in kept)
    return _DOUBLED.sub(r"\1", folded)


def fold_words(text: str) -> str:
    """Folds a piece without sentence ends to words with single spaces; a comma stays on its word."""
    plain = _ELISION.sub(r"\1 ", text).replace("'", "")
    plain = _NOT_A_WORD.sub(" ", plain)
    return _SPACES.sub(lambda gap: ", " if "," in gap[0] else " ", plain).strip(" ,")


class Folder:
    """Folds whole texts, writing out known short spellings ("jveux", "kwil") on the way."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._spellings = dict(spellings)

    def sentences(self, text: str) -> Iterable[str]:
        """The folded sentences of a text, each with one space before every word and one at the end."""
        for piece in _SENTENCE_END.split(_PAUSE.sub(",", fold_letters(text))):
            words = fold_words(piece).split(" ")
            if words != [""]:
                yield " " + " ".join(self._spell(word) for word in words) + " "

    def _spell(self, word: str) -> str:
        bare = word.rstrip(",")
        return self._spellings.get(bare, bare) + word[len(bare) :]
