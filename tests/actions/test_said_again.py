"""A message that is sent again, after the care plan was told and before the turn was kept, whatever came in between."""

import pytest

from tests.actions.conversing import Conversation


@pytest.fixture
def conversation() -> Conversation:
    """Somebody whose next answer is told to the care plan."""
    started = Conversation()
    started.says("=affirm", "I read", "my sons", "I want to walk with Mia", "it gives me air")
    assert started.question == "goal_readback"
    return started


def words(conversation: Conversation) -> list[str]:
    return [answer["words"] for answer in conversation.plan["answers"]]


def test_it_is_taken_once(conversation: Conversation) -> None:
    conversation.says("=affirm", id=conversation.loses("=affirm"))
    assert conversation.question == "goal_importance"
    assert words(conversation).count("I want to walk with Mia") == 1


def test_it_is_taken_after_something_else_was_said(conversation: Conversation) -> None:
    lost = conversation.loses("=affirm")
    conversation.says("<ask_medical> may I drive?")
    conversation.says("=affirm", id=lost)
    assert conversation.question == "goal_importance"
    assert "<ask_medical> may I drive?" in words(conversation)


def test_what_came_in_between_is_deleted_too(conversation: Conversation) -> None:
    conversation.says("<delete_everything> delete it all")
    lost = conversation.loses("=affirm")
    assert conversation.plan is None
    conversation.says("=deny", "=affirm", "<delete_everything> all of it")
    assert conversation.plan is not None
    conversation.says("=affirm", id=lost)
    assert conversation.plan is None
