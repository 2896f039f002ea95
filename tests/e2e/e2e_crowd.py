"""Many people who talk at once to several processes, send again what was not answered, and remember what they said."""

import asyncio
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2

SECONDS_TO_GIVE_UP = 120.0
AGAIN = {409, 502, 503}  # another message was under way; not saved
Batch = tuple[str, ...]


@dataclass
class Talk:
    """One person: what was sent at once is one batch; answers are by message id."""

    token: str
    cookie: str = ""
    batches: list[Batch] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    sends: int = 0


class Crowd:
    """urls: the processes; every request goes to one by chance."""

    def __init__(self, urls: Sequence[str], chance: random.Random, at_once: int = 24) -> None:
        self._urls = urls
        self._chance = chance
        self._at_once = at_once

    async def talk(self, tokens: Sequence[str], messages: int) -> list[Talk]:
        """Everybody says so many messages."""
        waiting, done = list(tokens), []
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=100)
        async with httpx2.AsyncClient(timeout=30, limits=limits) as http:

            async def slot() -> None:
                while waiting:
                    done.append(await self._one(http, Talk(waiting.pop()), messages))

            await asyncio.gather(*(slot() for _ in range(self._at_once)))
        return done

    async def read(self, talks: Sequence[Talk]) -> list[tuple[Talk, dict[str, Any], dict[str, Any]]]:
        """What stands of each conversation, and what comes back when its last message is sent once more."""
        async with httpx2.AsyncClient(timeout=30) as http:
            found = []
            for talk in talks:
                view = await self._ask(http, talk, "GET", "", None)
                last = list(talk.answers)[-1]
                found.append((talk, view, await self._send(http, talk, last, talk.texts[last])))
            return found

    async def _one(self, http: httpx2.AsyncClient, talk: Talk, messages: int) -> Talk:
        await self._ask(http, talk, "POST", "/open", {"token": talk.token})
        for number in range(messages):
            kind = self._chance.random()
            text = f"Ik wandel elke dag met mijn buurvrouw {number} {uuid.uuid4().hex[:10]}"
            if kind < 0.2:  # an impatient finger: the same message twice at once
                id = str(uuid.uuid4())
                one, two = await asyncio.gather(*(self._send(http, talk, id, text) for _ in range(2)))
                assert one == two
                talk.batches.append((text,))
            elif kind < 0.4:  # two devices
                both = (text, f"{text} en de hond")
                await asyncio.gather(*(self._send(http, talk, str(uuid.uuid4()), each) for each in both))
                talk.batches.append(both)
            else:
                await self._send(http, talk, str(uuid.uuid4()), text)
                talk.batches.append((text,))
        return talk

    async def _send(self, http: httpx2.AsyncClient, talk: Talk, id: str, text: str) -> dict[str, Any]:
        talk.texts[id] = text
        answer = await self._ask(http, talk, "POST", "/messages", {"id": id, "text": text})
        assert talk.answers.setdefault(id, answer) == answer
        return answer

    async def _ask(self, http: httpx2.AsyncClient, talk: Talk, method: str, path: str, body: Any) -> dict[str, Any]:
        """Until it is answered, by whichever process."""
        for _ in range(int(SECONDS_TO_GIVE_UP / 0.1)):
            talk.sends += 1
            url, headers = self._chance.choice(self._urls), {"Cookie": talk.cookie} if talk.cookie else {}
            try:
                answer = await http.request(method, f"{url}/api/chat{path}", json=body, headers=headers)
            except httpx2.TransportError:
                answer = None
            http.cookies.clear()
            if answer is not None and answer.status_code < 300:
                if "set-cookie" in answer.headers:
                    talk.cookie = answer.headers["set-cookie"].partition(";")[0]
                found: dict[str, Any] = answer.json()
                return found
            assert answer is None or answer.status_code in AGAIN, answer.text
            await asyncio.sleep(0.1)
        raise AssertionError(f"no answer to {method} {path} for {SECONDS_TO_GIVE_UP} seconds")


def said(view: dict[str, Any]) -> list[str]:
    return [message["text"] for message in view["messages"] if message["from"] != "bot"]


def in_order(found: Sequence[str], batches: Sequence[Batch]) -> bool:
    """Whether every text is there once, batch by batch, those of a batch in any order."""
    place = 0
    for batch in batches:
        if sorted(found[place : place + len(batch)]) != sorted(batch):
            return False
        place += len(batch)
    return place == len(found)
