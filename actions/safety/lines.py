"""The safety check for programs: one JSON object in, one out (`voorop check-safety`, contracts.md section 8)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from actions.safety.rules import Danger

Judge = Callable[[str, str | None], Danger]  # (text, language)


def check_lines(judge: Judge, lines: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each input with `category` and `rule` added, in order; other fields pass through."""
    for line in lines:
        lang = line.get("lang")
        danger = judge(str(line.get("text") or ""), lang if isinstance(lang, str) else None)
        yield {**line, "category": danger.category, "rule": danger.rule}
