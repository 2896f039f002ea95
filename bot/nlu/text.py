"""Normalisation: one shape for the many ways in which people write the same words.

Two forms: `clean` keeps accents and is what the sentence encoder reads; `fold` goes further
(no accents, one Arabic spelling, no stretched letters) and is what the n-grams are made of.
"""

import re
import unicodedata

_ARABIC_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "ی": "ي",
        "ـ": "",  # tatweel only stretches a word
        "؟": "?",
        "،": ",",
        "؛": ";",
    }
)
# Letters whose stroke or dot is no combining mark, so that decomposition leaves them as they are.
_LATIN_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "œ": "oe", "æ": "ae", "ß": "ss"})
_QUOTES = str.maketrans({**dict.fromkeys("’‘ʼ`´ʹ", "'"), **dict.fromkeys("“”„«»", '"')})
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_NOT_IN_WORDS = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"[.!?؟؛;…\n]+(?=\s|$)|\n+")


def clean(text: str) -> str:
    """Lower-case text in NFKC, without control, format or surrogate characters; spaces collapsed."""
    composed = unicodedata.normalize("NFKC", "".join(_visible(char) for char in text))
    # casefold() makes two characters of the Turkish capital İ; the second is a lone dot above.
    lowered = composed.casefold().replace("i\u0307", "i").translate(_QUOTES)
    return " ".join(lowered.split())


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs", "Co", "Cn") else char


def fold(text: str) -> str:
    """The form under which misspelt, unaccented and stretched writing meets its neighbour."""
    decomposed = unicodedata.normalize("NFD", clean(text).translate(_ARABIC_LETTERS))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_LATIN_LETTERS)
    digits = "".join(_digit(char) for char in bare)
    return _STRETCHED.sub(r"\1\1", digits)


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def sentences(text: str) -> list[str]:
    """The parts between full stops, question marks and line breaks that hold a letter or a digit."""
    return [part.strip() for part in _SENTENCE_END.split(text) if any(char.isalnum() for char in part)]


def words(text: str) -> int:
    """How many words, counting only parts that hold a letter or a digit."""
    return sum(1 for part in text.split() if any(char.isalnum() for char in part))


def skeleton(text: str) -> str:
    """The folded words alone: what is left when punctuation is taken to say nothing."""
    return " ".join(_NOT_IN_WORDS.sub(" ", fold(text)).split())
