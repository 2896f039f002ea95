"""The comparison itself: it sees every kind of difference, and makes a long disagreement short. Without Rasa."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import test_engines_agree
from rasa_both import Both, Disagree
from rasa_side import Pair
from rasa_world import CarePlan
from test_engines_agree import Step, shrunk, taken, walked

from bot.engine import events
from bot.engine.errors import TurnFailed
from bot.engine.types import BotMessage, Button, Event, Turn, UserMessage
from bot.store import ConversationStore
from records.database import create_engine
from records.keys import Keys

MESSAGE = BotMessage("utter_ask_welcome", "Shall we begin?", {}, (Button("Yes", "/affirm"),))
EVENT = {"event": "slot", "name": "welcome", "value": "affirm", "timestamp": 1.0}
RASAS: tuple[Event, ...] = (
    {"event": "user"},
    {"event": "bot", "text": "Shall we begin?", "data": {"buttons": [{"title": "Yes", "source_title": "Yes"}]}},
)
STATE = {"slots": {}, "events": RASAS}
TURN = Turn(STATE, (EVENT, events.bot(MESSAGE)), (MESSAGE,), {"language": "nl"}, "welcome")


def in_rasas_words(**changed: Any) -> Turn:
    """The same turn, which Rasa words in another way."""
    return replace(TURN, state={"slots": {}, "events": (RASAS[0], RASAS[1] | changed)})


class Says:
    """An engine with one turn."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    async def handle(self, conversation: str, state: dict[str, Any] | None, message: UserMessage) -> Turn:
        return self._turn


def compared(theirs: Turn) -> Turn:
    return asyncio.run(Both(Says(TURN), Says(theirs)).handle("c", None, UserMessage("hallo")))


def test_moments_are_no_difference() -> None:
    assert compared(replace(TURN, events=(EVENT | {"timestamp": 2.0}, TURN.events[1]))).messages == (MESSAGE,)


@pytest.mark.parametrize(
    ("what", "theirs"),
    [
        ("events", replace(TURN, events=())),
        ("events", replace(TURN, events=(EVENT | {"value": "deny"},))),
        ("messages", replace(TURN, messages=())),
        ("messages", replace(TURN, messages=(replace(MESSAGE, buttons=()),))),
        ("messages", replace(TURN, messages=(replace(MESSAGE, text="Shall we?"),))),
        ("slots", replace(TURN, slots={"language": "fr"})),
        ("question", replace(TURN, requested_slot="typical_day")),
        ("words", in_rasas_words(text="Zullen we beginnen?")),
        ("words", in_rasas_words(data={"buttons": [{"title": "Ja", "source_title": "Yes"}]})),
    ],
)
def test_every_difference_is_seen(what: str, theirs: Turn) -> None:
    with pytest.raises(Disagree, match=f"^{what} after"):
        compared(theirs)


class Asks:
    """An engine that asks the same again and again. Once the word `b` was typed, it does `odd` at the next Yes."""

    def __init__(self, odd: str = "") -> None:
        self._odd = odd

    async def handle(self, conversation: str, state: dict[str, Any] | None, message: UserMessage) -> Turn:
        heard = (state or {"heard": False})["heard"]
        if self._odd == "opening" or (heard and message.intent == "affirm" and self._odd == "fails"):
            raise TurnFailed("it does not answer")
        said = replace(MESSAGE, text="Pardon?") if heard and message.intent == "affirm" and self._odd else MESSAGE
        after = {"slots": {}, "events": RASAS, "heard": heard or message.text == "b"}
        return Turn(after, (events.bot(said),), (said,), {"language": "nl"}, "welcome")


@dataclass
class Stubs(Pair):
    """Two of them, of which the second one is odd."""

    odd: str

    @asynccontextmanager
    async def engines(self) -> AsyncIterator[Both]:
        yield Both(Asks(), Asks(self.odd))


@pytest.fixture
def stubs(tmp_path: Path) -> Iterator[Stubs]:
    engine = create_engine(f"sqlite:///{tmp_path / 'voorop.sqlite'}")
    store = ConversationStore(engine, Keys.load(tmp_path / "secret"))
    store.migrate()
    yield Stubs(store, CarePlan(), CarePlan(), "says")
    engine.dispose()


YES = Step(choice=-1)  # after the links to what was said before
LONG = [YES, Step("a"), Step("b"), Step("~skip"), Step("a"), YES, Step("a")]
SHORT = ['- welcome: "b"', "- welcome: =affirm"]


def test_a_disagreement_comes_out_of_the_channel(stubs: Stubs) -> None:
    done, how = taken(stubs, "en", "patient", LONG)
    assert (len(done), done[-1]) == (6, "- welcome: =affirm")
    assert how.startswith("events after 'affirm':\n  built-in")
    assert "Pardon?" in how


def test_an_engine_that_fails_alone_disagrees(stubs: Stubs) -> None:
    stubs.odd = "fails"
    assert shrunk(stubs, "en", "patient", LONG) == (SHORT, "one of them failed: TurnFailed('it does not answer')")


def test_a_disagreement_at_the_opening_needs_no_steps(stubs: Stubs) -> None:
    stubs.odd = "opening"
    assert shrunk(stubs, "en", "patient", LONG) == ([], "one of them failed: TurnFailed('it does not answer')")


def test_engines_that_agree_take_every_step(stubs: Stubs) -> None:
    stubs.odd = ""
    done, how = taken(stubs, "en", "patient", LONG)
    assert (len(done), how) == (len(LONG), "")


def test_a_long_disagreement_becomes_a_short_one(stubs: Stubs) -> None:
    done, how = shrunk(stubs, "en", "patient", LONG)
    assert done == SHORT
    assert how


def test_an_answer_that_is_changed_is_named_by_its_words(stubs: Stubs) -> None:
    stubs.odd = ""
    done, _ = taken(stubs, "en", "patient", [Step("my knee"), Step(choice=0)])
    assert done == ['- welcome: "my knee"', '- welcome: "=change:my knee"']


def test_what_was_found_can_be_put_into_a_script(stubs: Stubs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_engines_agree, "walk", lambda chance, lang: LONG)
    found = walked(stubs, 3).splitlines()
    assert found[0].startswith("TEST_RASA_SEED=3, ")
    assert found[4:6] == [f"    {line}" for line in SHORT]
