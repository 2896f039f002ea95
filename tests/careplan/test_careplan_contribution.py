"""Reading what the actions send: nothing is lost, and what is wrong is named by its place, not by its content."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careplan.areas import AreaOfLife
from careplan.contribution import contribution_as_json, contribution_from_json
from careplan.errors import Invalid
from careplan.flags import flag_from_json

GOAL = {"key": "g1", "words": "x", "lang": "nl", "level": "functional", "shared": True}
ITEM = {"words": "x", "lang": "nl", "question": "goal_obstacle", "shared": True}

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40)
PARTS = st.sampled_from(["who", "where", "how_often", "when"])
items = st.lists(
    st.fixed_dictionaries(
        {
            "words": words,
            "lang": st.sampled_from(["nl", "ar", "pt-BR"]),
            "question": st.just("typical_day"),
            "shared": st.booleans(),
        },
        optional={"of": words, "typed_by": st.sampled_from(["self", "helper", "staff"]), "part": PARTS},
    ),
    max_size=3,
)
goals = st.fixed_dictionaries(
    {
        "key": st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True),
        "words": words,
        "lang": st.just("fr"),
        "level": st.sampled_from(["fundamental", "functional", "symptom_disease", "none"]),
        "shared": st.booleans(),
        "typed_by": st.sampled_from(["self", "helper", "staff"]),
        "clarity": st.sampled_from(["concrete", "vague", None]),
        "missing": st.lists(st.sampled_from(["who", "where", "how_often", "when", "what"]), unique=True),
        "domain": st.sampled_from([*(area.value for area in AreaOfLife), None]),
        "importance": st.none() | st.integers(0, 10),
        "first": st.just(False),
        "time_frame": st.sampled_from([None, "P3M", "P2W", "PT1H", "2027-03-01", "2027-03", "2027"]),
        "statements": items,
        "parts": items,
        "why": items,
        "obstacles": items,
        "supports": items,
        "own_part": items,
        "expects": items,
    }
)
contributions = st.fixed_dictionaries(
    {
        "language": st.just("nl"),
        "typed_by": st.sampled_from(["self", "helper", "staff"]),
        "state": st.sampled_from(["started", "submitted"]),
        "minutes": st.none() | st.integers(0, 600),
        "goals": st.lists(goals, max_size=3, unique_by=lambda goal: goal["key"]),
        "questions": items,
        "burdens": items,
        "helps": items,
        "answers": items,
    }
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["goals", "language", "state", "words", "key", "x"]), inner, max_size=4)
    ),
    max_leaves=10,
)


@settings(max_examples=40)
@given(contributions)
def test_reading_and_writing_gives_the_same_json(source):
    assert contribution_as_json(contribution_from_json(source)) == source


@given(anything)
def test_anything_else_is_refused_as_invalid_and_never_otherwise(source):
    with pytest.raises(Invalid):
        contribution_from_json(source)


@pytest.mark.parametrize(
    ("goal", "field", "code"),
    [
        ({"words": ""}, "words", "empty"),
        ({"words": "a\x00b"}, "words", "characters"),
        ({"words": "a\ud800b"}, "words", "characters"),
        ({"words": "x" * 20_001}, "words", "too_long"),
        ({"words": 7}, "words", "type"),
        ({"lang": "not a language"}, "lang", "value"),
        ({"level": "high"}, "level", "value"),
        ({"shared": "yes"}, "shared", "type"),
        ({"importance": 11}, "importance", "value"),
        ({"importance": True}, "importance", "type"),
        ({"importance": 7.5}, "importance", "type"),
        ({"domain": "d7"}, "domain", "value"),
        ({"time_frame": "soon"}, "time_frame", "value"),
        ({"time_frame": "P"}, "time_frame", "value"),
        ({"time_frame": "P1DT"}, "time_frame", "value"),
        ({"key": "a b"}, "key", "value"),
        ({"why": [ITEM, ITEM | {"question": "¿"}]}, "why[1].question", "value"),
        ({"why": ITEM}, "why", "type"),
        ({"why": [ITEM] * 501}, "why", "too_many"),
    ],
)
def test_a_wrong_field_is_named_by_its_place(goal, field, code):
    with pytest.raises(Invalid) as refused:
        contribution_from_json({"language": "nl", "state": "started", "goals": [GOAL, GOAL | {"key": "g2"} | goal]})
    assert (refused.value.field, refused.value.code) == (f"goals[1].{field}", code)


@pytest.mark.parametrize("missing", ["key", "words", "lang", "level", "shared"])
def test_a_goal_says_at_least_whose_words_where_and_for_whom(missing):
    goal = {name: value for name, value in GOAL.items() if name != missing}
    with pytest.raises(Invalid) as refused:
        contribution_from_json({"language": "nl", "state": "started", "goals": [goal]})
    assert (refused.value.field, refused.value.code) == (f"goals[0].{missing}", "missing")


def test_an_unknown_field_is_refused_without_repeating_its_name():
    with pytest.raises(Invalid) as refused:
        contribution_from_json({"language": "nl", "state": "started", "goals": [GOAL | {"canary": 1}]})
    assert (refused.value.code, refused.value.field) == ("unknown_field", "goals[0]")


@pytest.mark.parametrize(
    ("goals", "code"),
    [
        ([GOAL, GOAL], "duplicate"),
        ([GOAL | {"first": True}, GOAL | {"key": "g2", "first": True}], "more_than_one_first"),
    ],
)
def test_goals_have_their_own_keys_and_one_first_at_most(goals, code):
    with pytest.raises(Invalid) as refused:
        contribution_from_json({"language": "nl", "state": "submitted", "goals": goals})
    assert refused.value.code == code


@pytest.mark.parametrize(
    "change", [{"category": "none"}, {"role": "helper"}, {"words": ""}, {"rule": "a b"}, {"grade": 1}, {"lang": None}]
)
def test_a_flag_that_says_too_little_or_too_much_is_refused(change):
    flag = {"category": "violence_abuse", "words": "hij slaat mij", "lang": "nl", "role": "patient", "rule": "nl-1"}
    assert json.dumps(flag_from_json(flag).words) == '"hij slaat mij"'
    with pytest.raises(Invalid):
        flag_from_json(flag | change)
