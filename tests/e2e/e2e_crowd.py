"""Many people who talk at once, send again what was not answered, and remember what they said and were told.

Every request opens a connection of its own, so that any worker may get it.
"""

import asyncio
import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx2

from actions.interview_form import SAVED_AFTER

AT_ONCE = 24
SECONDS_TO_GIVE_UP = 120.0
SECONDS_BETWEEN_TRIES = 0.1
AGAIN = {409, 502, 503}  # another message was under way; not saved
Batch = tuple[str, ...]
View = dict[str, Any]


@dataclass
class Person:
    """What was sent at once is one batch; answers and texts are by message id."""

    http: httpx2.AsyncClient
    url: str
    token: str
    cookie: str = ""
    batches: list[Batch] = field(default_factory=list)
    answers: dict[str, View] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    async def says(self, text: str, id: str) -> View:
        """The answer, the same whenever a message is sent again."""
        self.texts[id] = text
        answer = await self.asks("POST", "/messages", {"id": id, "text": text})
        assert self.answers.setdefault(id, answer) == answer
        return answer

    async def asks(self, method: str, path: str, body: Any = None) -> View:
        """Until it is answered, by whichever worker."""
        last = ""
        for _ in range(int(SECONDS_TO_GIVE_UP / SECONDS_BETWEEN_TRIES)):
            headers = {"Cookie": self.cookie, "Connection": "close"}
            try:
                answer = await self.http.request(method, f"{self.url}/api/chat{path}", json=body, headers=headers)
            except httpx2.TransportError as error:
                answer, last = None, type(error).__name__
            self.http.cookies.clear()
            if answer is not None and answer.status_code < 300:
                if "set-cookie" in answer.headers:
                    self.cookie = answer.headers["set-cookie"].partition(";")[0]
                found: View = answer.json()
                return found
            if answer is not None:
                assert answer.status_code in AGAIN, answer.text
                last = answer.text
            await asyncio.sleep(SECONDS_BETWEEN_TRIES)
        raise AssertionError(f"no answer to {method} {path} for {SECONDS_TO_GIVE_UP} seconds: {last}")


async def talk(
    url: str, tokens: Sequence[str], messages: int, chance: random.Random, disturb: Callable[[], None], every: int
) -> list[Person]:
    """Everybody says so many things; some press twice, some have two devices. After every so many, `disturb`."""
    waiting, done, times = list(tokens), [], count(1)
    async with httpx2.AsyncClient(timeout=30) as http:

        async def slot() -> None:
            while waiting:
                person = Person(http, url, waiting.pop())
                await person.asks("POST", "/open", {"token": person.token})
                for number in range(messages):
                    await _say(person, number, chance.random())
                    if next(times) % every == 0:
                        disturb()  # while the others wait for an answer
                done.append(person)

        await asyncio.gather(*(slot() for _ in range(AT_ONCE)))
    return done


async def _say(person: Person, number: int, kind: float) -> None:
    text = f"Ik wandel elke dag met mijn buurvrouw {number} {uuid.uuid4().hex[:10]}"
    batch: Batch = (text, f"{text} en de hond") if kind < 0.2 else (text,)
    ids = [str(uuid.uuid4()) for _ in batch]
    sends = list(zip(batch, ids, strict=True)) * (2 if 0.2 <= kind < 0.4 else 1)
    await asyncio.gather(*(person.says(each, id) for each, id in sends))
    person.batches.append(batch)


async def read(url: str, people: Sequence[Person]) -> list[tuple[Person, View, View]]:
    """What stands of each conversation, and what comes back when its last message is sent once more."""
    found = []
    async with httpx2.AsyncClient(timeout=30) as http:
        for person in people:
            person.http = http
            last = list(person.answers)[-1]
            found.append((person, await person.asks("GET", ""), await person.says(person.texts[last], last)))
    return found


def said(view: View) -> list[str]:
    return [message["text"] for message in view["messages"] if message["from"] != "bot"]


def saved(view: View) -> list[str]:
    """What the practice should have: all up to the last answer after which the care plan is told."""
    answers = [message for message in view["messages"] if message["from"] != "bot"]
    until = max((place for place, answer in enumerate(answers, 1) if answer["key"] in SAVED_AFTER), default=0)
    return [answer["text"] for answer in answers[:until]]


def in_order(found: Sequence[str], batches: Sequence[Batch]) -> bool:
    """Whether every text is there once, batch by batch, those of a batch in any order."""
    place = 0
    for batch in batches:
        if sorted(found[place : place + len(batch)]) != sorted(batch):
            return False
        place += len(batch)
    return place == len(found)
