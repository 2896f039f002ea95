"""Reads config.yml: the policies the engine runs; pipeline and `voorop` are only kept as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.engine.domain import ACTION_DEFAULT_FALLBACK
from bot.engine.yaml_files import Table, plain

_KEYS = ("recipe", "language", "assistant_id", "pipeline", "policies", "voorop", "version")
_RULE_KEYS = (
    "name",
    "core_fallback_threshold",
    "core_fallback_action_name",
    "enable_fallback_prediction",
    "restrict_rules",
)
_STORY_POLICIES = ("MemoizationPolicy", "AugmentedMemoizationPolicy")


@dataclass(frozen=True)
class RuleSettings:
    """Settings of RulePolicy; `fallback_action` None means that it never falls back."""

    fallback_threshold: float = 0.3
    fallback_action: str | None = ACTION_DEFAULT_FALLBACK
    restrict_rules: bool = True
    line: int = 1


@dataclass(frozen=True)
class MemoizationSettings:
    """Settings of a policy that knows stories by heart; `max_history` None means the whole dialogue."""

    name: str
    max_history: int | None
    augmented: bool


@dataclass(frozen=True)
class Config:
    """All of config.yml."""

    language: str | None
    assistant_id: str | None
    pipeline: tuple[Mapping[str, Any], ...]
    rules: RuleSettings | None
    stories: tuple[MemoizationSettings, ...]
    voorop: Mapping[str, Any]


def read_config(file: Table) -> Config:
    """The settings, checked; another policy or recipe is refused."""
    file.only(_KEYS, "config.yml")
    if file.get("recipe", "default.v1") != "default.v1":
        raise file.error("only the recipe default.v1 is supported", "recipe")
    rules: RuleSettings | None = None
    stories: list[MemoizationSettings] = []
    for line, row in file.rows("policies", "config.yml").numbered():
        if not isinstance(row, Table):
            raise file.error("a policy must have a name", "policies")
        name = row.text("name", "a policy")
        if name in [settings.name for settings in stories] or (name == "RulePolicy" and rules):
            raise row.error(f"the policy {name} stands here twice", "name")
        if name == "RulePolicy":
            rules = _read_rule_policy(row, line)
        elif name in _STORY_POLICIES:
            stories.append(_read_memoization(row, name))
        else:
            raise row.error(f"the policy '{name}' is not supported by the built-in engine", "name")
    if rules is None and not stories:
        raise file.error("config.yml needs a policy: RulePolicy or MemoizationPolicy", "policies")
    return Config(
        language=file.get("language"),
        assistant_id=file.get("assistant_id"),
        pipeline=tuple(_read_pipeline(file)),
        rules=rules,
        stories=tuple(stories),
        voorop=plain(file.table("voorop", "config.yml")),
    )


def _read_pipeline(file: Table) -> list[Mapping[str, Any]]:
    found = []
    for row in file.rows("pipeline", "config.yml"):
        if not isinstance(row, Table):
            raise file.error("a component of the pipeline must have a name", "pipeline")
        row.text("name", "a component of the pipeline")
        found.append(plain(row))
    return found


def _read_rule_policy(row: Table, line: int) -> RuleSettings:
    row.only(_RULE_KEYS, "RulePolicy")
    threshold = row.get("core_fallback_threshold", 0.3)
    if isinstance(threshold, bool) or not isinstance(threshold, int | float) or not 0 <= threshold <= 1:
        raise row.error("'core_fallback_threshold' must be a number from 0 to 1", "core_fallback_threshold")
    action = row.get("core_fallback_action_name", ACTION_DEFAULT_FALLBACK)
    if not isinstance(action, str):
        raise row.error("'core_fallback_action_name' must be a name", "core_fallback_action_name")
    enabled = row.flag("enable_fallback_prediction", True, "RulePolicy")
    return RuleSettings(
        fallback_threshold=float(threshold),
        fallback_action=action if enabled else None,
        restrict_rules=row.flag("restrict_rules", True, "RulePolicy"),
        line=row.lines.get("core_fallback_action_name", line),
    )


def _read_memoization(row: Table, name: str) -> MemoizationSettings:
    row.only(("name", "max_history"), name)
    history = row.get("max_history")
    if history is not None and (isinstance(history, bool) or not isinstance(history, int) or history < 1):
        raise row.error("'max_history' must be a whole number of 1 or more", "max_history")
    return MemoizationSettings(name, history, augmented=name == "AugmentedMemoizationPolicy")
