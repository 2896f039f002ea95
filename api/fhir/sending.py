"""Sends what waits in the outbox to another system, again and again until it arrives or is refused for good.

Any number of workers may run: each row is leased to one of them. Nothing of a body is ever logged or kept.
"""

import json
import logging
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import anyio
import httpx2
from anyio import to_thread

from api.context import Books
from api.fhir.bundle import Transaction
from api.fhir.errands import Errand, Outcome, next_errand
from api.leases import State
from careplan.errors import Unavailable

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/fhir+json"
LONGEST_ANSWER = 1024 * 1024
PASSING = frozenset({401, 407, 408, 409, 412, 421, 423, 425, 429})
"""Refusals that may end: a token that ran out, somebody else writing, too much at once."""
_PLACE = re.compile(r"([A-Z][A-Za-z]{1,40}/[A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?/?")


@dataclass(frozen=True)
class Receiver:
    """Base URL of a FHIR server; the file holds a bearer token and is read at every try, so that it can be renewed."""

    url: str
    token_file: Path | None = None


@dataclass(frozen=True)
class Pace:
    """In seconds: how often to look, how long to wait after a first failure and at most, when to give up a try."""

    look: float = 1
    first_wait: float = 2
    longest_wait: float = 3600
    give_up: float = 30

    def wait(self, attempt: int) -> timedelta:
        """Twice as long after every failure, and never all at the same moment."""
        longest = min(self.longest_wait, self.first_wait * 2 ** min(attempt - 1, 30))
        return timedelta(seconds=longest * random.uniform(0.5, 1))  # noqa: S311 - spreads load, keeps no secret


class Exporter:
    """The loop that a server runs beside its pages."""

    def __init__(self, books: Books, receiver: Receiver, pace: Pace | None = None) -> None:
        self._books = books
        self._receiver = receiver
        self._pace = pace or Pace()

    async def run(self) -> None:
        """Until it is cancelled. The outbox outlives every failure, so nothing here may end the loop."""
        async with httpx2.AsyncClient(timeout=self._pace.give_up, follow_redirects=False) as client:
            while True:
                try:
                    while await self.send_one(client):
                        pass
                except Unavailable:
                    logger.warning("the outbox cannot be read or written just now")
                await anyio.sleep(self._pace.look)

    async def send_one(self, client: httpx2.AsyncClient) -> bool:
        """Try one row, if one is due; whether there was one."""
        held_for = timedelta(seconds=2 * self._pace.give_up)
        errand = await to_thread.run_sync(next_errand, self._books, held_for)
        if errand is None:
            return False
        outcome = await self._try(client, errand)
        if outcome.problem:
            logger.warning("an export did not arrive: %s (attempt %d)", outcome.problem, errand.attempt)
        await to_thread.run_sync(errand.settle, outcome, self._pace.wait(errand.attempt))
        return True

    async def _try(self, client: httpx2.AsyncClient, errand: Errand) -> Outcome:
        try:
            made = await to_thread.run_sync(errand.make)
            if not made:
                return Outcome(State.SENT, left=False)
            headers = self._headers()
            if not await to_thread.run_sync(errand.may_leave, made):
                return Outcome(State.WAITING, wait=timedelta(), left=False)
            with anyio.fail_after(self._pace.give_up):
                return await self._post_all(client, made, headers)
        except (httpx2.ConnectError, httpx2.ConnectTimeout):
            return Outcome(State.WAITING, "unreachable", left=False)
        except (httpx2.TimeoutException, TimeoutError):
            return Outcome(State.WAITING, "timeout")
        except httpx2.HTTPError:
            return Outcome(State.WAITING, "unreachable")
        except OSError:
            return Outcome(State.WAITING, "token_file", left=False)
        except Unavailable:
            raise
        except Exception as error:  # one record that cannot be told must not stop the others
            logger.error("an export could not be made: %s", type(error).__name__)
            return Outcome(State.WAITING, "not_made")

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": CONTENT_TYPE, "Accept": CONTENT_TYPE, "Prefer": "return=minimal"}
        if self._receiver.token_file:
            headers["Authorization"] = f"Bearer {self._receiver.token_file.read_text('utf-8').strip()}"
        return headers

    async def _post_all(
        self, client: httpx2.AsyncClient, made: Sequence[Transaction], headers: Mapping[str, str]
    ) -> Outcome:
        """All of them, or none is taken for arrived: what is sent twice changes nothing."""
        answer: list[dict[str, Any]] = []
        for number, one in enumerate(made):
            outcome = await self._post(client, one, headers)
            if outcome.state is not State.SENT:
                return replace(outcome, left=outcome.left or number > 0)
            answer += outcome.answer
        return Outcome(State.SENT, answer=answer)

    async def _post(self, client: httpx2.AsyncClient, made: Transaction, headers: Mapping[str, str]) -> Outcome:
        body = json.dumps(made.bundle, ensure_ascii=False).encode()
        async with client.stream("POST", self._receiver.url, content=body, headers=headers) as response:
            if response.status_code >= 300:
                return _refused(response.status_code, response.headers)
            received = bytearray()
            async for part in response.aiter_bytes():
                received += part
                if len(received) > LONGEST_ANSWER:
                    return Outcome(State.WAITING, "answer_too_long")
        return _arrived(bytes(received), made)


def _refused(status: int, headers: Mapping[str, str]) -> Outcome:
    """A receiver that says no took nothing of the transaction; of one that broke, or was too slow, nobody knows."""
    state = State.WAITING if status >= 500 or status in PASSING else State.REFUSED
    left = status >= 500 or status == 408
    return Outcome(state, f"http_{status}", wait=_asked_to_wait(headers.get("retry-after")), left=left)


def _asked_to_wait(told: str | None) -> timedelta | None:
    """`Retry-After`, in seconds or as a date (RFC 9110 section 10.2.3); at most an hour is believed."""
    if not told:
        return None
    try:
        seconds = float(told) if told.isdigit() else (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return None
    return timedelta(seconds=min(max(seconds, 0), 3600))


def _arrived(received: bytes, made: Transaction) -> Outcome:
    """Whether the receiver says of every entry where it stands."""
    try:
        entries = json.loads(received)["entry"]
        responses = [entry["response"] for entry in entries]
        statuses = [int(str(response["status"])[:3]) for response in responses]
    except (KeyError, TypeError, ValueError):
        return Outcome(State.WAITING, "not_fhir")
    if len(responses) != len(made.records):
        return Outcome(State.WAITING, "not_fhir")
    worst = max(statuses)
    if worst >= 300:
        return replace(_refused(worst, {}), left=True)
    answer = [
        {"of": of, "location": _place(entry["response"].get("location")), "etag": _etag(entry)}
        | ({"gone": True} if of in made.gone else {})
        for of, entry in zip(made.records, entries, strict=True)
    ]
    return Outcome(State.SENT, answer=answer)


def _place(location: object) -> str | None:
    """`Type/id` out of any form of it."""
    found = list(_PLACE.finditer(str(location or "")))
    return found[-1][1] if found else None


def _etag(entry: Mapping[str, Any]) -> str | None:
    """As it was told, or of the version that the resource in the answer names."""
    told = entry["response"].get("etag")
    version = (entry.get("resource") or {}).get("meta", {}).get("versionId")
    etag = told or (f'W/"{version}"' if version else None)
    return str(etag)[:200] if etag else None
