"""What is done with the records as a whole: noting a copy, and ending what was kept long enough."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from api import audit, outbox, recalls
from api.context import Books
from api.transactions import read, write
from api.users import SYSTEM

PURGED = "purge"


class Housekeeping:
    """Works for the practice as a whole; no person's words pass through it."""

    def __init__(self, books: Books) -> None:
        self._engine = books.engine
        self._context = books.context

    def note(self, action: str) -> None:
        """Write in the audit trail that the command line did something with all of the records."""
        practices = self._context.tables.practices
        with write(self._engine) as connection:
            practice = connection.scalar(sa.select(practices.c.id).limit(1))
            audit.record(self._context, connection, SYSTEM, action, None, practice)

    def last_noted(self, action: str) -> datetime | None:
        """When the command line did it last."""
        table = self._context.tables.audit
        query = sa.select(sa.func.max(table.c.seq)).where(table.c.action == action, table.c.actor == SYSTEM)
        with read(self._engine) as connection:
            found: datetime | None = connection.scalar(sa.select(table.c.at).where(table.c.seq.in_(query)))
            return found

    def retention_days(self, default: int) -> Mapping[str, int]:
        """How many days each practice keeps a visit; those that keep them for ever are left out.

        default: of practices that did not say it themselves; 0 is for ever.
        """
        practices = self._context.tables.practices
        with read(self._engine) as connection:
            rows = connection.execute(sa.select(practices.c.id, practices.c.retention_days)).all()
        days = {row.id: default if row.retention_days is None else row.retention_days for row in rows}
        return {practice: kept for practice, kept in days.items() if kept > 0}

    def expired(self, days: Mapping[str, int]) -> Sequence[str]:
        """The ids of visits that are kept longer than their practice's `days`, oldest first."""
        visits, now = self._context.tables.visits, self._context.now()
        ended = [
            sa.and_(visits.c.practice == practice, visits.c.at < now - timedelta(days=kept))
            for practice, kept in days.items()
        ]
        query = sa.select(visits.c.id).where(sa.or_(sa.false(), *ended))
        with read(self._engine) as connection:
            return connection.scalars(query.order_by(visits.c.at, visits.c.id)).all()

    def refused(self) -> tuple[int, int]:
        """How many visits have a goal that the FHIR receiver refused, and how often it refused to erase."""
        with read(self._engine) as connection:
            return outbox.refused_visits(self._context, connection), recalls.refused(self._context, connection)

    def purge(self, visits: Sequence[str], author: str = SYSTEM) -> int:
        """Erase visits with everything that belongs to them, and patients who then have none left; how many it were.

        That a visit was erased, when and by whom, stays in the audit trail. What had left of it for another system,
        that one is asked to take back.
        """
        context, table, patients = self._context, self._context.tables.visits, self._context.tables.patients
        with write(self._engine) as connection:
            columns = (table.c.id, table.c.practice, table.c.patient)
            found = connection.execute(sa.select(*columns).where(table.c.id.in_(visits))).all()
            for row in found:
                recalls.put(context, connection, row.id)
            connection.execute(table.delete().where(table.c.id.in_(visits)))
            seen = patients.c.id.in_([row.patient for row in found if row.patient])
            has_visits = sa.exists().where(table.c.patient == patients.c.id)
            connection.execute(patients.delete().where(seen, ~has_visits))
            for row in found:
                audit.record(context, connection, author, PURGED, row.id, row.practice)
            return len(found)

    def forget_older(self, than_days: int) -> None:
        """What was about visits that are gone: the keys of requests that nobody can send again, and
        what another system was asked to take back, once it was told.
        """
        keys = self._context.tables.idempotency_keys
        before = self._context.now() - timedelta(days=than_days)
        with write(self._engine) as connection:
            connection.execute(keys.delete().where(keys.c.created_at < before))
            recalls.forget_told(self._context, connection, before)
