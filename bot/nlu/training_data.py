"""Reads training data in the NLU format of Rasa 3 (Rasa 3.6 docs, "NLU Training Data").

Only what the assistant uses is accepted: `version`, `nlu`, `intent`, `examples`. Anything else is an
error that names file and line, so that no example is ever left out in silence.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.nlu.errors import TrainingDataError
from bot.nlu.moves import CONTENT, DANGERS, MOVES, REPORT_CRISIS

VERSION = "3.1"
_ANNOTATION = re.compile(r"\[(?P<text>[^\]]+)\](?:\((?P<short>[^)]+)\)|(?P<long>\{[^}]*\}))")


@dataclass(frozen=True)
class Example:
    """One training sentence, its annotations stripped; `danger` only for report_crisis."""

    text: str
    intent: str
    language: str
    danger: str | None = None


def training_files(nlu_dir: Path, name: str = "*") -> tuple[Path, ...]:
    """Every training file, or those of that name in each language, in a stable order."""
    return tuple(sorted(nlu_dir.glob(f"*/{name}.yml")))


def load_examples(nlu_dir: Path, name: str = "*") -> tuple[Example, ...]:
    """All examples of `<nlu_dir>/<language>/<name>.yml`, without repetitions. Raises TrainingDataError."""
    files = training_files(nlu_dir, name)
    if not files:
        raise TrainingDataError(f"{nlu_dir}:1: no training files (<language>/*.yml)")
    found = dict.fromkeys(example for path in files for example in _read_file(path))
    return tuple(found)


def _read_file(path: Path) -> Iterator[Example]:
    try:
        document = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise _error(path, line, f"not valid YAML: {error.problem}") from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise _error(path, 0, "not a YAML file in UTF-8") from error
    if not isinstance(document, CommentedMap):
        raise _error(path, 0, "expected the keys version and nlu")
    _only_keys(path, document, {"version", "nlu"})
    if document.get("version") != VERSION:
        raise _error(path, _line(document, "version"), f'version must be "{VERSION}"')
    blocks = document.get("nlu")
    if not isinstance(blocks, CommentedSeq):
        raise _error(path, _line(document, "nlu"), "nlu must be a list")
    for index, block in enumerate(blocks):
        line = blocks.lc.item(index)[0]
        if not isinstance(block, CommentedMap):
            raise _error(path, line, "expected the keys intent and examples")
        yield from _read_block(path, line, block)


def _read_block(path: Path, line: int, block: CommentedMap) -> Iterator[Example]:
    _only_keys(path, block, {"intent", "examples"})
    intent, examples = block.get("intent"), block.get("examples")
    if intent != CONTENT and intent not in MOVES:
        raise _error(path, line, f"unknown intent: {intent}")
    if not isinstance(examples, str):
        raise _error(path, line, f"examples of {intent} must be text (examples: |)")
    first = _line(block, "examples") + 1  # the text of `|` starts on the line below its key
    for offset, row in enumerate(examples.splitlines()):
        if not row.strip():
            continue
        if not row.startswith("- ") or not row[2:].strip():
            raise _error(path, first + offset, 'an example starts with "- "')
        yield _read_example(path, first + offset, intent, row[2:].strip())


def _read_example(path: Path, line: int, intent: str, row: str) -> Example:
    danger: str | None = None
    for match in _ANNOTATION.finditer(row):
        entity, value = _entity(path, line, match)
        if intent == REPORT_CRISIS and entity == "danger":
            danger = value
    if danger is not None and danger not in DANGERS:
        raise _error(path, line, f"unknown danger: {danger}")
    text = _ANNOTATION.sub(lambda match: match["text"], row)
    return Example(text=text, intent=intent, language=path.parent.name, danger=danger)


def _entity(path: Path, line: int, match: re.Match[str]) -> tuple[str, str]:
    if match["short"] is not None:
        entity, _, value = match["short"].partition(":")
        return entity, value or match["text"]
    try:
        annotation: Any = json.loads(match["long"])
        return str(annotation["entity"]), str(annotation.get("value", match["text"]))
    except (ValueError, TypeError, KeyError) as error:
        raise _error(path, line, "an annotation must be JSON with an entity") from error


def _only_keys(path: Path, mapping: CommentedMap, allowed: set[str]) -> None:
    for key in mapping:
        if key not in allowed:
            raise _error(path, _line(mapping, key), f"unsupported key: {key}")


def _line(mapping: CommentedMap, key: str) -> int:
    """The line of a key, counted from zero; that of the mapping itself when the key is missing."""
    return int(mapping.lc.key(key)[0]) if key in mapping else int(mapping.lc.line)


def _error(path: Path, line: int, problem: str) -> TrainingDataError:
    return TrainingDataError(f"{path}:{line + 1}: {problem}")
