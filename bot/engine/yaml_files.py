"""Reads YAML 1.2 files into plain values that remember the line they stand on.

Rasa reads its files as YAML 1.2 (`yes` is a text, not a truth value). Whoever checks the content can so name
file and line. Environment variables, merge keys and custom tags are refused rather than passed on as text.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.engine.errors import ConfigurationError

_TAG = "tag:yaml.org,2002:"
_TOP_LEVEL_KEY = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:", re.MULTILINE)


class Table(dict[str, Any]):
    """A YAML mapping that knows its file, its own line and the line of each key."""

    def __init__(self, file: Path, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, int] = {}

    def error(self, message: str, key: str | None = None) -> ConfigurationError:
        """The error to raise for the value of `key`, or for the mapping as a whole."""
        return ConfigurationError(message, self.file, self.lines.get(key or "", self.line))

    def only(self, allowed: Iterable[str], what: str) -> None:
        """Refuse every key that is not allowed here."""
        known = set(allowed)
        for key in self:
            if key not in known:
                raise self.error(f"unknown or unsupported key '{key}' in {what}", key)

    def text(self, key: str, what: str) -> str:
        """The text at `key`, which must be there and not be empty."""
        value = self.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"'{key}' of {what} must be a text", key)
        return value.strip()

    def table(self, key: str, what: str) -> "Table":
        """The mapping at `key`; empty if there is none."""
        value = self.get(key)
        if value is None:
            return Table(self.file, self.lines.get(key, self.line))
        if not isinstance(value, Table):
            raise self.error(f"'{key}' of {what} must be a mapping", key)
        return value

    def rows(self, key: str, what: str) -> "Rows":
        """The list at `key`; empty if there is none."""
        value = self.get(key)
        if value is None:
            return Rows(self.file, self.lines.get(key, self.line))
        if not isinstance(value, Rows):
            raise self.error(f"'{key}' of {what} must be a list", key)
        return value

    def flag(self, key: str, default: bool, what: str) -> bool:
        """The truth value at `key`."""
        value = self.get(key, default)
        if not isinstance(value, bool):
            raise self.error(f"'{key}' of {what} must be true or false", key)
        return value


class Rows(list[Any]):
    """A YAML list that knows its file and the line of each item."""

    def __init__(self, file: Path, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: list[int] = []

    def numbered(self) -> Iterator[tuple[int, Any]]:
        """Each item with its line."""
        return zip(self.lines, self, strict=True)

    def texts(self, what: str) -> list[str]:
        """The items, all of which must be texts."""
        for line, item in self.numbered():
            if not isinstance(item, str):
                raise ConfigurationError(f"{what} must be a text", self.file, line)
        return list(self)


def yaml_paths(folder: Path) -> list[Path]:
    """All YAML files under a folder, test stories (`test_*`) left out as Rasa does, in a stable order."""
    found = [path for path in folder.rglob("*") if path.suffix in {".yml", ".yaml"}]
    return sorted(path for path in found if path.is_file() and not path.name.startswith("test_"))


def top_level_keys(path: Path) -> set[str]:
    """The top-level keys of a file, found without parsing all of it."""
    return set(_TOP_LEVEL_KEY.findall(_read(path)))


def load_yaml(path: Path) -> Table:
    """Parse one file whose top level is a mapping; an empty file is an empty mapping."""
    text = _read(path)
    try:
        root = _compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "not readable as YAML"
        raise ConfigurationError(problem, path, mark.line + 1 if mark else None) from error
    except YAMLError as error:
        raise ConfigurationError("not readable as YAML", path) from error
    if root is None:
        return Table(path, 1)
    value = _value(root, path, ())
    if not isinstance(value, Table):
        raise ConfigurationError("the top level must be a mapping", path, 1)
    return value


def plain(value: Any) -> Any:
    """The same content in ordinary dictionaries and lists."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError("cannot be read as UTF-8 text", path) from error


def _compose(text: str) -> Any:
    try:
        return YAML(typ="safe").compose(text)  # the parser in C: ten times as fast
    except YAMLError:
        # It refuses some files that are YAML, such as `{text: Your name?}`: what Rasa reads with has the last word.
        return YAML(typ="safe", pure=True).compose(text)


def _value(node: Node, path: Path, above: tuple[Node, ...]) -> Any:
    line = node.start_mark.line + 1
    if any(node is other for other in above):
        raise ConfigurationError("an alias that contains itself", path, line)
    if isinstance(node, MappingNode):
        return _mapping(node, path, (*above, node))
    if isinstance(node, SequenceNode):
        rows = Rows(path, line)
        for item in node.value:
            rows.append(_value(item, path, (*above, node)))
            rows.lines.append(item.start_mark.line + 1)
        return rows
    if isinstance(node, ScalarNode):
        return _scalar(node, path, line)
    raise ConfigurationError("not readable as YAML", path, line)


def _mapping(node: MappingNode, path: Path, above: tuple[Node, ...]) -> Table:
    table = Table(path, node.start_mark.line + 1)
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode) or str(key_node.tag).endswith(":merge"):
            raise ConfigurationError("only plain keys are supported (no merge keys)", path, line)
        key = str(key_node.value)
        if key in table:
            raise ConfigurationError(f"the key '{key}' stands here twice", path, line)
        table[key] = _value(value_node, path, above)
        table.lines[key] = line
    return table


def _scalar(node: ScalarNode, path: Path, line: int) -> Any:
    text, tag = str(node.value), str(node.tag)
    if "${" in text and "}" in text:
        raise ConfigurationError("environment variables (${...}) are not supported", path, line)
    match tag.removeprefix(_TAG):
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int":
            return _integer(text)
        case "float":
            return float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
        case "str" | "timestamp" | "value":
            return text
    raise ConfigurationError(f"the tag '{tag}' is not supported", path, line)


def _integer(text: str) -> int:
    """YAML 1.2: `0o17` is octal and `0x1f` hexadecimal, `017` is a decimal number."""
    digits = text.replace("_", "")
    return int(digits, 0) if digits.lower().lstrip("+-")[:2] in {"0x", "0o", "0b"} else int(digits)
