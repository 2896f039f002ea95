"""Something of every kind in both stores: a practice, what people said in two languages, and their conversations."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from api.care_plan import CarePlan
from api.housekeeping import Housekeeping
from api.seeding import seed
from bot.store import ConversationStore, NewConversation, OfferedChoice, ShownMessage, StoredReply, TurnRecord
from careplan.people import SERVICE, Actor, Duty
from records.database import create_engine
from records.keys import Keys
from tests.cheap import cheap_passwords

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
WORDS = "أريد أن أمشي مع Mieke, elke dag"


@dataclass
class Stored:
    """An installation with its parts, on an engine that `close` gives back."""

    url: str
    secret: Path

    def __post_init__(self) -> None:
        self.engine = create_engine(self.url)
        self.keys = Keys.load(self.secret)
        cheap = cheap_passwords()
        self.care_plan = CarePlan(self.engine, self.keys, passwords=cheap)
        self.conversations = ConversationStore(self.engine, self.keys)
        self.house = Housekeeping(self.care_plan.books)

    def close(self) -> None:
        self.engine.dispose()

    def visits(self) -> list[str]:
        """Those of today, by time, as the demonstration's clinician sees them."""
        practice = self.care_plan.only_practice()
        desk = Actor("desk", frozenset({Duty.ADMINISTRATOR}), practice, "Desk", "nl")
        return [visit.id for visit in self.care_plan.visits_for(desk)]

    def words_of(self, conversation: str) -> list[str]:
        return [str(message.content["text"]) for message in self.conversations.messages(conversation)]


def fill(stored: Stored, visits: int = 3) -> list[str]:
    """A seeded practice whose patients all said something today; the visits' ids."""
    seeded = seed(stored.care_plan, visits)
    ids = [invitation.visit for invitation in seeded.patients]
    goal = {"key": "g1", "words": WORDS, "lang": "ar", "level": "functional", "shared": True}
    body = {"language": "ar", "typed_by": "self", "state": "submitted", "minutes": 9, "goals": [goal]}
    flag = {"category": "medical_emergency", "words": WORDS, "lang": "ar", "role": "patient"}
    for visit in ids:
        stored.care_plan.put_contribution(SERVICE, visit, "patient", body, key=f"put {visit}")
        stored.care_plan.add_flag(SERVICE, visit, flag, key=f"flag {visit}")
        talk(stored.conversations, f"talk of {visit[:8]}", visit)
    return ids


def talk(conversations: ConversationStore, conversation: str, visit: str, turns: int = 2) -> None:
    """So many turns of a conversation, and a session."""
    for number in range(1, turns + 1):
        content = {"text": f"{WORDS} {number}"}
        conversations.commit_turn(
            TurnRecord(
                conversation=NewConversation(conversation, f"invitation of {conversation}", visit, "patient"),
                version=number - 1,
                language="nl",
                state="open",
                question="life_goal",
                done=number,
                of=8,
                snapshot={"at": number},
                events=({"event": "user", "text": WORDS},),
                messages=(ShownMessage(number, "person", "life_goal", "text", content, NOW, f"m{number}"),),
                choices=(OfferedChoice(f"{conversation}-{number}", number, 0, "Yes", {}, "/affirm", "affirm"),),
                last_event=number - 1,
                created=NOW,
                reply=StoredReply(f"m{number}", b"\x00\xff digest", {"question": number}),
            )
        )
    conversations.start_session(f"token of {conversation}", conversation, NOW + timedelta(days=1), NOW)
