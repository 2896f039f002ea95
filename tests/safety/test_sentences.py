"""Measures the rules on the sentences they were written with: tests/safety/sentences_<language>.yml."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from actions.safety import SafetyRules

HERE = Path(__file__).parent
LANGUAGES = ("nl", "fr", "en", "ar")


@pytest.fixture(scope="module")
def rules() -> SafetyRules:
    return SafetyRules.load(HERE.parents[1] / "data" / "safety")


def content(lang: str) -> dict[str, dict[str, str] | str]:
    loaded: dict[str, dict[str, str] | str] = YAML(typ="safe").load(HERE / f"sentences_{lang}.yml")
    return loaded


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("kind", "recall"), [("explicit", 0.98), ("indirect", 0.95)])
def test_danger_is_found(rules: SafetyRules, lang: str, kind: str, recall: float) -> None:
    blocks = content(lang)[kind]
    assert isinstance(blocks, dict)
    cases = [(category, line) for category in blocks for line in blocks[category].splitlines()]
    missed = [line for category, line in cases if rules.check(line, lang).category != category]
    assert 1 - len(missed) / len(cases) >= recall, missed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_only_looks_like_danger_does_not_trigger(rules: SafetyRules, lang: str) -> None:
    lines = str(content(lang)["harmless"]).splitlines()
    alarms = [(line, rules.check(line, lang).rule) for line in lines if rules.check(line, lang).rule]
    assert len(alarms) / len(lines) <= 0.02, alarms


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_enough_sentences(lang: str) -> None:
    loaded = content(lang)
    blocks = [block for kind in ("explicit", "indirect") for block in dict(loaded[kind]).values()]
    assert sum(len(block.splitlines()) for block in blocks) >= 60
    assert len(str(loaded["harmless"]).splitlines()) >= 120
