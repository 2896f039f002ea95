"""The assistant's own files and actions in the engine, where the interpreter says what a message is: what is said, and
which question is open, when words are in doubt and when one of two wishes is chosen.
"""

import pytest

from tests.actions.conversing import Conversation


@pytest.fixture
def conversation() -> Conversation:
    started = Conversation()
    started.says("=affirm")
    return started


def test_words_that_may_be_a_move_are_kept_and_asked_about_once(conversation: Conversation) -> None:
    said = "<?pause> one moment, I rest a lot"
    assert conversation.says(said) == ["utter_ask_clarify_move"]
    assert (conversation.question, conversation.asked) == (
        "clarify_move",
        "Your answers are kept. Did you want to stop for now?",
    )
    assert conversation.says("=deny")[-1] == "utter_ask_matters_most"
    assert conversation.words() == [said]


def test_a_yes_makes_it_the_move(conversation: Conversation) -> None:
    assert conversation.says("<?pause> one moment", "=affirm") == ["utter_paused", "utter_ask_paused"]
    assert conversation.words() == []
    assert conversation.says("=affirm")[-1] == "utter_ask_typical_day"
    assert conversation.says("<?pause> one moment")[-1] == "utter_ask_matters_most"  # not asked again at this place


def test_the_same_move_in_so_many_words_is_a_yes_too(conversation: Conversation) -> None:
    conversation.says("<?pause> one moment", "<pause> yes, stop")
    assert conversation.question == "paused"
    assert conversation.words() == []


def test_another_move_goes_before_the_doubt(conversation: Conversation) -> None:
    conversation.says("I read", "<?pause> my garden", "<back> back please")
    assert conversation.question == "matters_most"
    assert conversation.words() == ["I read", "<?pause> my garden"]


def test_a_person_is_called_for_in_the_words_that_asked_for_one(conversation: Conversation) -> None:
    assert conversation.says("<?ask_human> someone to talk to", "=affirm")[:2] == ["utter_human", "utter_human_told"]
    assert conversation.question == "typical_day"
    (flag,) = conversation.flags
    assert b"someone to talk to" in flag


def test_the_wish_that_was_left_is_offered_in_its_own_words_and_then_read_back(conversation: Conversation) -> None:
    two = "I want to swim with my son on Mondays and I want to learn the guitar"
    conversation.says("I read", "my son", two)
    assert conversation.question == "probe_split"
    conversation.says("the first one", "=skip")
    while conversation.question != "goal_readback":
        conversation.says("<skip> next")
    assert conversation.slots["goal_words"] == "I want to swim with my son on Mondays"
    conversation.says("=affirm", "=8", "money", "my sister")
    assert conversation.question == "more_goals"
    assert conversation.slots["left_words"] == "I want to learn the guitar"
    assert conversation.asked.startswith("You also said:")
    conversation.says("=affirm")
    while conversation.question != "goal_readback":
        conversation.says("<skip> next")
    assert conversation.slots["goal_words"] == "I want to learn the guitar"


def test_a_yes_to_a_wish_of_before_can_be_changed(conversation: Conversation) -> None:
    conversation.says("I want to sing with Joan again", "my friends")
    assert conversation.slots["left_words"] == "I want to sing with Joan again"
    yes = conversation.next_id
    conversation.says("yes, that", "it gives me air")
    assert conversation.question == "goal_readback"
    assert conversation.changes(yes) == ["utter_change_answer", "utter_ask_life_goal"]
