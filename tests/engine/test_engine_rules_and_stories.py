"""Rules and stories: which action comes next."""

from pathlib import Path

import pytest

from bot.engine.errors import ConfigurationError
from tests.engine.bots import RULES_ONLY, Talk, Words, load, said, trace

DOMAIN = """
intents: [a, b, c, d]
entities: [e]
slots:
  mood: {type: categorical, values: [good, bad], mappings: [{type: from_entity, entity: e}]}
  flag: {type: bool, mappings: [{type: custom}]}
responses:
  utter_a: [{text: a}]
  utter_b: [{text: b}]
  utter_c: [{text: c}]
  utter_d: [{text: d}]
"""
WITH_STORIES = """
policies:
  - {name: MemoizationPolicy, max_history: %s}
  - {name: RulePolicy}
"""
WORDS = Words({name: name for name in "abcd"}, other="d")


def talk(folder: Path, data: str, config: str = RULES_ONLY) -> Talk:
    return Talk(load(folder, DOMAIN, data, config, words=WORDS))


def test_a_condition_on_a_slot_decides_and_the_more_specific_rule_wins(tmp_path: Path) -> None:
    data = """
rules:
  - {rule: any, steps: [{intent: a}, {action: utter_a}]}
  - rule: bad
    condition: [{slot_was_set: [{mood: bad}]}]
    steps: [{intent: a}, {action: utter_b}]
"""
    bot = talk(tmp_path, data)
    assert said(bot.says("a")) == ["utter_a"]
    assert said(bot.chooses('/a{"e": "bad"}')) == ["utter_b"]
    assert said(bot.chooses('/a{"e": "good"}')) == ["utter_a"]


def test_null_in_a_condition_means_not_set(tmp_path: Path) -> None:
    data = """
rules:
  - rule: unset
    condition: [{slot_was_set: [{mood: null}]}]
    steps: [{intent: a}, {action: utter_a}]
"""
    bot = talk(tmp_path, data)
    assert said(bot.says("a")) == ["utter_a"]
    assert said(bot.chooses('/a{"e": "bad"}')) == []


def test_conversation_start_holds_only_for_the_first_message(tmp_path: Path) -> None:
    data = "rules: [{rule: r, conversation_start: true, steps: [{intent: a}, {action: utter_a}]}]"
    bot = talk(tmp_path, data)
    assert said(bot.says("a")) == ["utter_a"]
    assert said(bot.says("a")) == []


def test_or_stands_for_each_of_its_intents(tmp_path: Path) -> None:
    data = "rules: [{rule: r, steps: [{or: [{intent: a}, {intent: b}]}, {action: utter_a}]}]"
    bot = talk(tmp_path, data)
    assert [said(bot.says(word)) for word in "abc"] == [["utter_a"], ["utter_a"], []]


def test_a_rule_that_does_not_wait_is_continued_by_another(tmp_path: Path) -> None:
    data = """
rules:
  - {rule: first, wait_for_user_input: false, steps: [{intent: a}, {action: utter_a}]}
  - {rule: second, steps: [{action: utter_a}, {action: utter_b}]}
"""
    assert said(talk(tmp_path, data).says("a")) == ["utter_a", "utter_b"]


def test_stories_go_by_what_was_said_before(tmp_path: Path) -> None:
    data = """
stories:
  - {story: s1, steps: [{intent: a}, {action: utter_a}, {intent: b}, {action: utter_b}]}
  - {story: s2, steps: [{intent: c}, {action: utter_c}, {intent: b}, {action: utter_d}]}
"""
    bot = talk(tmp_path, data, WITH_STORIES % 4)
    assert said(bot.says("a")) == ["utter_a"]
    turn = bot.says("b")
    assert said(turn) == ["utter_b"]
    assert turn.events[-1]["policy"] == "MemoizationPolicy"
    other = Talk(bot.assistant)
    other.says("c")
    assert said(other.says("b")) == ["utter_d"]


def test_a_story_that_is_ambiguous_in_a_short_history_predicts_nothing(tmp_path: Path) -> None:
    data = """
stories:
  - {story: s1, steps: [{intent: a}, {action: utter_a}, {intent: b}, {action: utter_b}]}
  - {story: s2, steps: [{intent: c}, {action: utter_a}, {intent: b}, {action: utter_d}]}
"""
    bot = talk(tmp_path, data, WITH_STORIES % 1)
    bot.says("a")
    assert said(bot.says("b")) == []


def test_a_turn_of_a_rule_is_hidden_from_stories(tmp_path: Path) -> None:
    data = """
rules: [{rule: r, steps: [{intent: d}, {action: utter_d}]}]
stories: [{story: s, steps: [{intent: a}, {action: utter_a}, {intent: b}, {action: utter_b}]}]
"""
    bot = talk(tmp_path, data, WITH_STORIES % 4)
    bot.says("a")
    turn = bot.says("d")
    assert said(turn) == ["utter_d"]
    assert [event["hide_rule_turn"] for event in turn.events if event["event"] == "action"] == [True, True]
    assert said(bot.says("b")) == ["utter_b"]


def test_checkpoints_join_stories_and_may_have_conditions(tmp_path: Path) -> None:
    data = """
stories:
  - {story: begin, steps: [{intent: a}, {slot_was_set: [{mood: good}]}, {action: utter_a}, {checkpoint: cp}]}
  - {story: good, steps: [{checkpoint: cp, slot_was_set: [{mood: good}]}, {intent: b}, {action: utter_b}]}
  - {story: bad, steps: [{checkpoint: cp, slot_was_set: [{mood: bad}]}, {intent: b}, {action: utter_c}]}
"""
    bot = talk(tmp_path, data, WITH_STORIES % "null")
    names = list(bot.assistant.ensemble.stories[0].lookup.values())
    assert "utter_b" in names
    assert "utter_c" not in names


def test_augmented_memoization_forgets_until_it_knows_the_way(tmp_path: Path) -> None:
    data = """
rules: [{rule: r, steps: [{intent: c}, {action: utter_c}]}]
stories: [{story: s, steps: [{intent: a}, {action: utter_a}, {intent: b}, {action: utter_b}]}]
"""
    plain = talk(tmp_path / "1", data, WITH_STORIES % 6)
    augmented = talk(tmp_path / "2", data, (WITH_STORIES % 6).replace("Memo", "AugmentedMemo"))
    for bot, answers in ((plain, [[], []]), (augmented, [["utter_a"], ["utter_b"]])):
        bot.chooses('/c{"e": "bad"}')
        assert [said(bot.says("a")), said(bot.says("b"))] == answers


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        (
            "[{rule: x, steps: [{intent: a}, {action: utter_a}]}, {rule: y, steps: [{intent: a}, {action: utter_b}]}]",
            "contradict",
        ),
        (
            "[{rule: x, steps: [{intent: a}, {action: utter_a}, {intent: b}, {action: utter_b}]}]",
            "more than one user message",
        ),
        (
            "[{rule: x, steps: [{intent: a}, {action: utter_a}, {slot_was_set: [{flag: true}]}]},"
            " {rule: y, steps: [{intent: b}, {action: utter_a}, {action: utter_b}]}]",
            "sets flag",
        ),
        ("[{rule: x, steps: [{intent: back}, {action: utter_a}]}]", "contradict"),
    ],
)
def test_rules_that_rasa_refuses_to_train_on_are_refused(tmp_path: Path, rules: str, problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem) as caught:
        talk(tmp_path, f"rules: {rules}")
    assert "all.yml:1" in str(caught.value)


def test_a_story_that_contradicts_a_rule_is_refused(tmp_path: Path) -> None:
    data = """
rules: [{rule: r, steps: [{intent: a}, {action: utter_a}]}]
stories:
  - {story: s, steps: [{intent: a}, {action: utter_b}]}
"""
    with pytest.raises(ConfigurationError, match=r"all.yml:4: the story 's' expects utter_b"):
        talk(tmp_path, data)


def test_a_policy_that_is_not_sure_enough_listens_when_fallback_is_off(tmp_path: Path) -> None:
    config = "policies: [{name: RulePolicy, enable_fallback_prediction: false}]"
    data = "rules: [{rule: r, steps: [{intent: a}, {action: utter_a}]}]"
    assert trace(talk(tmp_path, data, config).says("b"))[-2:] == ["user_featurization", "action action_listen"]
