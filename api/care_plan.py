"""The care plan as one application service: what the routes, the clinician's pages and the command line call.

Every method is one transaction (signing in: two, with the slow password check between them) and every one that reads
or changes a person's record checks the actor and writes the audit trail in that same transaction. Methods are
synchronous; async code calls them through `anyio.to_thread.run_sync`. What they refuse is told by careplan.errors.
"""

import base64
import binascii
from collections.abc import Callable, Collection, Sequence
from copy import copy
from datetime import date, datetime
from typing import Any, Self

import sqlalchemy as sa
from pwdlib import PasswordHash
from sqlalchemy.engine import Connection, Engine

from api import audit, contributions, goals, invitations, outbox, reviews, sign_in, users, visits
from api.access import ARRANGES_VISITS, READS_AUDIT, WRITES_WORDS, load_goal_for, load_visit_for, require
from api.context import Books, Context, utc_now
from api.db.tables import build_tables
from api.once import made_once, once
from api.transactions import read, write
from api.views import (
    AnswerView,
    AuditEntry,
    ExportView,
    FlagView,
    GoalVersionView,
    GoalView,
    Invitation,
    NewInvitation,
    VisitSummary,
    VisitView,
)
from careplan.errors import Invalid, NotSignedIn
from careplan.meaning import ReadsMeaning
from careplan.people import Actor, Duty, VisitState
from records.keys import Keys


class CarePlan:
    """The only door to the care plan's tables."""

    def __init__(
        self,
        engine: Engine,
        keys: Keys,
        *,
        passwords: PasswordHash | None = None,
        now: Callable[[], datetime] = utc_now,
        exports: bool = False,
    ) -> None:
        self._engine = engine
        self._reads_meaning: ReadsMeaning | None = None  # without it, marks rest on areas of life alone
        self._context = Context(build_tables(keys), keys, passwords or PasswordHash.recommended(), now, exports)

    def reading(self, reads_meaning: ReadsMeaning) -> Self:
        """The same care plan, which reads what the goals that it is sent mean."""
        reading = copy(self)
        reading._reads_meaning = reads_meaning
        return reading

    @property
    def books(self) -> Books:
        """What the services beside this one work on."""
        return Books(self._engine, self._context)

    # Signing in

    def sign_in(self, login: str, password: str, code: str | None = None, *, address: str = "") -> str:
        """The token of a new session.

        Raises:
            NotSignedIn: wrong login (`wrong_login`, whatever was wrong) or `second_factor_needed`.
            TooManyAttempts: too many wrong ones from this address or for this login.
        """
        context, login = self._context, login.strip()
        with read(self._engine) as connection:
            sign_in.check_attempts(context, connection, login, address)
            user = sign_in.find_user(context, connection, login)
        try:
            if not sign_in.password_fits(context, user, password) or user is None:
                raise NotSignedIn("wrong_login")
            with write(self._engine) as connection:
                sign_in.use_second_factor(context, connection, user, code)
                return sign_in.open_session(context, connection, user)
        except NotSignedIn as error:
            if error.code == "wrong_login":
                with write(self._engine) as connection:
                    sign_in.add_failure(context, connection, login, address)
            raise

    def actor_for(self, token: str | None) -> Actor:
        """Who a session's token belongs to. Raises NotSignedIn when it has ended or never was."""
        if not token:
            raise NotSignedIn
        with read(self._engine) as connection:
            actor, mark = sign_in.find_session(self._context, connection, token)
        if mark:
            with write(self._engine) as connection:
                sign_in.mark_seen(self._context, connection, token)
        return actor

    def sign_out(self, token: str) -> None:
        """End a session on the server."""
        with write(self._engine) as connection:
            sign_in.close_session(self._context, connection, token)

    # Visits

    def visits_for(self, actor: Actor, day: date | None = None) -> tuple[VisitSummary, ...]:
        """The practice's visits of a day (default: today), by time; nothing of what people said."""
        with read(self._engine) as connection:
            return visits.of_day(self._context, connection, actor, day)

    def create_visit(
        self,
        actor: Actor,
        at: datetime,
        *,
        reference: str | None = None,
        name: str | None = None,
        key: str | None = None,
    ) -> VisitSummary:
        """A new visit in the actor's practice; `at` has a time zone. People join by `invite`.

        reference: the patient's number in the practice's own record; who has it already comes again. key: sent again
        under it, the visit that was made stands as the answer (api.once).
        """
        if at.tzinfo is None:
            raise Invalid("value", field="time")
        with write(self._engine) as connection:
            require(actor, ARRANGES_VISITS)

            def make() -> str:
                return visits.create(self._context, connection, actor, at, reference=reference, name=name)

            request = ["visit", at.isoformat(), reference, name]
            visit = made_once(self._context, connection, actor, key, request, make)
            return visits.summary(self._context, connection, actor, visit)

    def visit_for(self, actor: Actor, visit: str) -> VisitView:
        """One visit on one screen; the reading is in the audit trail."""
        with write(self._engine) as connection:
            view = visits.show(self._context, connection, actor, visit)
            audit.record(self._context, connection, actor.id, "read_visit", visit, actor.practice)
            return view

    def goals_for(self, actor: Actor, visit: str) -> tuple[GoalView, ...]:
        """The visit's goals that were sent and are shared, the patient's first."""
        with write(self._engine) as connection:
            load_visit_for(self._context, connection, actor, visit)
            found = goals.shown(goals.newest(self._context, connection, visit))
            audit.record(self._context, connection, actor.id, "read_goals", visit, actor.practice)
            return found

    def transcript_for(self, actor: Actor, visit: str) -> tuple[AnswerView, ...]:
        """All shared answers in order."""
        with write(self._engine) as connection:
            load_visit_for(self._context, connection, actor, visit)
            found = visits.transcript(self._context, connection, visit)
            audit.record(self._context, connection, actor.id, "read_transcript", visit, actor.practice)
            return found

    def flags_for(self, actor: Actor, visit: str) -> tuple[FlagView, ...]:
        """What the safety rules quoted in this visit's conversations."""
        with write(self._engine) as connection:
            load_visit_for(self._context, connection, actor, visit)
            found = visits.flags_of(self._context, connection, visit)
            audit.record(self._context, connection, actor.id, "read_flags", visit, actor.practice)
            return found

    def mark_visit(self, actor: Actor, visit: str, state: str) -> None:
        """Say that the visit was `read` or `discussed`, or is `new` again."""
        if state not in {known.value for known in VisitState}:
            raise Invalid("value", field="state")
        with write(self._engine) as connection:
            row = load_visit_for(self._context, connection, actor, visit)
            visits.mark(self._context, connection, row, VisitState(state))
            audit.record(self._context, connection, actor.id, f"mark_{state}", visit, actor.practice)

    # Goals

    def goal_for(self, actor: Actor, goal: str) -> GoalView:
        """One goal as it stands."""
        with write(self._engine) as connection:
            visit = load_goal_for(self._context, connection, actor, goal)["visit"]
            audit.record(self._context, connection, actor.id, "read_goal", goal, actor.practice)
            return self._shown_goal(connection, visit, goal)

    def goal_versions_for(self, actor: Actor, goal: str) -> tuple[GoalVersionView, ...]:
        """Every version of the goal that was ever shown, oldest first."""
        with write(self._engine) as connection:
            load_goal_for(self._context, connection, actor, goal)
            audit.record(self._context, connection, actor.id, "read_goal_versions", goal, actor.practice)
            return goals.shown_versions(self._context, connection, goal)

    def review_goal(
        self,
        actor: Actor,
        goal: str,
        version: int,
        decision: str,
        wording: str | None = None,
        reason: str | None = None,
    ) -> GoalView:
        """Decide `accept`, `change` (with a wording), `to_discuss` or `decline` (with a reason) about a version.

        Raises:
            Conflict: the goal no longer stands at that version; it carries both texts.
            TransitionRefused: the goal's status does not allow it.
        """
        with write(self._engine) as connection:
            visit = reviews.decide(self._context, connection, actor, goal, version, decision, wording, reason)
            return self._shown_goal(connection, visit, goal)

    # What leaves for another system

    def exports_for(self, actor: Actor, visit: str) -> tuple[ExportView, ...]:
        """How far the approved goals of a visit are on their way to another system; nothing of what people said."""
        with read(self._engine) as connection:
            load_visit_for(self._context, connection, actor, visit)
            return outbox.of_visit(self._context, connection, visit)

    def export_again(self, actor: Actor, visit: str) -> None:
        """Try once more what the other system refused."""
        with write(self._engine) as connection:
            load_visit_for(self._context, connection, actor, visit)
            outbox.again(self._context, connection, visit)
            audit.record(self._context, connection, actor.id, "export_again", visit, actor.practice)

    # What the action server writes

    def put_contribution(self, actor: Actor, visit: str, role: str, body: object, *, key: str) -> dict[str, Any]:
        """Replace what stood for one person; `body` is the contribution's JSON."""
        require(actor, WRITES_WORDS)
        meanings = contributions.read_meanings(body, self._reads_meaning)
        return self._once(
            actor,
            key,
            ["put", visit, role, contributions.without_minutes(body)],
            lambda connection: contributions.put(self._context, connection, actor, visit, role, body, meanings),
        )

    def add_flag(self, actor: Actor, visit: str, body: object, *, key: str) -> dict[str, Any]:
        """Tell the practice of a danger; `body` is the flag's JSON."""
        return self._once(
            actor,
            key,
            ["flag", visit, body],
            lambda connection: contributions.add_flag(self._context, connection, actor, visit, body),
        )

    def delete_contribution(self, actor: Actor, visit: str, role: str, *, key: str) -> dict[str, Any]:
        """Erase everything one person said, flags included."""
        return self._once(
            actor,
            key,
            ["delete", visit, role],
            lambda connection: contributions.delete(self._context, connection, actor, visit, role),
        )

    # Invitations

    def invite(self, actor: Actor, visit: str, role: str, language: str) -> NewInvitation:
        """A new link and typed code for one person; in clear this once."""
        with write(self._engine) as connection:
            return invitations.invite(self._context, connection, actor, visit, role, language)

    def resolve_invitation(self, *, token: str | None = None, code: str | None = None) -> Invitation | None:
        """The standing invitation of a link's token or a typed code."""
        with read(self._engine) as connection:
            return invitations.resolve(self._context, connection, token=token, code=code)

    # Administration

    def audit_for(self, actor: Actor, *, before: int | None = None, limit: int = 100) -> Sequence[AuditEntry]:
        """The practice's audit trail, newest first; for administrators, and read by them in it."""
        with write(self._engine) as connection:
            require(actor, READS_AUDIT)
            audit.record(self._context, connection, actor.id, "read_audit", None, actor.practice)
            return audit.entries(self._context, connection, actor, before, limit)

    def first_broken_audit_entry(self) -> int | None:
        """The first row of the audit trail that was changed, added, removed or cut off; None when it holds."""
        with read(self._engine) as connection:
            return audit.first_broken(self._context, connection)

    def only_practice(self) -> str | None:
        """The id of the practice this installation serves; None when there is none yet."""
        practices = self._context.tables.practices
        with read(self._engine) as connection:
            return connection.scalar(sa.select(practices.c.id).limit(1))

    def create_practice(self, name: str, *, timezone: str = "Europe/Brussels") -> str:
        """A practice's id."""
        with write(self._engine) as connection:
            return users.create_practice(self._context, connection, name, timezone)

    def create_user(
        self,
        practice: str,
        login: str,
        password: str,
        *,
        name: str,
        duties: Collection[Duty] = (Duty.CLINICIAN,),
        language: str = "nl",
        totp_secret: str | None = None,
    ) -> str:
        """A user's id; the password has at least 15 characters, `totp_secret` is base32."""
        users.check_user(login, password, name, duties)
        _check_secret(totp_secret)
        password_hash = self._context.passwords.hash(password)
        with write(self._engine) as connection:
            return users.create_user(
                self._context,
                connection,
                practice=practice,
                login=login.strip(),
                password_hash=password_hash,
                name=name,
                duties=duties,
                language=language,
                totp_secret=totp_secret,
            )

    def _once(
        self, actor: Actor, key: str, request: list[Any], work: Callable[[Connection], dict[str, Any]]
    ) -> dict[str, Any]:
        """Do the action server's work once per idempotency key: the same request again gets the same answer."""
        require(actor, WRITES_WORDS)
        with write(self._engine) as connection:
            return once(self._context, connection, actor, key, request, lambda: work(connection))

    def _shown_goal(self, connection: Connection, visit: str, goal: str) -> GoalView:
        shown = goals.shown(goals.newest(self._context, connection, visit))
        return next(view for view in shown if view.id == goal)


def _check_secret(totp_secret: str | None) -> None:
    try:
        base64.b32decode(totp_secret or "")
    except (binascii.Error, ValueError):
        raise Invalid("value", field="totp_secret") from None
