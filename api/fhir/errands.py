"""What the sender runs for one row: making its Bundles, noting what leaves, keeping how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api import outbox, recalls
from api.context import Books, Context
from api.fhir.bundle import Referring, Transaction, transaction
from api.fhir.dossier import Dossier, GoalRecord
from api.fhir.loading import load_dossiers
from api.fhir.recalling import recall, standing_of, withdrawal
from api.leases import State
from api.outbox import Parcel
from api.recalls import Recall
from api.transactions import read, write
from locales import negotiate


@dataclass(frozen=True)
class Outcome:
    """How one try went; `wait` where the receiver asked for it; `left`: whether something may have arrived."""

    state: State
    problem: str | None = None
    answer: Sequence[dict[str, Any]] = ()
    wait: timedelta | None = None
    left: bool = True


class Errand(Protocol):
    """One row that this worker alone may send for a while."""

    @property
    def attempt(self) -> int: ...

    def make(self) -> Sequence[Transaction]:
        """The Bundles, to be sent one after the other; none when there is nothing to tell any more."""

    def may_leave(self, made: Sequence[Transaction]) -> bool:
        """Note what is about to leave; it may not when it was erased since it was made."""

    def settle(self, outcome: Outcome, wait: timedelta) -> None:
        """Keep how it went; `wait`: before the next try, unless the receiver asked for another time."""


def next_errand(books: Books, held_for: timedelta) -> Errand | None:
    """What is due now, if anything: first what is to be taken back."""
    context = books.context
    with read(books.engine) as connection:
        taking_back = recalls.is_due(context, connection)
        if not taking_back and not outbox.is_due(context, connection):
            return None
    with write(books.engine) as connection:
        asked = recalls.lease(context, connection, held_for) if taking_back else None
        if asked:
            return _RecallErrand(books, asked)
        parcel = outbox.lease(context, connection, held_for)
        return _GoalErrand(books, parcel) if parcel else None


class _GoalErrand:
    """A version of a goal."""

    def __init__(self, books: Books, parcel: Parcel) -> None:
        self._books = books
        self._parcel = parcel

    @property
    def attempt(self) -> int:
        return self._parcel.attempt

    def make(self) -> Sequence[Transaction]:
        """With a narrative in the language of who reviewed the goal last."""
        context, parcel = self._books.context, self._parcel
        with read(self._books.engine) as connection:
            dossiers = load_dossiers(context, connection, [parcel.visit])
            places = outbox.places_of(context, connection, parcel.visit)
            records = [one for dossier in dossiers for one in (*dossier.goals, *dossier.gone) if one.id == parcel.goal]
            if not records:
                return ()
            dossier, record = dossiers[0], records[0]
            lang = _language(context, connection, dossier, record)
            if record.gone:
                rows = outbox.rows_of(context, connection, parcel.visit)
                departed = recalls.departed(context, connection, parcel.visit, rows, {parcel.goal}, record.role)
                return withdrawal(dossier, record, departed, lang, places)
            recalled = recalls.named_of(context, connection, parcel.visit)
        made = transaction(dossier, record, parcel.version, lang, places, recalled)
        return (made,) if made else ()

    def may_leave(self, made: Sequence[Transaction]) -> bool:
        named = [key for one in made for key in one.records]
        with write(self._books.engine) as connection:
            return outbox.depart(self._books.context, connection, self._parcel, named)

    def settle(self, outcome: Outcome, wait: timedelta) -> None:
        with write(self._books.engine) as connection:
            outbox.settle(
                self._books.context,
                connection,
                self._parcel,
                outcome.state,
                problem=outcome.problem,
                answer=list(outcome.answer),
                wait=outcome.wait or wait,
                left=outcome.left,
            )


class _RecallErrand:
    """What was erased."""

    def __init__(self, books: Books, recall: Recall) -> None:
        self._books = books
        self._recall = recall

    @property
    def attempt(self) -> int:
        return self._recall.attempt

    def make(self) -> Sequence[Transaction]:
        context, asked = self._books.context, self._recall
        with read(self._books.engine) as connection:
            dossiers = load_dossiers(context, connection, [asked.visit])
            dossier = dossiers[0] if dossiers else None
            places = outbox.places_of(context, connection, asked.visit)
            goals = [*dossier.goals, *dossier.gone] if dossier else []
            lang = _language(context, connection, dossier, *goals) if dossier else ""
        standing = standing_of(dossier, lang) if dossier else {}
        referring = Referring(dossier, {}, places)
        return recall(asked.practice, asked.patient, asked.records, asked.since, standing, referring)

    def may_leave(self, made: Sequence[Transaction]) -> bool:
        return True

    def settle(self, outcome: Outcome, wait: timedelta) -> None:
        with write(self._books.engine) as connection:
            recalls.settle(
                self._books.context,
                connection,
                self._recall,
                outcome.state,
                problem=outcome.problem,
                standing=[one["of"] for one in outcome.answer if not one.get("gone")],
                wait=outcome.wait or wait,
            )


def _language(context: Context, connection: Connection, dossier: Dossier, *records: GoalRecord) -> str:
    """Of who of the practice last did something about these goals."""
    states = sorted((state for record in records for state in record.states), key=lambda state: state.at)
    authors = [state.author for state in states if state.author in dossier.users]
    users = context.tables.users
    return negotiate(connection.scalar(sa.select(users.c.language).where(users.c.id == (authors or [""])[-1])))
