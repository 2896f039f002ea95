"""The turn loop: sessions, default actions, history that is undone, followups, limits."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Action
from rasa_sdk.events import ConversationPaused, ConversationResumed, FollowupAction, SlotSet, UserUtteranceReverted

from bot.engine.errors import TurnFailed
from bot.engine.types import ParseData, UserMessage
from tests.engine.bots import Talk, Words, load, said, trace

DOMAIN = """
session_config: {session_expiration_time: %s, carry_over_slots_to_new_session: true}
intents: [greet, bye, area]
entities: [place]
slots:
  area:
    type: text
    mappings: [{type: from_entity, entity: place}]
responses:
  utter_hello: [{text: Hello}]
  utter_bye: [{text: Bye}]
  utter_default: [{text: Sorry}]
  utter_restart: [{text: Again}]
actions: [action_custom, action_second]
"""
DATA = """
rules:
  - rule: hello
    steps: [{intent: greet}, {action: utter_hello}]
  - rule: bye
    steps: [{intent: bye}, {action: action_custom}]
  - rule: area
    steps: [{intent: area}, {action: utter_hello}]
"""
WORDS = Words({"hi": "greet", "bye": "bye", "place": "area"}, other="unheard_of")


def action(found: list[dict[str, Any]], name: str = "action_custom") -> type[Action]:
    class Custom(Action):  # type: ignore[misc]
        def name(self) -> str:
            return name

        async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
            return found

    return Custom


def talk(folder: Path, found: list[dict[str, Any]] | None = None, minutes: int = 0) -> Talk:
    actions = [action(found or []), action([], "action_second")]
    return Talk(load(folder, DOMAIN % minutes, DATA, words=WORDS, actions=actions))


def test_a_rule_answers_and_listens(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    assert trace(bot.says("hi"))[-4:] == [
        "user_featurization",
        "action utter_hello",
        "bot utter_hello",
        "action action_listen",
    ]
    assert trace(bot.says("hi"))[0] == "user greet"


def test_an_unknown_intent_is_treated_as_not_understood(tmp_path: Path) -> None:
    turn = talk(tmp_path).says("mumble")
    assert "user nlu_fallback" in trace(turn)
    assert trace(turn)[-4:] == ["action action_default_fallback", "bot utter_default", "rewind", "action action_listen"]
    assert turn.events[-1]["policy"] == "followup_action"


def test_the_fallback_undoes_slots_of_the_turn(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    bot.says("hi")
    turn = bot.send(UserMessage("x", "nlu_fallback", ()))
    assert turn.events[-1]["policy"] == "RulePolicy"
    bot.chooses('/area{"place": "town"}')
    turn = bot.chooses('/nlu_fallback{"place": "sea"}')
    assert "slot area=sea" in trace(turn)
    assert turn.slots["area"] == "town"


def test_restart_forgets_all_and_starts_the_session_again(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    bot.chooses('/area{"place": "town"}')
    turn = bot.chooses("/restart")
    assert trace(turn)[-5:] == [
        "bot utter_restart",
        "restart",
        "action action_session_start",
        "session_started",
        "action action_listen",
    ]
    assert turn.slots["area"] is None


def test_back_undoes_the_turn_before(tmp_path: Path) -> None:
    bot = talk(tmp_path)
    bot.says("hi")
    bot.chooses('/area{"place": "town"}')
    turn = bot.chooses("/back")
    assert trace(turn)[-4:] == ["action action_back", "rewind", "rewind", "action action_listen"]
    assert turn.slots["area"] is None


def test_slots_are_carried_over_into_a_new_session(tmp_path: Path) -> None:
    bot = talk(tmp_path, minutes=60)
    bot.chooses('/area{"place": "town"}')
    assert bot.state is not None
    bot.state = bot.state | {"last_user_time": -100_000.0}
    assert trace(bot.says("hi"))[:4] == [
        "action action_session_start",
        "session_started",
        "slot area=town",
        "action action_listen",
    ]


def test_metadata_of_the_first_message_starts_the_session(tmp_path: Path) -> None:
    turn = talk(tmp_path).says("hi", typed_by="helper")
    assert turn.slots["session_started_metadata"] == {"typed_by": "helper"}


def test_a_followup_action_comes_before_every_policy(tmp_path: Path) -> None:
    turn = talk(tmp_path, [FollowupAction("utter_bye")]).says("bye")
    assert said(turn)[0] == "utter_bye"
    ran = [event for event in turn.events if event["event"] == "action" and event["name"] == "utter_bye"]
    assert [event["policy"] for event in ran] == ["followup_action"]


def test_a_paused_conversation_says_nothing(tmp_path: Path) -> None:
    bot = talk(tmp_path, [ConversationPaused()])
    bot.says("bye")
    assert trace(bot.says("hi")) == ["user greet"]
    assert said(bot.chooses("/restart"))


def test_an_action_may_resume(tmp_path: Path) -> None:
    bot = talk(tmp_path, [ConversationPaused(), ConversationResumed()])
    assert trace(bot.says("bye"))[-1] == "action action_listen"


def test_a_turn_ends_after_ten_actions(tmp_path: Path) -> None:
    loop = [FollowupAction("action_custom")]
    turn = talk(tmp_path, loop).says("bye")
    assert trace(turn).count("action action_custom") == 10


@pytest.mark.parametrize(
    "answer",
    [
        [{"event": "reminder", "name": "x"}],
        [{"event": "slot", "name": "area"}],
        [{"event": "slot", "name": 3, "value": 1}],
        [SlotSet("area", object())],
        [SlotSet("area", float("nan"))],
    ],
)
def test_events_that_cannot_be_honoured_fail_the_turn(tmp_path: Path, answer: list[dict[str, Any]]) -> None:
    with pytest.raises(TurnFailed):
        talk(tmp_path, answer).says("bye")


def test_a_rewind_by_an_action_undoes_the_turn(tmp_path: Path) -> None:
    turn = talk(tmp_path, [SlotSet("area", "sea"), UserUtteranceReverted()]).says("bye")
    assert turn.slots["area"] is None


def test_a_failing_interpreter_fails_the_turn_without_telling_the_text(tmp_path: Path) -> None:
    class Broken:
        async def parse(self, text: str, *, language: str | None, question: str | None) -> ParseData:
            raise ValueError(text)

    bot = talk(tmp_path)
    bot.assistant._interpreter = Broken()
    with pytest.raises(TurnFailed) as caught:
        bot.says("my secret")
    assert "secret" not in str(caught.value)


def test_two_conversations_at_once_do_not_mix(tmp_path: Path) -> None:
    assistant = talk(tmp_path).assistant

    async def both() -> list[Any]:
        messages = [UserMessage("", "area", ()), UserMessage("hi")]
        return await asyncio.gather(*(assistant.handle(str(n), None, m) for n, m in enumerate(messages)))

    first, second = asyncio.run(both())
    assert "user area" in trace(first)
    assert "user greet" in trace(second)


def test_the_state_given_is_never_changed(tmp_path: Path) -> None:
    bot = talk(tmp_path, [SlotSet("area", ["a"])])
    bot.says("hi")
    before = json.dumps(bot.state)
    old = bot.state
    bot.says("bye")
    assert json.dumps(old) == before
