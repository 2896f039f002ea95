"""Importance from 0 to 10, said in any way: a number in any digits, or a number word of a language."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

# Words for 0 to 10 in each language, as they are also spoken (Arabic: standard and colloquial).
NUMBER_WORDS: Mapping[str, Sequence[str]] = {
    "nl": ("nul", "een|één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    "fr": ("zéro", "un|une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    "ar": (
        "صفر",
        "واحد",
        "اثنان|اثنين|اتنين|جوج",
        "ثلاثة|ثلاث|تلاتة|تلاته",
        "أربعة|اربعة|اربعه",
        "خمسة|خمسه",
        "ستة|سته",
        "سبعة|سبعه",
        "ثمانية|تمانية|تمنية|تمانيه",
        "تسعة|تسعود|تسعه",
        "عشرة|عشره",
    ),
}
_TOKEN = re.compile(r"\w+")
_ARTICLES = frozenset({"een", "un", "une", "one"})  # "een acht", "un neuf": the article is no number beside another


def importance(text: str) -> int | None:
    """The number that was said, or None. Of several the first counts, but "9 out of 10" and "9/10" are 9."""
    said = [(token, _value(token)) for token in _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())]
    numbers = [(token, value) for token, value in said if value is not None]
    chosen = [value for token, value in numbers if token not in _ARTICLES] or [value for _, value in numbers]
    return chosen[0] if chosen else None


def _value(token: str) -> int | None:
    if token.isdecimal():
        return int(token) if len(token) <= 2 and int(token) <= 10 else None
    return _WORDS.get(token)


_WORDS = {
    unicodedata.normalize("NFKC", word).casefold(): value
    for words in NUMBER_WORDS.values()
    for value, forms in enumerate(words)
    for word in forms.split("|")
}
