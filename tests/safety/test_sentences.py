"""Measures the rules on tests/safety/sentences_<language>.yml: recall and false alarms.

Every third sentence was held out while the rules were written; both parts must reach the promised figures.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from actions.safety import SafetyRules

HERE = Path(__file__).parent
LANGUAGES = ("nl", "fr", "en", "ar")


@pytest.fixture(scope="module")
def rules() -> SafetyRules:
    return SafetyRules.load(HERE.parents[1] / "data" / "safety")


def sentences(block: str, held_out: bool) -> Iterator[str]:
    return (line for number, line in enumerate(block.splitlines()) if (number % 3 == 2) is held_out)


def content(lang: str) -> dict[str, dict[str, str] | str]:
    loaded: dict[str, dict[str, str] | str] = YAML(typ="safe").load(HERE / f"sentences_{lang}.yml")
    return loaded


def missed(rules: SafetyRules, lang: str, kind: str, held_out: bool) -> tuple[list[str], int]:
    blocks = content(lang)[kind]
    assert isinstance(blocks, dict)
    cases = [(category, line) for category in blocks for line in sentences(blocks[category], held_out)]
    return [line for category, line in cases if rules.check(line, lang).category != category], len(cases)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("held_out", [False, True], ids=["known", "held-out"])
@pytest.mark.parametrize(("kind", "recall"), [("explicit", 0.98), ("indirect", 0.85)])
def test_danger_is_found(rules: SafetyRules, lang: str, kind: str, recall: float, held_out: bool) -> None:
    lines, total = missed(rules, lang, kind, held_out)
    assert 1 - len(lines) / total >= recall, lines


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("held_out", [False, True], ids=["known", "held-out"])
def test_what_only_looks_like_danger_does_not_trigger(rules: SafetyRules, lang: str, held_out: bool) -> None:
    block = content(lang)["harmless"]
    assert isinstance(block, str)
    lines = list(sentences(block, held_out))
    alarms = [(line, rules.check(line, lang).rule) for line in lines if rules.check(line, lang).rule]
    assert len(alarms) / len(lines) <= 0.02, alarms


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_enough_sentences(lang: str) -> None:
    loaded = content(lang)
    blocks = [block for kind in ("explicit", "indirect") for block in dict(loaded[kind]).values()]
    assert sum(len(block.splitlines()) for block in blocks) >= 60
    assert len(str(loaded["harmless"]).splitlines()) >= 120
