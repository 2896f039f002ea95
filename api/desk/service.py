"""The desk as one application service, beside the care plan and on the same books. Every method is one transaction."""

from collections.abc import Collection, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from api import audit, practices, users
from api.access import ARRANGES_VISITS, require
from api.context import Books
from api.desk import agenda, reading_log, short_codes, staff, tablets
from api.desk.agenda import MadeVisit, VisitAtDesk
from api.desk.reading_log import LogLine
from api.desk.staff import ARRANGES_USERS, User
from api.desk.tablets import Tablet
from api.practices import zone_of
from api.transactions import read, write
from api.views import Invitation, NewInvitation
from careplan.errors import Invalid
from careplan.people import Actor, Duty
from careplan.reading import check_text
from careplan.visit_list import PlannedVisit

LONGEST_ZONE = 100
LEAST_DAYS, MOST_DAYS = 30, 3650


class Desk:
    """What administrators and clinicians do around visits. Nothing here shows what people said."""

    def __init__(self, books: Books) -> None:
        self._engine = books.engine
        self._context = books.context

    # Visits and invitations

    def timezone(self, actor: Actor) -> ZoneInfo:
        """Where the practice is: lists of visits are in its time."""
        require(actor, ARRANGES_VISITS)
        with read(self._engine) as connection:
            return zone_of(self._context, connection, actor.practice)

    def today(self, actor: Actor) -> date:
        """The day that it is there."""
        return practices.today(self._context, self.timezone(actor))

    def practice_name(self, actor: Actor) -> str:
        """As it stands on an invitation."""
        table = self._context.tables.practices
        with read(self._engine) as connection:
            return str(connection.scalar(sa.select(table.c.name).where(table.c.id == actor.practice)) or "")

    def make_visits(
        self, actor: Actor, planned: Sequence[PlannedVisit], *, key: str | None = None
    ) -> tuple[MadeVisit, ...]:
        """All of them or none. Sent again under its `key` (api.once): the same visits, with new invitations.

        Raises:
            ListRefused: a patient has a visit at that moment already.
            KeyReused: other visits were made under this key.
        """
        with write(self._engine) as connection:
            return agenda.make_visits(self._context, connection, actor, planned, key)

    def visit_for(self, actor: Actor, visit: str) -> VisitAtDesk:
        """One visit: when, who, how far, which invitations stand."""
        with read(self._engine) as connection:
            return agenda.show(self._context, connection, actor, visit)

    def day_for(self, actor: Actor, day: date | None) -> tuple[date, tuple[VisitAtDesk, ...]]:
        """The day (default: today, where the practice is) and its visits."""
        with read(self._engine) as connection:
            return agenda.of_day(self._context, connection, actor, day)

    def revoke_invitation(self, actor: Actor, invitation: str) -> str:
        """Its link and codes open nothing any more; the answer is the visit's id."""
        with write(self._engine) as connection:
            return agenda.revoke(self._context, connection, actor, invitation)

    def short_code(self, invitation: NewInvitation) -> str:
        """What opens it on a tablet of the practice, on the day of the visit."""
        return short_codes.short_code(self._context, invitation.id)

    # Tablets

    def enrol_tablet(self, actor: Actor, name: str) -> str:
        """The token for the device, told this once."""
        with write(self._engine) as connection:
            return tablets.enrol(self._context, connection, actor, name)

    def tablets_for(self, actor: Actor) -> tuple[Tablet, ...]:
        with read(self._engine) as connection:
            return tablets.of_practice(self._context, connection, actor)

    def revoke_tablet(self, actor: Actor, tablet: str) -> None:
        with write(self._engine) as connection:
            tablets.revoke(self._context, connection, actor, tablet)

    def tablet_of(self, token: str | None) -> Tablet | None:
        """The tablet that holds this token."""
        with read(self._engine) as connection:
            tablet = tablets.find(self._context, connection, token)
        if tablet and (tablet.seen is None or self._context.now() - tablet.seen >= tablets.SEEN_EVERY):
            with write(self._engine) as connection:
                tablets.mark_seen(self._context, connection, tablet)
        return tablet

    def invitation_on(self, tablet: Tablet, code: str) -> Invitation | None:
        """The invitation of today that a short code opens on this tablet."""
        with read(self._engine) as connection:
            return short_codes.find(self._context, connection, tablet.practice, code)

    # Users

    def users_for(self, actor: Actor) -> tuple[User, ...]:
        with read(self._engine) as connection:
            return staff.of_practice(self._context, connection, actor)

    def add_user(
        self, actor: Actor, *, login: str, name: str, password: str, duties: Collection[Duty], language: str
    ) -> str:
        """A user's id. Raises Invalid with the field that is wrong."""
        require(actor, ARRANGES_USERS)
        users.check_user(login, password, name, duties)
        password_hash = self._context.passwords.hash(password)
        with write(self._engine) as connection:
            return users.create_user(
                self._context,
                connection,
                practice=actor.practice or "",
                login=login.strip(),
                password_hash=password_hash,
                name=name,
                duties=duties,
                language=language,
                totp_secret=None,
                author=actor.id,
            )

    def change_duties(self, actor: Actor, user: str, duties: Collection[Duty]) -> None:
        with write(self._engine) as connection:
            staff.change_duties(self._context, connection, actor, user, duties)

    def set_password(self, actor: Actor, user: str, password: str) -> None:
        """Raises Invalid when it is too short."""
        require(actor, ARRANGES_USERS)
        users.check_password(password)
        password_hash = self._context.passwords.hash(password)
        with write(self._engine) as connection:
            staff.set_password(self._context, connection, actor, user, password_hash)

    def close_user(self, actor: Actor, user: str) -> None:
        with write(self._engine) as connection:
            staff.close(self._context, connection, actor, user)

    def reopen_user(self, actor: Actor, user: str) -> None:
        with write(self._engine) as connection:
            staff.reopen(self._context, connection, actor, user)

    def set_second_factor(self, actor: Actor, secret: str, code: str) -> None:
        """The actor's own. Raises Invalid when the code is not of this secret."""
        with write(self._engine) as connection:
            staff.set_second_factor(self._context, connection, actor, secret, code)

    # The practice

    def practice_settings(self, actor: Actor) -> tuple[str | None, int | None]:
        """The primary care zone, and after how many days visits are erased (None: as the installation says)."""
        require(actor, ARRANGES_USERS)
        table = self._context.tables.practices
        with read(self._engine) as connection:
            row = connection.execute(
                sa.select(table.c.zone, table.c.retention_days).where(table.c.id == actor.practice)
            ).one()
            return row.zone, row.retention_days

    def set_practice(self, actor: Actor, zone: str, days: int | None) -> None:
        """Raises Invalid when the zone's name is too long or the days are out of range."""
        require(actor, ARRANGES_USERS)
        if zone:
            check_text(zone, "zone", LONGEST_ZONE)
        if days is not None and not LEAST_DAYS <= days <= MOST_DAYS:
            raise Invalid("days", field="days")
        table = self._context.tables.practices
        with write(self._engine) as connection:
            connection.execute(
                table.update()
                .where(table.c.id == actor.practice)
                .values(zone=zone.strip() or None, retention_days=days)
            )
            audit.record(self._context, connection, actor.id, "set_practice", actor.practice, actor.practice)

    # Who read what

    def log_for(self, actor: Actor, *, visit: str | None = None, before: int | None = None) -> tuple[LogLine, ...]:
        with write(self._engine) as connection:
            return reading_log.lines(self._context, connection, actor, visit=visit, before=before)
