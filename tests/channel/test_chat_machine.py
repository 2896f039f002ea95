"""Whatever a person's browser does, in whatever order: what was acknowledged is shown once, in order, and stays."""

import shutil
import tempfile
import uuid
from pathlib import Path
from typing import Any

from chat_world import World, choose, say
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40)
LANGUAGES = st.sampled_from(["nl", "en", "fr", "ar"])


class Chat(RuleBasedStateMachine):
    """The model is the list of acknowledged words; a message without words must leave it alone."""

    sent = Bundle("sent")
    lost = Bundle("lost")

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.world = World(self.folder)
        self.patient = self.world.patient()
        self.acknowledged: list[str] = []

    @rule(target=sent, words=WORDS)
    def say_something(self, words: str) -> Any:
        message_id = str(uuid.uuid4())
        answer = say(self.patient, words, message_id=message_id)
        if not words.strip():
            assert answer.status_code == 422
            return multiple()
        assert answer.status_code == 200
        self.acknowledged.append(words)
        return message_id, words, answer.content

    @rule(message=sent)
    def send_again(self, message: tuple[str, str, bytes]) -> None:
        message_id, words, body = message
        assert say(self.patient, words, message_id=message_id).content == body

    @rule(message=sent)
    def send_other_words_under_the_same_id(self, message: tuple[str, str, bytes]) -> None:
        message_id, words, _ = message
        assert say(self.patient, words + "!", message_id=message_id).status_code == 409

    @rule(target=lost, words=st.just("lost on the way"))
    def fail(self, words: str) -> tuple[str, str]:
        message_id = str(uuid.uuid4())
        self.world.assistant.fail = True
        assert say(self.patient, words, message_id=message_id).status_code == 503
        self.world.assistant.fail = False
        return message_id, words

    @rule(message=consumes(lost))
    def try_again(self, message: tuple[str, str]) -> None:
        message_id, words = message
        assert say(self.patient, words, message_id=message_id).status_code == 200
        self.acknowledged.append(words)

    @rule(code=LANGUAGES)
    def switch_language(self, code: str) -> None:
        assert self.patient.put("/api/chat/language", json={"language": code}).json()["language"] == code

    @rule()
    def choose_what_is_not_there(self) -> None:
        assert choose(self.patient, "invented").status_code == 409

    @rule()
    def restart(self) -> None:
        self.world = self.world.restart()
        cookies = self.patient.cookies
        self.patient = self.world.browser()
        self.patient.cookies = cookies

    @invariant()
    def all_that_was_acknowledged_is_shown_once_and_in_order(self) -> None:
        if not hasattr(self, "patient"):
            return
        messages = self.patient.get("/api/chat").json()["messages"]
        assert [each["text"] for each in messages if each["from"] == "person"] == self.acknowledged
        assert [each["seq"] for each in messages] == list(range(1, len(messages) + 1))

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.engine.dispose()
            shutil.rmtree(self.folder)


TestChat = Chat.TestCase
TestChat.settings = settings(
    max_examples=8,
    stateful_step_count=12,
)
