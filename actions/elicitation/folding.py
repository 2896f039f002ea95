"""Folds a statement to plain words, so that one spelling in the word lists meets the many ways people type."""

import re
import unicodedata

SENTENCE_END = "."
COMMA = ","
_LETTERS = str.maketrans(
    {
        "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ہ": "ه", "ک": "ك", "گ": "ك", "ڭ": "ك", "ڤ": "ف",
        "پ": "ب", "ء": None, "ـ": None, "œ": "oe", "æ": "ae", "ø": "o", "ı": "i", "،": ",", "؛": ".", "؟": ".",
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "!": ".", "?": ".", ";": ".", "\n": ".",
    }
)  # fmt: skip
_DROPPED = frozenset({"Mn", "Me", "Cf", "Cs", "Co", "Cn"})
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_ELISION = re.compile(r"\b([cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)'(?=[^\W\d_])")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|[.,]")
# Arabic writes "and", "the", "with", "to", "like", "will" onto the next word.
_JOINED = re.compile(r"^[وف]?(?:بال|كال|لل|ال|[بلكسهح])?(?=[\u0620-\u064a]{2})")
_WHOLE = frozenset({"واحد", "واحده"})  # "one", in which no "and" stands before "Sunday"
_PERSON = re.compile(r"^[نتي](?=[\u0620-\u064a]{2})")  # we, you, she, he walk: read as "I walk"

_ARTICLE, _LONG_VOWELS = "ال", str.maketrans("", "", "اويه")
_ALIKE = 4  # letters at the beginning of two forms of a word: "swim", "swimming"
_THREE_LETTERS = 3  # of an Arabic root: "السباحة", "أسبح"


def fold(text: str) -> str:
    """Capitals, accents, Arabic vowel signs and letter variants, digits of any script, apostrophes."""
    folded = unicodedata.normalize("NFKD", text.replace("´", "'")).casefold().translate(_LETTERS)
    kept = (char for char in folded if unicodedata.category(char) not in _DROPPED)
    plain = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in kept)
    return _ELISION.sub(r"\1 ", _STRETCHED.sub(r"\1", plain)).replace("'", "")


def words(text: str) -> list[str]:
    """The folded words of a text in order; sentence ends and commas stay, as tokens of their own."""
    return _TOKEN.findall(fold(text))


def variants(word: str) -> tuple[str, ...]:
    """The word, and what is left of an Arabic word without the small words written onto it."""
    if word in _WHOLE or not "\u0620" <= word[0] <= "\u064a":
        return (word,)
    found = {word: None}
    for first in (word, word[1:] if word[0] in "وف" and len(word) > 3 else word):
        bare = _JOINED.sub("", first)
        for form in (first, bare):
            found |= {form: None, _PERSON.sub("ا", form): None}
    return tuple(found)


def akin(one: str, other: str) -> bool:
    """Whether two folded words are likely forms of one word."""
    begins = min(len(one), len(other)) >= _ALIKE and one[:_ALIKE] == other[:_ALIKE]
    root = one.translate(_LONG_VOWELS)
    same_root = len(root) >= _THREE_LETTERS and root == other.translate(_LONG_VOWELS)
    return one == other or same_root or (begins and not one.startswith(_ARTICLE))
