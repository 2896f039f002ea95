"""JSON lines for programs (contracts.md section 8): input fields passed through, order kept."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bot.nlu.language import LanguageDetector

if TYPE_CHECKING:  # the understanding's libraries take seconds to load, and detecting a language needs none of them
    from bot.nlu.understanding import Understanding


def parse_lines(understanding: "Understanding", rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """For `voorop parse`: adds intent, confidence, lang and lang_offer to each row."""
    for row in rows:
        parsed = understanding.understand(_text(row), _optional(row, "lang"), _optional(row, "question"))
        yield {
            **row,
            "intent": parsed.intent,
            "confidence": round(parsed.confidence, 4),
            "lang": parsed.lang,
            "lang_offer": parsed.lang_offer,
        }


def detect_lines(detector: LanguageDetector, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """For `voorop detect-language`: adds lang and sure to each row."""
    for row in rows:
        detected = detector.detect(_text(row))
        yield {**row, "lang": detected.lang, "sure": detected.sure}


def _text(row: Mapping[str, Any]) -> str:
    text = row.get("text")
    if not isinstance(text, str):
        raise ValueError("each line needs a text")
    return text


def _optional(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key} must be text")
    return value
