"""Sends what waits in the outbox to another system, again and again until it arrives or is refused for good.

Any number of workers may run: each row is leased to one of them. Nothing of a body is ever logged or kept.
"""

import json
import logging
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import anyio
import httpx2
import sqlalchemy as sa
from anyio import to_thread

from api import outbox
from api.context import Books
from api.fhir.bundle import Transaction, transaction
from api.fhir.loading import load_dossiers
from api.outbox import Parcel, State
from api.transactions import read, write
from careplan.errors import Unavailable
from locales import negotiate

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


@dataclass(frozen=True)
class Outcome:
    """How one try went; `wait` where the receiver asked for it."""

    state: State
    problem: str | None = None
    answer: list[dict[str, Any]] | None = None
    wait: timedelta | None = None


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
        parcel = await to_thread.run_sync(self._lease)
        if parcel is None:
            return False
        outcome = await self._try(client, parcel)
        if outcome.problem:
            logger.warning("an export did not arrive: %s (attempt %d)", outcome.problem, parcel.attempt)
        await to_thread.run_sync(self._settle, parcel, outcome)
        return True

    async def _try(self, client: httpx2.AsyncClient, parcel: Parcel) -> Outcome:
        try:
            made = await to_thread.run_sync(self._make, parcel)
            if made is None:
                return Outcome(State.SENT, answer=[])
            with anyio.fail_after(self._pace.give_up):
                return await self._post(client, made)
        except (httpx2.TimeoutException, TimeoutError):
            return Outcome(State.WAITING, "timeout")
        except httpx2.HTTPError:
            return Outcome(State.WAITING, "unreachable")
        except OSError:
            return Outcome(State.WAITING, "token_file")
        except Unavailable:
            raise
        except Exception as error:  # one record that cannot be told must not stop the others
            logger.error("an export could not be made: %s", type(error).__name__)
            return Outcome(State.WAITING, "not_made")

    async def _post(self, client: httpx2.AsyncClient, made: Transaction) -> Outcome:
        headers = {"Content-Type": CONTENT_TYPE, "Accept": CONTENT_TYPE, "Prefer": "return=minimal"}
        if self._receiver.token_file:
            headers["Authorization"] = f"Bearer {self._receiver.token_file.read_text('utf-8').strip()}"
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

    def _lease(self) -> Parcel | None:
        context = self._books.context
        with read(self._books.engine) as connection:
            if not outbox.is_due(context, connection):
                return None
        with write(self._books.engine) as connection:
            return outbox.lease(context, connection, timedelta(seconds=2 * self._pace.give_up))

    def _make(self, parcel: Parcel) -> Transaction | None:
        """The Bundle, with a narrative in the language of who reviewed the goal last."""
        context = self._books.context
        with read(self._books.engine) as connection:
            dossiers = load_dossiers(context, connection, [parcel.visit])
            known = outbox.answers_of(context, connection, parcel.visit)
            records = [one for dossier in dossiers for one in (*dossier.goals, *dossier.gone) if one.id == parcel.goal]
            if not records:
                return None
            authors = [state.author for state in records[0].states if state.author in dossiers[0].users]
            users = context.tables.users
            language = connection.scalar(sa.select(users.c.language).where(users.c.id == (authors or [""])[-1]))
        return transaction(dossiers[0], records[0], parcel.version, negotiate(language), known)

    def _settle(self, parcel: Parcel, outcome: Outcome) -> None:
        with write(self._books.engine) as connection:
            outbox.settle(
                self._books.context,
                connection,
                parcel,
                outcome.state,
                problem=outcome.problem,
                answer=outcome.answer,
                wait=outcome.wait or self._pace.wait(parcel.attempt),
            )


def _refused(status: int, headers: Mapping[str, str]) -> Outcome:
    state = State.WAITING if status >= 500 or status in PASSING else State.REFUSED
    return Outcome(state, f"http_{status}", wait=_asked_to_wait(headers.get("retry-after")))


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
        return _refused(worst, {})
    answer = [
        {"of": of, "location": _place(entry["response"].get("location")), "etag": _etag(entry)}
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
