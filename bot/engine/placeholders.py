"""The `{name}` placeholders of a response text, as Rasa 3.6 reads them.

A name has no braces and no line break; doubled braces stand for one brace and hold no placeholder.
"""

import re
from collections.abc import Mapping
from typing import Any

_PART = re.compile(r"\{\{|\}\}|\{([^\n{}]+?)\}")
_BRACE = re.compile(r"\{\{|\}\}|\{[^\n{}]+?\}|([{}])")


def placeholders(text: str) -> tuple[str, ...]:
    """The names a text uses, each once, in order."""
    return tuple(dict.fromkeys(match.group(1) for match in _PART.finditer(text) if match.group(1)))


def stray_brace(text: str) -> bool:
    """True if a brace stands alone, which no engine can fill in."""
    return any(match.group(1) for match in _BRACE.finditer(text))


def used_values(text: str | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """Only those of `values` that the text names."""
    return {name: values[name] for name in placeholders(text or "") if name in values}
