"""How long a practice keeps what was said, and the end of it: the same for the command line and for administrators."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

import sqlalchemy as sa

from api import audit, recalls
from api.access import require
from api.context import Books
from api.housekeeping import Housekeeping
from api.practices import zone_of
from api.recalls import RecallLine
from api.transactions import read, write
from api.users import SYSTEM
from careplan.people import Actor, Duty

ENDS_RECORDS = (Duty.ADMINISTRATOR,)
AT_ONCE = 100
"""The visits of one transaction: those who talk meanwhile hardly wait."""
MOST_LINES = 50


class Conversations(Protocol):
    """Where the words of conversations are kept, beside the care plan."""

    def count_of_visits(self, visits: Collection[str]) -> int:
        """How many conversations these visits have."""

    def delete_of_visits(self, visits: Collection[str]) -> int:
        """Forget them; how many there were."""


@dataclass(frozen=True)
class Ended:
    """How many visits with how many conversations are to be erased, or were."""

    visits: int
    conversations: int


@dataclass(frozen=True)
class Keeping:
    """How long a practice keeps its visits. `days`: None for ever; `own`: the practice said so itself.

    next_day: when visits are due that are not yet, `next_visits` of them; None when there are none.
    """

    days: int | None
    own: bool
    due: Ended
    next_day: date | None
    next_visits: int


class Retention:
    """What ends because it was kept long enough. No person's words pass through it."""

    def __init__(self, books: Books, conversations: Conversations, default_days: int) -> None:
        """default_days: how long practices keep visits that did not say it themselves; 0 is for ever."""
        self._engine = books.engine
        self._context = books.context
        self._house = Housekeeping(books)
        self._conversations = conversations
        self._default_days = default_days

    # The installation

    def terms(self) -> Mapping[str, int]:
        """Days by practice; those that keep visits for ever are left out."""
        return self._house.retention_days(self._default_days)

    def due(self, terms: Mapping[str, int]) -> Ended:
        """What `end` would erase now."""
        found = self._house.expired(terms)
        return Ended(len(found), sum(self._conversations.count_of_visits(some) for some in _parts(found)))

    def end(self, terms: Mapping[str, int], author: str = SYSTEM) -> Ended:
        """Erase the visits that are older than their practice's term, with all that belongs to them."""
        return self._erase(self._house.expired(terms), author)

    # One practice, by its administrators

    def keeping_for(self, actor: Actor) -> Keeping:
        """How long the actor's practice keeps its visits, what is due now and what is due next."""
        require(actor, ENDS_RECORDS)
        terms = self._terms_of(actor)
        practices = self._context.tables.practices
        with read(self._engine) as connection:
            own = connection.scalar(sa.select(practices.c.retention_days).where(practices.c.id == actor.practice))
        days = next(iter(terms.values()), None)
        day, visits = self._next(actor, days) if days else (None, 0)
        return Keeping(days, own is not None, self.due(terms), day, visits)

    def end_for(self, actor: Actor, visits: int) -> Ended | None:
        """Erase what is due in the actor's practice, in their name; `visits`: how many they agreed to.

        None when it is another number by now: then nothing is erased.
        """
        require(actor, ENDS_RECORDS)
        found = self._house.expired(self._terms_of(actor))
        return self._erase(found, actor.id) if len(found) == visits else None

    def recalls_for(self, actor: Actor) -> Sequence[RecallLine]:
        """How far another system has been told of what was erased; the newest, those that were not told first."""
        require(actor, ENDS_RECORDS)
        with read(self._engine) as connection:
            return recalls.of_practice(self._context, connection, actor.practice, MOST_LINES)

    def recall_again(self, actor: Actor) -> None:
        """Tell the other system once more what it refused."""
        require(actor, ENDS_RECORDS)
        with write(self._engine) as connection:
            if recalls.again(self._context, connection, actor.practice):
                audit.record(self._context, connection, actor.id, "recall_again", actor.practice, actor.practice)

    def _erase(self, found: Sequence[str], author: str) -> Ended:
        """Conversations go first: were it stopped between the two, the next time finds the visit again."""
        visits = conversations = 0
        for some in _parts(found):
            conversations += self._conversations.delete_of_visits(some)
            visits += self._house.purge(some, author)
        longest = max(self.terms().values(), default=0)
        if longest:
            self._house.forget_older(longest)
        return Ended(visits, conversations)

    def _terms_of(self, actor: Actor) -> Mapping[str, int]:
        return {practice: days for practice, days in self.terms().items() if practice == actor.practice}

    def _next(self, actor: Actor, days: int) -> tuple[date | None, int]:
        """The day, where the practice is, on which more visits are due, and how many."""
        visits, kept = self._context.tables.visits, timedelta(days=days)
        waiting = sa.and_(visits.c.practice == actor.practice, visits.c.at >= self._context.now() - kept)
        with read(self._engine) as connection:
            zone = zone_of(self._context, connection, actor.practice)
            first = connection.scalar(sa.select(visits.c.at).where(waiting).order_by(visits.c.at).limit(1))
            if first is None:
                return None, 0
            day = (first + kept).astimezone(zone).date()
            midnight = datetime.combine(day + timedelta(days=1), time(), zone)
            number = sa.select(sa.func.count()).where(waiting, visits.c.at < midnight - kept)
            return day, connection.scalar(number) or 0


def _parts(visits: Sequence[str]) -> list[Sequence[str]]:
    """So many at a time that a database takes them as parameters."""
    return [visits[start : start + AT_ONCE] for start in range(0, len(visits), AT_ONCE)]
