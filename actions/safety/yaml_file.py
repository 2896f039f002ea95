"""Reads a YAML file of the safety data and knows on which line everything stands."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarstring import ScalarString

from actions.safety.errors import SafetyDataError


def read_mapping(path: Path) -> CommentedMap:
    """The file's top-level mapping, with line numbers kept by ruamel."""
    try:
        content: Any = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise SafetyDataError(path, mark.line + 1 if mark else 1, "is not valid YAML") from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise SafetyDataError(path, 1, "is not valid YAML in UTF-8") from error
    if not isinstance(content, CommentedMap):
        raise SafetyDataError(path, 1, "must be a list of 'name: value' lines")
    return content


def line_of(mapping: CommentedMap, key: str) -> int:
    """The line (from 1) on which `key` of `mapping` stands."""
    position: tuple[int, int] = mapping.lc.key(key)
    return position[0] + 1


def text_lines(path: Path, mapping: CommentedMap, key: str) -> Iterator[tuple[int, str]]:
    """Line number and text of every line in a `key: |` block; `#` starts a comment."""
    block = mapping.get(key, "")
    at = line_of(mapping, key) if key in mapping else 0
    if not isinstance(block, (str, ScalarString)):
        raise SafetyDataError(path, at, f"'{key}' must be a text block: write '{key}: |'")
    for offset, line in enumerate(str(block).splitlines(), start=1):
        words = line.split("#", 1)[0].strip()
        if words:
            yield at + offset, words


def only_keys(path: Path, mapping: CommentedMap, allowed: frozenset[str], required: frozenset[str]) -> None:
    """Refuses unknown and missing keys: a misspelt key must not silently switch a rule off."""
    for key in mapping:
        if key not in allowed:
            raise SafetyDataError(path, line_of(mapping, str(key)), f"'{key}' is not known here")
    for key in sorted(required):
        if key not in mapping:
            raise SafetyDataError(path, int(mapping.lc.line) + 1, f"'{key}' is missing")
