"""What the engine does not implement is refused at load, with file and line."""

from pathlib import Path

import pytest

from bot.engine.assistant import Assistant
from bot.engine.errors import ConfigurationError
from tests.engine.bots import RULES_ONLY, Sdk, Words, load, write_bot

DOMAIN = """version: "3.1"
intents:
  - a
entities:
  - e
slots:
  s:
    type: text
    mappings:
      - type: from_text
  quiet:
    type: any
    mappings:
      - type: custom
forms:
  f:
    required_slots:
      - s
responses:
  utter_a:
    - text: Hello
actions:
  - action_a
"""
DATA = """rules:
  - rule: r
    steps:
      - intent: a
      - action: utter_a
"""


def refused(folder: Path, domain: str = DOMAIN, data: str = DATA, config: str = RULES_ONLY) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load(folder, domain, data, config)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_bot_they_start_from_is_fine(tmp_path: Path) -> None:
    assert load(tmp_path, DOMAIN, DATA).domain.intents[0] == "a"


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("actions:", "surprise: 1\nactions:", 22, "unknown or unsupported key 'surprise'"),
        ("type: text", "type: colour", 8, "unknown slot type 'colour'"),
        ("type: text\n", "type: text\n    auto_fill: true\n", 9, "'auto_fill'"),
        ("type: from_text", "type: from_dream", 10, "unsupported mapping type 'from_dream'"),
        ("type: from_text", "{type: from_entity, entity: x}", 10, "unknown entity 'x'"),
        ("type: from_text", "{type: from_entity, entity: e, role: r}", 10, "'role'"),
        ("type: from_text", "{type: from_text, intent: zzz}", 10, "unknown intent 'zzz'"),
        ("type: from_text", "{type: custom, action: action_zzz}", 10, "unknown action 'action_zzz'"),
        ("type: from_text", "{type: from_text, conditions: [{active_loop: g}]}", 10, "unknown form 'g'"),
        ("type: custom", "{type: custom, conditions: [{active_loop: f}]}", 14, "does not ask for it"),
        ("      - s\n", "      - zzz\n", 18, "'zzz', which is no slot"),
        ("    required_slots", "    initial: 1\n    required_slots", 17, "'initial'"),
        ("- text: Hello", "- image: x.png", 21, "'image'"),
        ("- text: Hello", "- {text: Hi, channel: slack}", 21, "'channel'"),
        ("- text: Hello", "- {text: 'a { b'}", 21, "single brace"),
        ("- text: Hello", "- {custom: {a: ['{b}']}}", 21, "placeholders in 'custom'"),
        ("- text: Hello", "- {text: Hi, condition: [{type: slot, name: zzz, value: 1}]}", 21, "unknown slot 'zzz'"),
        ("- text: Hello", "- {text: Hi, buttons: [{title: t, payload: hello}]}", 21, "payload"),
        ("  - action_a", "  - action_two_stage_fallback", 23, "is not supported"),
        ("  - action_a", "  - utter_zzz", 23, "listed but not defined"),
        ("  - action_a", "  - validate_zzz", 23, "which is no form"),
        ("  - a\n", "  - a\n  - a\n", 4, "already defined"),
        ("  - a\n", "  - a: {use_entities: [zzz]}\n", 3, "unknown entity 'zzz'"),
        ("  - e\n", "  - e: {roles: [x]}\n", 5, "'roles'"),
        ("  s:\n", "  s: !!python/object 1\n  t:\n", 7, "tag"),
        ("Hello", "${SECRET}", 21, "environment variables"),
    ],
)
def test_a_domain_that_cannot_be_honoured(tmp_path: Path, old: str, new: str, line: int, problem: str) -> None:
    assert old in DOMAIN
    message = refused(tmp_path, domain=DOMAIN.replace(old, new, 1))
    assert f"bot/domain.yml:{line}: " in message
    assert problem in message


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        ("intent: zzz", "unknown intent 'zzz'"),
        ("action: action_zzz", "unknown action 'action_zzz'"),
        ("action: utter_zzz", "unknown response 'utter_zzz'"),
        ("action: action_default_ask_affirmation", "not supported"),
        ("active_loop: zzz", "unknown form 'zzz'"),
        ("slot_was_set: [{zzz: 1}]", "unknown slot 'zzz'"),
        ("{intent: a, entities: [zzz]}", "unknown entity 'zzz'"),
        ("{intent: a, surprise: 1}", "'surprise'"),
        ("user: hello", "end-to-end"),
        ("bot: hello", "end-to-end"),
        ("checkpoint: x", "cannot have checkpoints"),
        ("or: [{action: utter_a}]", "takes only intents"),
        ("dance: 1", "unknown step 'dance'"),
        ("just a text", "must be a mapping"),
    ],
)
def test_a_rule_that_cannot_be_honoured(tmp_path: Path, step: str, problem: str) -> None:
    message = refused(tmp_path, data=DATA + f"      - {step}\n")
    assert "data/all.yml:6: " in message
    assert problem in message


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        ("rules:\n  - {rule: r, stepz: []}", 2, "'stepz'"),
        (
            "rules:\n  - rule: r\n    condition: [{slot_was_set: [{quiet: 1}]}]\n    steps: [{intent: a}]",
            3,
            "influence",
        ),
        ("stories:\n  - {story: s, steps: [{intent: a}, {checkpoint: c}]}", 2, "no story goes on"),
        ("stories:\n  - {story: s, steps: [{checkpoint: c}, {intent: a}]}", 2, "no story leads to"),
        ("storys: []", 1, "'storys'"),
        ("rules:\n  - rule: 'r", 2, "unexpected end"),
        ("rules: []\nrules: []", 2, "twice"),
    ],
)
def test_a_data_file_that_cannot_be_honoured(tmp_path: Path, data: str, line: int, problem: str) -> None:
    message = refused(tmp_path, data=data)
    assert f"data/all.yml:{line}" in message
    assert problem in message


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        ("policies: [{name: TEDPolicy}]", "'TEDPolicy' is not supported"),
        ("policies: []", "needs a policy"),
        ("policies: [{name: RulePolicy, surprise: 1}]", "'surprise'"),
        ("policies: [{name: RulePolicy, core_fallback_action_name: action_zzz}]", "unknown fallback action"),
        ("policies: [{name: MemoizationPolicy, max_history: 0}]", "max_history"),
        ("recipe: graph.v1", "recipe"),
        ("surprise: 1", "'surprise'"),
    ],
)
def test_a_config_that_cannot_be_honoured(tmp_path: Path, config: str, problem: str) -> None:
    message = refused(tmp_path, config=config)
    assert "bot/config.yml:1: " in message
    assert problem in message


def test_checkpoints_in_a_circle_are_refused(tmp_path: Path) -> None:
    data = """stories:
  - {story: s, steps: [{intent: a}, {checkpoint: c}]}
  - {story: t, steps: [{checkpoint: c}, {intent: a}, {checkpoint: c}]}
"""
    assert "leads back to itself" in refused(tmp_path, data=data)


def test_nlu_data_and_test_stories_are_left_alone(tmp_path: Path) -> None:
    folder = write_bot(tmp_path, DOMAIN, DATA + "nlu:\n  - {intent: a, examples: '- x'}\n")
    (folder / "data" / "nlu.yml").write_text("nlu:\n- intent: a\n  examples: |\n    - [not yaml at all\n")
    (folder / "data" / "test_stories.yml").write_text("stories: [{story: x, steps: [{user: hi}]}]")
    assistant = Assistant.load(folder / "bot", [folder / "data"], interpreter=Words(), actions=Sdk())
    assert "utter_a" in assistant.domain.responses


def test_domain_and_rules_may_be_spread_over_files(tmp_path: Path) -> None:
    folder = write_bot(tmp_path, DOMAIN, DATA)
    (folder / "bot" / "more").mkdir()
    (folder / "bot" / "more" / "answers.yaml").write_text("responses:\n  utter_more: [{text: More}]\n")
    (folder / "data" / "deep").mkdir()
    more = "rules: [{rule: m, steps: [{intent: out_of_scope}, {action: utter_more}]}]"
    (folder / "data" / "deep" / "more.yml").write_text(more)
    assistant = Assistant.load(folder / "bot", [folder / "data"], interpreter=Words(), actions=Sdk())
    assert len(assistant.ensemble.rules.lookup.rules if assistant.ensemble.rules else {}) == 4


def test_an_intent_of_the_interpreter_that_the_domain_lacks_is_refused(tmp_path: Path) -> None:
    words = Words()
    words.intents = ("a", "zzz")  # type: ignore[attr-defined]
    with pytest.raises(ConfigurationError, match="'zzz'"):
        load(tmp_path, DOMAIN, DATA, words=words)


def test_a_missing_folder_or_file_is_named(tmp_path: Path) -> None:
    folder = write_bot(tmp_path, DOMAIN, DATA)
    with pytest.raises(ConfigurationError, match="nowhere: there is no such folder"):
        Assistant.load(folder / "bot", [folder / "nowhere"], interpreter=Words(), actions=Sdk())
    with pytest.raises(ConfigurationError, match=r"config\.yml: there is no such file"):
        Assistant.load(folder / "data", [], interpreter=Words(), actions=Sdk())
