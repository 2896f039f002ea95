"""Words that raised danger: no answer that one changes, and nothing that a copy on the kitchen table shows."""

from pathlib import Path
from typing import Any

import pytest
from chat_world import TEXTS, ScriptedAssistant, World, choices_of, choose, say
from starlette.testclient import TestClient

from bot.engine.types import BotMessage, Button, Turn, UserMessage

DANGER = "I cannot go on"


class WorriedAssistant(ScriptedAssistant):
    """Hears danger in one sentence, says so, and asks `safety`; whatever is answered, it asks `life_goal` again."""

    async def handle(self, conversation: str, state: dict[str, Any] | None, message: UserMessage) -> Turn:
        slots = dict(state or {})
        if message.text == DANGER:
            back = Button("Back to the questions", "/affirm")
            told = (
                BotMessage("utter_safety", "Please call someone."),
                BotMessage("utter_ask_safety", "You can go on later.", {}, (back,)),
            )
            return Turn({**slots, "worried": True}, (), told, slots, "safety")
        if slots.pop("worried", False):
            again = BotMessage("utter_ask_life_goal", TEXTS["life_goal"])
            return Turn(slots, (), (again,), slots, "life_goal")
        return await super().handle(conversation, state, message)


@pytest.fixture
def patient(tmp_path: Path) -> TestClient:
    """A patient who said one answer, then words of danger, then went on."""
    patient = World(tmp_path, assistant=WorriedAssistant()).patient()
    say(patient, "yes")
    say(patient, DANGER)
    return patient


def test_words_that_raised_danger_offer_no_change_and_other_answers_do(patient: TestClient) -> None:
    said = [message for message in patient.get("/api/chat").json()["messages"] if message["from"] == "person"]
    assert [(each["text"], len(each["choices"])) for each in said] == [("yes", 1), (DANGER, 0)]


@pytest.mark.parametrize("form", ["txt", "json"])
def test_the_own_copy_leaves_danger_out_and_keeps_the_rest(patient: TestClient, form: str) -> None:
    choose(patient, choices_of(patient.get("/api/chat").json())["affirm"])
    say(patient, "Walk with my dog")
    copy = patient.get(f"/api/chat/summary?format={form}").text
    for words in (DANGER, "Please call someone.", "You can go on later.", "Back to the questions"):
        assert words not in copy
    assert "Walk with my dog" in copy
