"""Loads the rule files data/safety/<language>.yml (see data/safety/README.md)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from actions.safety.errors import SafetyDataError
from actions.safety.folding import fold_letters, fold_words
from actions.safety.notation import Fragment, NotationError, Pattern, compile_phrase, compile_unless, either, parse
from actions.safety.yaml_file import Entry, only_keys, read_mapping, text_lines

SIGNS = "-signs"  # how the name of a file ends that holds what is said between the lines
# In order of what must be answered first when a text holds several.
CATEGORIES = ("medical_emergency", "suicide_self_harm", "violence_abuse")
_FILE_KEYS = frozenset({"language", "reviewed", "spellings", "words", "clause_breaks", "rules"})
_RULE_KEYS = frozenset({"id", "category", "about", "calls_for_help", "phrases", "unless"})


@dataclass(frozen=True)
class Rule:
    id: str
    category: str
    language: str
    phrases: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    sign: bool = False  # said between the lines
    calls_for_help: bool = False  # does what the numbers are for


@dataclass(frozen=True)
class RuleFile:
    language: str
    reviewed: str
    rules: tuple[Rule, ...]
    clause_breaks: tuple[Pattern, ...]
    spellings: Mapping[str, str] = field(default_factory=dict)


def load_rule_file(path: Path) -> RuleFile:
    """Raises SafetyDataError with file and line for anything that cannot be honoured."""
    content = read_mapping(path)
    only_keys(path, content, _FILE_KEYS, frozenset({"language", "reviewed", "rules"}))
    lists: dict[str, Fragment] = {}
    words = content.get("words") or Entry(0)
    for name in words:
        lines = text_lines(path, words, name)
        fragments = [_read(path, line, source, lists) for line, source in lines]
        if not fragments:
            raise SafetyDataError(path, words.lines[name], "an empty word list")
        lists[name] = either(fragments)
    language = str(content["language"])
    rules = tuple(_rules(path, content, language, lists))
    breaks = tuple(_patterns(path, content, "clause_breaks", lists))
    return RuleFile(language, str(content["reviewed"]), rules, breaks, dict(_spellings(path, content)))


def _rules(path: Path, content: Entry, language: str, lists: Mapping[str, Fragment]) -> Iterator[Rule]:
    seen: set[str] = set()
    for entry in content["rules"]:
        if not isinstance(entry, Entry):
            raise SafetyDataError(path, content.lines["rules"], "every rule begins with '- id: ...'")
        only_keys(path, entry, _RULE_KEYS, frozenset({"id", "category", "phrases"}))
        rule_id, category = str(entry["id"]), str(entry["category"])
        if not rule_id.startswith(f"{language}.") or rule_id in seen:
            raise SafetyDataError(path, entry.lines["id"], f"an id must be new and begin with '{language}.'")
        if category not in CATEGORIES:
            raise SafetyDataError(path, entry.lines["category"], f"'{category}' is not a category")
        seen.add(rule_id)
        phrases = tuple(_patterns(path, entry, "phrases", lists))
        if not phrases:
            raise SafetyDataError(path, entry.lines["phrases"], "a rule without phrases")
        unless = tuple(_patterns(path, entry, "unless", lists))
        calls = entry.get("calls_for_help", False)
        if not isinstance(calls, bool):
            raise SafetyDataError(path, entry.lines["calls_for_help"], "write true or false")
        sign = path.stem.endswith(SIGNS)
        yield Rule(rule_id, category, language, phrases, unless, sign=sign, calls_for_help=calls)


def _patterns(path: Path, mapping: Entry, key: str, lists: Mapping[str, Fragment]) -> Iterator[Pattern]:
    compile_line = compile_unless if key == "unless" else compile_phrase
    for line, source in text_lines(path, mapping, key):
        try:
            yield compile_line(source, lists)
        except NotationError as error:
            raise SafetyDataError(path, line, f"'{source}': {error}") from error


def _read(path: Path, line: int, source: str, lists: Mapping[str, Fragment]) -> Fragment:
    try:
        return parse(source, lists)
    except NotationError as error:
        raise SafetyDataError(path, line, f"'{source}': {error}") from error


def _spellings(path: Path, content: Entry) -> Iterator[tuple[str, str]]:
    for line, source in text_lines(path, content, "spellings"):
        left, arrow, right = (part.strip() for part in source.partition("="))
        typed = fold_words(fold_letters(left))
        if not arrow or not right or not typed or " " in typed:
            raise SafetyDataError(path, line, f"'{source}': write one word, '=', and what it stands for")
        yield typed, fold_words(fold_letters(right))
