"""Which language a text is written in: langdetect with only the enabled languages, and gated.

langdetect guesses on short answers, capitals and numbers (rasa-semantics.md section 6), so a guess is
`sure` only after gates on script and length. There is no word list: a new language needs no code.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

MIN_WORDS = 5
MIN_LETTERS = 24
MIN_WORDS_OF_OWN_SCRIPT = 2  # enough when a single enabled language is written in that script
MAX_LETTERS = 400  # more makes the detector slower, not surer
MIN_PROBABILITY = 0.95
_MAIN_SCRIPT = 0.7
_NOT_WORDS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[\W\d_]+(?<!')", re.UNICODE)


@dataclass(frozen=True)
class Detected:
    """`lang` is the best guess (None when there is nothing to go by); `sure` says whether to act on it."""

    lang: str | None
    sure: bool


class LanguageDetector:
    """Detects among the enabled languages only; the same text always gives the same answer."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._by_script: dict[str, list[str]] = {}
        self._factories: dict[str, Any] = {}
        profiles: dict[str, list[str]] = {}
        for code in languages:
            profile = _profile(code)
            if profile is not None:
                script = _main_script("".join(gram for gram in json.loads(profile)["freq"] if len(gram) == 1))
                if script is not None:
                    self._by_script.setdefault(script, []).append(code)
                    profiles.setdefault(script, []).append(profile)
        for script, texts in profiles.items():
            if len(texts) > 1:
                factory = DetectorFactory()
                factory.load_json_profile(texts)
                factory.set_seed(0)
                self._factories[script] = factory

    def detect(self, text: str) -> Detected:
        """Never raises, whatever the text holds."""
        # Lower case: langdetect leaves words in capitals out.
        plain = " ".join(_NOT_WORDS.sub(" ", unicodedata.normalize("NFC", text[: 4 * MAX_LETTERS])).split()).lower()
        script = _main_script(plain)
        candidates = self._by_script.get(script or "", [])
        if not candidates:
            return Detected(None, False)
        if len(candidates) == 1:
            # In Latin script a single enabled language says little: half the world writes in it.
            return Detected(candidates[0], script != "LATIN" and len(plain.split()) >= MIN_WORDS_OF_OWN_SCRIPT)
        long_enough = len(plain.split()) >= MIN_WORDS and sum(map(str.isalpha, plain)) >= MIN_LETTERS
        guess, probability = self._guess(script or "", plain[:MAX_LETTERS])
        return Detected(guess, guess is not None and long_enough and probability >= MIN_PROBABILITY)

    def _guess(self, script: str, text: str) -> tuple[str | None, float]:
        detector = self._factories[script].create()
        detector.append(text)
        try:
            ranked = detector.get_probabilities()
        except LangDetectException:
            return None, 0.0
        return (str(ranked[0].lang), float(ranked[0].prob)) if ranked else (None, 0.0)


def lang_offer(detected: Detected, current: str | None) -> str | None:
    """The language to offer, if any: only a sure one that differs from the one in use."""
    if current is None or not detected.sure or detected.lang == current:
        return None
    return detected.lang


def _profile(code: str) -> str | None:
    path = Path(PROFILES_DIRECTORY) / code
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _main_script(text: str) -> str | None:
    """The script that most letters of a text belong to, by the names Unicode gives them."""
    counted = Counter(script for char in text if (script := _script(char)))
    if not counted:
        return None
    script, count = counted.most_common(1)[0]
    return script if count >= _MAIN_SCRIPT * counted.total() else None


@lru_cache(maxsize=4096)
def _script(char: str) -> str | None:
    return unicodedata.name(char, "").partition(" ")[0] or None if char.isalpha() else None
