"""Slot mappings and what the policies see of slots."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa_sdk import Action, ValidationAction
from rasa_sdk.events import SlotSet

from bot.engine.slots import SLOT_TYPES, Slot
from bot.engine.types import Entity, UserMessage
from tests.engine.bots import Talk, Words, load, trace

DOMAIN = """
intents: [start, yes, no, content]
entities: [place, kind]
slots:
  anywhere:
    type: text
    mappings: [{type: from_entity, entity: place}]
  many:
    type: list
    mappings: [{type: from_entity, entity: kind}]
  agreed:
    type: bool
    mappings:
      - {type: from_intent, intent: yes, value: true}
      - {type: from_intent, intent: no, value: false}
  outside:
    type: text
    mappings: [{type: from_text, conditions: [{active_loop: null}]}]
  trigger:
    type: text
    mappings: [{type: from_trigger_intent, intent: start, value: started}]
  from_place:
    type: any
    mappings: [{type: from_entity, entity: place, not_intent: [no]}]
  to_place:
    type: any
    mappings: [{type: from_entity, entity: place, not_intent: [no]}]
  own:
    type: any
    mappings: [{type: custom, action: action_own}]
  other:
    type: any
    mappings: [{type: custom, action: action_own}]
forms:
  trip: {required_slots: [from_place, to_place], ignored_intents: [content]}
responses:
  utter_ok: [{text: ok}]
  utter_ask_from_place: [{text: From?}]
  utter_ask_to_place: [{text: To?}]
actions: [action_own, %s]
"""
DATA = """
rules:
  - {rule: ok, steps: [{or: [{intent: yes}, {intent: no}, {intent: content}]}, {action: utter_ok}]}
  - {rule: start, steps: [{intent: start}, {action: trip}, {active_loop: trip}]}
  - rule: end
    condition: [{active_loop: trip}]
    steps: [{action: trip}, {active_loop: null}]
"""


class Own(Action):  # type: ignore[misc]
    ran = 0

    def name(self) -> str:
        return "action_own"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        Own.ran += 1
        return [SlotSet("own", tracker.latest_message["text"]), {"event": "followup", "name": "trip"}]


class ValidateSlots(ValidationAction):  # type: ignore[misc]
    def validate_anywhere(self, value: Any, dispatcher: Any, tracker: Any, domain: Any) -> dict[str, Any]:
        return {"anywhere": value.upper()}


def talk(folder: Path, names: str = "", actions: Any = (Own,)) -> Talk:
    return Talk(load(folder, DOMAIN % names, DATA, words=Words({"go": "start"}), actions=actions))


def test_an_entity_fills_a_slot_with_its_last_value_and_a_list_with_all(tmp_path: Path) -> None:
    slots = talk(tmp_path).chooses('/yes{"place": ["a", "b"], "kind": ["c", "d"]}').slots
    assert slots["anywhere"] == "b"
    assert slots["many"] == ["c", "d"]
    assert slots["agreed"] is True


def test_a_false_value_from_an_intent_is_kept(tmp_path: Path) -> None:
    assert talk(tmp_path).chooses("/no").slots["agreed"] is False


def test_a_mapping_without_a_loop_holds_only_outside_loops(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    assert bot.says("first").slots["outside"] == "first"
    bot.chooses("/start")
    assert bot.says("second").slots["outside"] == "first"


def test_a_trigger_intent_fills_its_slot_when_the_form_starts(tmp_path: Path) -> None:
    turn = talk(tmp_path).chooses("/start")
    assert trace(turn).index("slot trigger=started") > trace(turn).index("active_loop trip")


def test_an_entity_that_fits_two_slots_of_a_form_fills_the_one_asked_for(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    bot.chooses("/start")
    slots = bot.chooses('/yes{"place": "Ghent"}').slots
    assert (slots["from_place"], slots["to_place"]) == ("Ghent", None)
    assert bot.chooses('/yes{"place": "Bruges"}').slots["to_place"] == "Bruges"


def test_an_ignored_intent_of_the_form_fills_nothing(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    bot.chooses("/start")
    assert bot.chooses('/content{"place": "Ghent"}').slots["from_place"] is None


def test_a_custom_mapping_runs_its_action_once_and_keeps_only_slots(tmp_path: Path) -> None:
    Own.ran = 0
    turn = talk(tmp_path).says("text")
    assert Own.ran == 1
    assert turn.slots["own"] == "text"
    assert "followup" not in trace(turn)


def test_slots_outside_forms_are_validated_by_action_validate_slot_mappings(tmp_path: Path) -> None:
    bot = talk(tmp_path, "action_validate_slot_mappings", (Own, ValidateSlots))
    assert bot.chooses('/yes{"place": "a"}').slots["anywhere"] == "A"


@pytest.mark.parametrize(
    ("slot", "value", "features"),
    [
        (Slot("s", "text", True), "", (1.0,)),
        (Slot("s", "text", True), None, ()),
        (Slot("s", "text", False), "x", ()),
        (Slot("s", "bool", True), False, (1.0, 0.0)),
        (Slot("s", "bool", True), "TRUE", (1.0, 1.0)),
        (Slot("s", "bool", True), "maybe", ()),
        (Slot("s", "categorical", True, values=("a", "b")), "B", (0.0, 1.0, 0.0)),
        (Slot("s", "categorical", True, values=("a", "b")), "c", (0.0, 0.0, 1.0)),
        (Slot("s", "float", True, min_value=0, max_value=10), 5, (1.0, 0.5)),
        (Slot("s", "float", True), 7, (1.0, 1.0)),
        (Slot("s", "float", True), "much", ()),
        (Slot("s", "list", True), [], ()),
        (Slot("s", "list", True), ["a"], (1.0,)),
        (Slot("s", "any", False), {"a": 1}, ()),
    ],
)
def test_what_the_policies_see_of_a_value(slot: Slot, value: Any, features: tuple[float, ...]) -> None:
    assert slot.features(value) == features


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(kind=st.sampled_from(SLOT_TYPES), value=JSON)
def test_features_never_fail_and_are_between_0_and_1(kind: str, value: Any) -> None:
    slot = Slot("s", kind, kind != "any", values=("a",))
    assert all(0.0 <= feature <= 1.0 for feature in slot.features(slot.stored(value)))


def test_choices_sent_along_with_typed_words_fill_their_slot_and_the_words_are_still_interpreted(
    tmp_path: Path,
) -> None:
    domain = """
entities: [choice]
intents: [content]
slots:
  areas:
    type: any
    mappings: [{type: from_entity, entity: choice}]
responses:
  utter_thanks:
    - text: "Thank you"
"""
    rules = """
rules:
  - rule: Thank for every answer
    steps:
      - intent: content
      - action: utter_thanks
"""
    words = Words()
    talk = Talk(load(tmp_path, domain, rules, words=words))
    turn = talk.send(UserMessage("my garden", entities=(Entity("choice", "home_life"),)))
    assert [asked[0] for asked in words.asked] == ["my garden"]
    assert turn.slots["areas"] == "home_life"
