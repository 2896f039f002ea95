"""The assistant's own files and actions in the engine, where the interpreter says what a message is: what is said, and
which question is open, when words are in doubt and when one of two wishes is chosen.
"""

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest

from actions.registry import Actions
from actions.surroundings import surroundings
from bot.engine.assistant import Assistant
from bot.engine.types import Entity, ParseData, Turn, UserMessage

PROJECT = Path(__file__).parents[2]
OPENED = {"conversation": "c1", "visit": "v1", "role": "patient", "language": "en"}


class TellsByMark:
    """`<move> text` is that move, `<?move> text` is content that may be that move; everything else is content."""

    async def parse(self, text: str, *, language: str | None, question: str | None) -> ParseData:
        mark = text[1:].partition(">")[0] if text.startswith("<") else ""
        doubt = mark[1:] if mark.startswith("?") else ""
        intent = mark if mark and not doubt else "content"
        return ParseData(intent, 1.0, (), {"language": "en", "language_offer": None, "doubt": doubt})


class Conversation:
    """One person's turns; `flags` are those that the practice was told of."""

    def __init__(self) -> None:
        self.flags: list[bytes] = []
        around = surroundings(httpx2.AsyncClient(base_url="http://x", transport=httpx2.MockTransport(self._taken)))
        self._assistant = Assistant.load(
            PROJECT / "bot",
            [PROJECT / "data" / "stories"],
            interpreter=TellsByMark(),
            actions=Actions(around),
        )
        self._turns = 0
        self.turn: Turn | None = None
        entities = tuple(Entity(name, value) for name, value in OPENED.items())
        self._take(UserMessage("", "open_conversation", entities))

    def _taken(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("/flags"):
            self.flags.append(request.content)
        return httpx2.Response(200, json={})

    def says(self, *texts: str) -> list[str | None]:
        """What the assistant says to the last of these; a text that begins with `=` is a button."""
        for text in texts:
            value = text.removeprefix("=")
            intent = {"affirm": "affirm", "deny": "deny"}.get(value, "choose") if text != value else None
            entities = (Entity("choice", value),) if intent == "choose" else ()
            self._take(UserMessage(text, intent, entities, {"message_id": f"m{self._turns}", "typed_by": "self"}))
        return [message.response for message in self._now.messages]

    def _take(self, message: UserMessage) -> None:
        self._turns += 1
        state = self.turn.state if self.turn else None
        self.turn = asyncio.run(self._assistant.handle("c1", state, message))

    @property
    def _now(self) -> Turn:
        assert self.turn is not None
        return self.turn

    @property
    def question(self) -> str | None:
        return self._now.requested_slot

    @property
    def asked(self) -> str:
        return str(self._now.messages[-1].text)

    @property
    def slots(self) -> Any:
        return self._now.slots

    def words(self) -> list[str]:
        return [answer["words"] for answer in self.slots["interview"]["answers"] if answer["words"]]


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
