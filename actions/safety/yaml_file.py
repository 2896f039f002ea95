"""Reads a YAML file of the safety data and knows on which line everything stands."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from actions.safety.errors import SafetyDataError


class Entry(dict[str, Any]):
    """A mapping of the file; what is no mapping, list, truth value or null in it is a text."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}  # of each key, from 1


def read_mapping(path: Path) -> Entry:
    """The file's top-level mapping."""
    try:
        root = YAML(typ="safe").compose(path.read_text(encoding="utf-8"))
        content = _value(root, path)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise SafetyDataError(path, mark.line + 1 if mark else 1, "is not valid YAML") from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise SafetyDataError(path, 1, "is not valid YAML in UTF-8") from error
    if not isinstance(content, Entry):
        raise SafetyDataError(path, 1, "must be a list of 'name: value' lines")
    return content


def text_lines(path: Path, entry: Entry, key: str) -> Iterator[tuple[int, str]]:
    """Line number and text of every line in a `key: |` block; `#` starts a comment."""
    block = entry.get(key, "")
    at = entry.lines.get(key, 0)
    if not isinstance(block, str):
        raise SafetyDataError(path, at, f"'{key}' must be a text block: write '{key}: |'")
    for offset, line in enumerate(block.splitlines(), start=1):
        words = line.split("#", 1)[0].strip()
        if words:
            yield at + offset, words


def only_keys(path: Path, entry: Entry, allowed: frozenset[str], required: frozenset[str]) -> None:
    """Refuses unknown and missing keys: a misspelt key must not silently switch a rule off."""
    for key in entry:
        if key not in allowed:
            raise SafetyDataError(path, entry.lines[key], f"'{key}' is not known here")
    for key in sorted(required):
        if key not in entry:
            raise SafetyDataError(path, entry.line, f"'{key}' is missing")


def _value(node: Node | None, path: Path) -> Any:
    if isinstance(node, SequenceNode):
        return [_value(each, path) for each in node.value]
    if not isinstance(node, MappingNode):
        return _scalar(node)
    entry = Entry(node.start_mark.line + 1)
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in entry:
            raise SafetyDataError(path, line, f"'{name}' stands here twice")
        entry[name] = _value(value, path)
        entry.lines[name] = line
    return entry


def _scalar(node: Node | None) -> Any:
    if node is None or str(node.tag).endswith(":null"):
        return None
    text = str(node.value)
    return text.lower() == "true" if str(node.tag).endswith(":bool") else text
