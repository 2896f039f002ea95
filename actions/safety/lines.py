"""The safety check for programs: one JSON object in, one out (`voorop check-safety`, contracts.md section 8)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from actions.safety.rules import Danger, SafetyRules

CLASSIFIER = "classifier"  # named as the rule where no rule found the danger


def check_lines(
    rules: SafetyRules, lines: Iterable[Mapping[str, Any]], classify: Callable[[str], str | None] = lambda _: None
) -> Iterator[dict[str, Any]]:
    """Each input with `category` and `rule` added, in order; other fields pass through.

    `classify` is asked for the danger in a text in which the rules find none.
    """
    for line in lines:
        lang = line.get("lang")
        text = str(line.get("text") or "")
        danger = rules.check(text, lang if isinstance(lang, str) else None)
        if danger.rule is None and (category := classify(text)):
            danger = Danger(category, CLASSIFIER)
        yield {**line, "category": danger.category, "rule": danger.rule}
