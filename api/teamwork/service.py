"""Working together as an application service beside CarePlan: each method one transaction, checked and on record.

What is refused is told by careplan.errors; access goes through api.access alone. A `key` has what adds something done
once: the same request again gets the same answer (api.once), another one under the same key is refused (KeyReused).
"""

from collections.abc import Collection
from datetime import date

from api import audit, goals, outbox, visits
from api.access import load_visit_for
from api.context import Books
from api.teamwork import earlier_team, following, members, notes, own, scaling, sharing, tasks, together
from api.teamwork.views import (
    EarlierTeamView,
    MemberView,
    NewShare,
    NoteView,
    OwnAnswerView,
    ScalingView,
    SharedView,
    ShareView,
    TaskView,
    TogetherView,
    VisitPage,
)
from api.transactions import write
from api.views import GoalView
from careplan.errors import Invalid
from careplan.people import Actor, Author
from careplan.scaling import Scaling
from careplan.sharing import Consent, ConsentBy, ConsentHow
from careplan.tasks import Task, TaskState


class Teamwork:
    """The door to the care team, tasks, scaling, following, shares and notes."""

    def __init__(self, books: Books) -> None:
        self._engine, self._context = books.engine, books.context

    # One visit

    def open_visit(self, actor: Actor, visit: str) -> VisitPage:
        """All that the page of a visit shows, in one transaction; it marks the visit as read."""
        with write(self._engine) as connection:
            row = load_visit_for(self._context, connection, actor, visit)
            opened = visits.open_(self._context, connection, row)
            followed = together.read(self._context, connection, actor, row, opened.goals)
            audit.record(self._context, connection, actor.id, "open_visit", visit, actor.practice)
            if followed.earlier or followed.earlier_team:  # something of other visits was read too
                audit.record(self._context, connection, actor.id, "read_teamwork", visit, actor.practice)
            return VisitPage(opened, followed, outbox.of_visit(self._context, connection, visit))

    def report_for(self, actor: Actor, visit: str) -> TogetherView:
        """Everything that follows the review of this visit, to be taken along."""
        with write(self._engine) as connection:
            row = load_visit_for(self._context, connection, actor, visit)
            audit.record(self._context, connection, actor.id, "report_visit", visit, actor.practice)
            shown = goals.shown(goals.newest(self._context, connection, visit))
            return together.read(self._context, connection, actor, row, shown)

    # The care team

    def team_for(self, actor: Actor, visit: str) -> tuple[MemberView, ...]:
        """Who is on the visit's team, and who was."""
        with write(self._engine) as connection:
            return members.show(self._context, connection, actor, visit)

    def add_member(
        self,
        actor: Actor,
        visit: str,
        role: str,
        *,
        name: str | None = None,
        user: str | None = None,
        organisation: str | None = None,
        key: str | None = None,
    ) -> MemberView:
        """Put a user of the practice, or somebody from outside, on the visit's team."""
        with write(self._engine) as connection:
            return members.add(
                self._context, connection, actor, visit, role, name=name, user=user, organisation=organisation, key=key
            )

    def remove_member(self, actor: Actor, member: str) -> str:
        """Somebody leaves the team; what they did stays. The answer is the visit's id."""
        with write(self._engine) as connection:
            return members.leave(self._context, connection, actor, member)

    def earlier_team_for(self, actor: Actor, visit: str) -> EarlierTeamView:
        """The last team of this patient's earlier visits, as far as it would join.

        Raises:
            NotFound: there is no such team, or nobody of it is left to join.
        """
        with write(self._engine) as connection:
            return earlier_team.show(self._context, connection, actor, visit)

    def take_over_team(self, actor: Actor, visit: str, earlier: str) -> tuple[MemberView, ...]:
        """Everybody of the team of the `earlier` visit joins this one, but nobody twice. The answer is who joined.

        Raises:
            Invalid: the last team of this patient is not that of the `earlier` visit.
        """
        with write(self._engine) as connection:
            return earlier_team.take_over(self._context, connection, actor, visit, earlier)

    # Tasks

    def tasks_for(self, actor: Actor, goal: str) -> tuple[TaskView, ...]:
        """The goal's tasks as they stand."""
        with write(self._engine) as connection:
            return tasks.show(self._context, connection, actor, goal)

    def add_task(
        self, actor: Actor, goal: str, member: str, what: str, added_value: str | None = None, *, key: str | None = None
    ) -> TaskView:
        """A task that is proposed for a goal."""
        with write(self._engine) as connection:
            return tasks.add(self._context, connection, actor, goal, Task(member, what, added_value), key)

    def change_task(
        self,
        actor: Actor,
        task: str,
        version: int,
        *,
        member: str,
        what: str,
        added_value: str | None,
        state: str,
        reason: str | None = None,
    ) -> TaskView:
        """The task as it shall stand, as its next version.

        Raises:
            Conflict: it no longer stands at that version; it carries both texts.
        """
        if state not in {known.value for known in TaskState}:
            raise Invalid("value", field="state")
        then = Task(member, what, added_value, TaskState(state), reason)
        with write(self._engine) as connection:
            return tasks.change(self._context, connection, actor, task, version, then)

    def task_versions_for(self, actor: Actor, task: str) -> tuple[TaskView, ...]:
        """Every version of a task, oldest first."""
        with write(self._engine) as connection:
            return tasks.versions_of(self._context, connection, actor, task)

    # Goal attainment scaling

    def scaling_for(self, actor: Actor, goal: str) -> ScalingView:
        """A goal's levels and scores; version 0 where nobody has written levels."""
        with write(self._engine) as connection:
            return scaling.show(self._context, connection, actor, goal)

    def write_scaling(
        self, actor: Actor, goal: str, version: int, levels: Collection[str], weight: int = 1
    ) -> ScalingView:
        """The five levels from -2 to 2 as their next version.

        Raises:
            Conflict: they no longer stand at that version; it carries both texts.
        """
        with write(self._engine) as connection:
            written = Scaling(tuple(levels), weight)
            return scaling.write(self._context, connection, actor, goal, version, written)

    def score(
        self,
        actor: Actor,
        goal: str,
        version: int,
        level: int,
        scored_by: str,
        note: str | None = None,
        *,
        key: str | None = None,
    ) -> ScalingView:
        """How far the goal is now, on the levels of a version, in the judgement of patient, caregiver or clinician."""
        with write(self._engine) as connection:
            return scaling.score(self._context, connection, actor, goal, version, level, scored_by, note, key)

    # Following

    def step(self, actor: Actor, goal: str, version: int, step: str, reason: str | None = None) -> GoalView:
        """Start, keep, attain or give up a goal, as its next version.

        Raises:
            Conflict: the goal no longer stands at that version; it carries both texts.
            TransitionRefused: the goal's status does not allow it.
        """
        with write(self._engine) as connection:
            return following.step(self._context, connection, actor, goal, version, step, reason)

    # Sharing

    def share(
        self,
        actor: Actor,
        visit: str,
        *,
        organisation: str,
        goals: Collection[str],
        consent_by: str,
        consent_how: str,
        consent_on: date,
        consent_name: str | None = None,
        days: int = 30,
        key: str | None = None,
    ) -> NewShare:
        """A link to some of the visit's goals; its token is told this once, and again only to the same request."""
        if consent_by not in {known.value for known in ConsentBy}:
            raise Invalid("value", field="consent.by")
        if consent_how not in {known.value for known in ConsentHow}:
            raise Invalid("value", field="consent.how")
        consent = Consent(ConsentBy(consent_by), ConsentHow(consent_how), consent_on, consent_name)
        with write(self._engine) as connection:
            return sharing.create(self._context, connection, actor, visit, organisation, goals, consent, days, key)

    def shares_for(self, actor: Actor, visit: str) -> tuple[ShareView, ...]:
        """Every share of a visit, the newest first."""
        with write(self._engine) as connection:
            return sharing.show(self._context, connection, actor, visit)

    def revoke_share(self, actor: Actor, share: str) -> str:
        """The link opens nothing any more. The answer is the visit's id."""
        with write(self._engine) as connection:
            return sharing.revoke(self._context, connection, actor, share)

    def open_share(self, token: str) -> SharedView:
        """What another organisation reads; nobody is signed in, and every opening is in the audit trail."""
        with write(self._engine) as connection:
            return sharing.open_link(self._context, connection, token)

    # Back to the person

    def write_note(
        self, actor: Actor, visit: str, role: str, text: str, lang: str | None = None, *, key: str | None = None
    ) -> NoteView:
        """A short note to one person of the visit."""
        with write(self._engine) as connection:
            return notes.write(self._context, connection, actor, visit, role, text, lang, key)

    def answer_for(self, author: Author) -> OwnAnswerView:
        """What came back to one person."""
        with write(self._engine) as connection:
            return own.answer(self._context, connection, author)

    def take_back(self, author: Author, goal: str) -> None:
        """One person withdraws one of their goals.

        Raises:
            TransitionRefused: it was accepted already.
        """
        with write(self._engine) as connection:
            own.take_back(self._context, connection, author, goal)
