"""What is kept of a conversation on Rasa: the last turns whole, of older ones what the policies see."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.rasa.history import WHOLE_TURNS, shortened

INFLUENCING = frozenset({"mood"})


def user(number: int) -> dict[str, Any]:
    parsed = {"intent": {"name": "content"}, "entities": [], "text": f"words {number}", "metadata": {"message_id": 1}}
    return {"event": "user", "text": f"words {number}", "parse_data": parsed, "metadata": {"message_id": 1}}


def slot(name: str, value: Any) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}


def bot(name: str, words: str) -> dict[str, Any]:
    told = {"utter_action": name, "variation": "1", "values": {"goal_words": words}, "source": "{goal_words}"}
    return {"event": "bot", "text": words, "data": {"custom": {"items": [words]}}, "metadata": told}


def action(name: str) -> dict[str, Any]:
    return {"event": "action", "name": name, "policy": "RulePolicy"}


EVENTS = st.lists(
    st.one_of(
        st.integers(0, 99).map(user),
        st.builds(slot, st.sampled_from(["mood", "interview", "goal_words"]), st.integers(0, 9)),
        st.builds(bot, st.sampled_from(["utter_a", "utter_b"]), st.text(max_size=5)),
        st.sampled_from(["interview_form", "action_listen"]).map(action),
    ),
    max_size=60,
)


def newest(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    places = [place for place, event in enumerate(events) if event["event"] == "user"]
    return events[places[-WHOLE_TURNS] if len(places) >= WHOLE_TURNS else 0 :]


def values(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def of_policies(events: list[dict[str, Any]]) -> list[Any]:
    """What a policy sees: actions, intents and the slots that influence it, in order."""
    return [
        (event.get("name"), event.get("value"), (event.get("parse_data") or {}).get("intent"))
        for event in events
        if event["event"] in ("user", "action") or event.get("name") in INFLUENCING
    ]


@given(EVENTS)
def test_nothing_is_lost_that_counts(events: list[dict[str, Any]]) -> None:
    kept = shortened(events, INFLUENCING)
    assert newest(kept) == newest(events)
    assert values(kept) == values(events)
    assert of_policies(kept) == of_policies(events)


@given(EVENTS)
def test_shortened_again_it_stays_the_same(events: list[dict[str, Any]]) -> None:
    once = shortened(events, INFLUENCING)
    assert shortened(once, INFLUENCING) == once


def test_old_words_are_not_kept() -> None:
    old = [user(0), slot("goal_words", "old answer"), bot("utter_a", "old answer"), action("action_listen")]
    later = [
        each for number in range(1, 9) for each in (user(number), slot("goal_words", "new"), bot("utter_a", "new"))
    ]
    kept = shortened([*old, *later], INFLUENCING)
    assert "old answer" not in json.dumps(kept)
    assert "words 1" not in json.dumps(kept)
    assert [event["text"] for event in kept if event["event"] == "user"][-WHOLE_TURNS:] == [
        f"words {number}" for number in range(9 - WHOLE_TURNS, 9)
    ]


def test_the_size_of_a_turn_hardly_grows() -> None:
    events: list[dict[str, Any]] = []
    sizes = []
    for number in range(100):
        events = shortened(
            [*events, user(number), slot("interview", ["x" * 1000] * 20), bot("utter_a", "x" * 500)], INFLUENCING
        )
        sizes.append(len(json.dumps(events)))
    assert sizes[-1] - sizes[10] < 20_000
