"""Turns what follows the review of a visit into the folded part of its page: team, goals, notes back, shares."""

import re
from dataclasses import dataclass
from datetime import datetime

import locales
from api.context import new_id
from api.teamwork.views import EarlierTeamView, FollowedGoalView, MemberView, NoteView, ShareView, TogetherView
from api.views import GoalView
from careplan.goals import Status
from careplan.team import Sector, roles_of
from locales.errors import UnknownLanguage
from web.clinician.following import Choice, Followed, Moments, present_followed
from web.clinician.labels import ROLE
from web.clinician.teamwork_labels import (
    CONSENT_BY,
    CONSENT_HOW,
    READY_NOTES,
    SCORER,
    SECTOR,
    SHARE_STATE,
    TEAM_ROLE,
)
from web.clinician.unfinished import Unfinished
from web.clinician.words import Words, words_of

PART = re.compile(r"[a-z]+(-[a-z0-9]{1,32})?")


@dataclass(frozen=True)
class Member:
    """Somebody on the team; their role as a message id."""

    id: str
    name: str
    role: str
    organisation: str | None


@dataclass(frozen=True)
class Group:
    """One of the three worlds of care, with its members or its roles."""

    label: str
    members: tuple[Member, ...]
    roles: tuple[Choice, ...]


@dataclass(frozen=True)
class EarlierTeam:
    """The team of an earlier visit that can be taken over: of which day, and who would join."""

    visit: str
    day: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class NoteLine:
    """A note that was sent."""

    text: str
    lang: str
    dir: str
    author: str
    when: str


@dataclass(frozen=True)
class NoteTo:
    """One person to whom a note can be written: notes so far, languages it may be in, who read their words."""

    role: str
    label: str
    notes: tuple[NoteLine, ...]
    languages: tuple[locales.Language, ...]
    ready: tuple[Choice, ...]
    read: str | None


@dataclass(frozen=True)
class Shareable:
    """A goal that can be shared, and whose it is."""

    id: str
    words: Words
    role: str
    person: str


@dataclass(frozen=True)
class ShareLine:
    """A share in words."""

    id: str
    organisation: str
    goals: int
    by: str
    how: str
    name: str | None
    consent_day: str
    state: str
    state_label: str
    expires: str
    openings: int
    last_opened: str | None
    author: str


@dataclass(frozen=True)
class Figure:
    """A T-score: whose judgement, the rounded figure, over how many goals."""

    scorer: str
    value: str
    goals: int


@dataclass(frozen=True)
class Together:
    """The folded part of a visit's page. `opened` names what is unfolded; `today` is a date for its field."""

    visit: str
    groups: tuple[Group, ...]
    members: int
    earlier_team: EarlierTeam | None
    colleagues: tuple[Choice, ...]
    goals: tuple[Followed, ...]
    earlier: tuple[Followed, ...]
    figures: tuple[Figure, ...]
    note_to: tuple[NoteTo, ...]
    shareable: tuple[Shareable, ...]
    shares: tuple[ShareLine, ...]
    consent_by: tuple[Choice, ...]
    consent_how: tuple[Choice, ...]
    scorers: tuple[Choice, ...]
    today: str
    opened: str
    unfinished: Unfinished | None

    def not_saved(self, form: str) -> Unfinished | None:
        """The form's own state, when it is the one that could not be saved."""
        return self.unfinished if self.unfinished and self.unfinished.form == form else None

    def key(self, form: str) -> str:
        """What a form sends along, so that it counts once: kept while it is not saved, else a new one."""
        again = self.not_saved(form)
        return (again.key if again else None) or new_id()

    def open(self, *names: str) -> bool:
        """Whether a part is unfolded: it was just worked in, or a form in it (named after it) was not saved."""
        at = self.unfinished.form if self.unfinished else self.opened
        return bool(at) and any(at == name or at.endswith(f"-{name}") for name in names)

    @property
    def forms(self) -> frozenset[str]:
        """The ids of all forms on this page in which people write."""
        of_goals = {
            form
            for goal in (*self.goals, *self.earlier)
            for form, stands in (
                (f"step-{goal.id}", bool(goal.steps)),
                (f"task-{goal.id}", bool(goal.members)),
                (f"score-{goal.id}", bool(goal.scaling)),
                (f"scaling-{goal.id}", True),
                *((f"task-{task.id}-{goal.id}", True) for task in goal.tasks),
            )
            if stands
        }
        share = {"new-share"} if self.shareable else set()
        return frozenset({"new-team", *(f"note-{to.role}" for to in self.note_to), *share, *of_goals})

    @property
    def left_over(self) -> str:
        """What was typed in a form that is not on the page any more, since somebody went on in the meantime."""
        return self.unfinished.typed if self.unfinished and self.unfinished.form not in self.forms else ""


def opened_part(asked: str) -> str:
    """The name of a part of the page, as our own addresses carry it; empty for anything else."""
    return asked if PART.fullmatch(asked) else ""


def present_together(
    together: TogetherView,
    *,
    reader: str,
    opened: str = "",
    unfinished: Unfinished | None = None,
) -> Together:
    """For a reader of a language; `opened` names the part that was just worked in."""
    at = datetime.fromisoformat(together.time)
    moments = Moments(reader, at.tzinfo)
    present = tuple(member for member in together.team if member.present)
    return Together(
        visit=together.visit,
        groups=tuple(_group(sector, present) for sector in Sector),
        members=len(present),
        earlier_team=_earlier_team(together.earlier_team, moments) if together.earlier_team else None,
        colleagues=tuple(Choice(one.id, one.name) for one in together.colleagues),
        goals=tuple(present_followed(one, present, moments) for one in together.goals if _has_more(one)),
        earlier=tuple(present_followed(one, present, moments) for one in together.earlier),
        figures=tuple(
            Figure(SCORER[one.scored_by], locales.format_number(reader, round(one.value)), one.goals)
            for one in together.t_scores
        ),
        note_to=tuple(_note_to(role, together, moments) for role in ROLE if role in together.languages),
        shareable=tuple(_shareable(one.goal, reader) for one in together.goals),
        shares=tuple(_share(share, moments) for share in together.shares),
        consent_by=tuple(Choice(value, label) for value, label in CONSENT_BY.items()),
        consent_how=tuple(Choice(value, label) for value, label in CONSENT_HOW.items()),
        scorers=tuple(Choice(value, label) for value, label in SCORER.items()),
        today=together.today,
        opened=opened,
        unfinished=unfinished,
    )


def _has_more(followed: FollowedGoalView) -> bool:
    """A goal that nobody has touched yet stands above, and nothing is to be said of it here."""
    return followed.goal.status != Status.SUBMITTED or len(followed.versions) > 1 or bool(followed.tasks)


def _group(sector: Sector, team: tuple[MemberView, ...]) -> Group:
    return Group(
        label=SECTOR[sector],
        members=tuple(_member(one) for one in team if one.sector == sector),
        roles=tuple(Choice(role.value, TEAM_ROLE[role]) for role in roles_of(sector)),
    )


def _member(member: MemberView) -> Member:
    return Member(member.id, member.name, TEAM_ROLE[member.role], member.organisation)


def _earlier_team(team: EarlierTeamView, moments: Moments) -> EarlierTeam:
    return EarlierTeam(team.visit, moments.day(team.time), tuple(_member(one) for one in team.members))


def _note_to(role: str, together: TogetherView, moments: Moments) -> NoteTo:
    known = note_language(together.languages[role])
    read = next((one for one in together.reads if one.role == role), None)
    return NoteTo(
        role=role,
        label=ROLE[role],
        notes=tuple(_note(note, moments) for note in together.notes if note.role == role),
        languages=(known, *(other for other in locales.languages() if other.code != known.code)),
        ready=tuple(Choice(str(place), text) for place, text in enumerate(READY_NOTES)),
        read=f"{moments.moment(read.time)}, {read.author}" if read else None,
    )


def note_language(spoken: str) -> locales.Language:
    """The listed language that a person speaks; English where theirs is not listed."""
    try:
        return locales.language(spoken.split("-")[0].lower())
    except UnknownLanguage:
        return locales.language(locales.SOURCE)


def _note(note: NoteView, moments: Moments) -> NoteLine:
    return NoteLine(note.text, note.lang, note.dir, note.author, moments.moment(note.time))


def _shareable(goal: GoalView, reader: str) -> Shareable:
    return Shareable(goal.id, words_of(goal, reader), goal.role, ROLE[goal.role])


def _share(share: ShareView, moments: Moments) -> ShareLine:
    return ShareLine(
        id=share.id,
        organisation=share.organisation,
        goals=len(share.goals),
        by=CONSENT_BY[share.consent["by"]],
        how=CONSENT_HOW[share.consent["how"]],
        name=share.consent["name"],
        consent_day=moments.plain_day(share.consent["on"]),
        state=share.state,
        state_label=SHARE_STATE[share.state],
        expires=moments.moment(share.expires),
        openings=share.openings,
        last_opened=moments.moment(share.last_opened) if share.last_opened else None,
        author=share.author,
    )
