"""What the care team's side of the care plan hands out, as frozen data; more fields may join, none leaves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.views import ExportView, GoalVersionView, GoalView, OpenedVisit, View


@dataclass(frozen=True)
class MemberView(View):
    """Somebody on a visit's care team; `user` when they sign in here, `present` until they leave the team."""

    id: str
    visit: str
    role: str
    sector: str
    name: str
    organisation: str | None
    user: str | None
    present: bool


@dataclass(frozen=True)
class EarlierTeamView(View):
    """The last team of this patient's earlier visits: the visit, its time, and who would join from it."""

    visit: str
    time: str
    members: tuple[MemberView, ...]


@dataclass(frozen=True)
class ColleagueView(View):
    """A user of the practice who can be put on a team."""

    id: str
    name: str


@dataclass(frozen=True)
class TaskView(View):
    """A task in one version: who does what, and why this role adds something. `time` is ISO 8601."""

    id: str
    goal: str
    version: int
    state: str
    member: str
    role: str
    name: str
    organisation: str | None
    what: str
    added_value: str | None
    reason: str | None
    author: str
    time: str


@dataclass(frozen=True)
class ScoreView(View):
    """How far a goal had come at a moment (-2 to 2), in whose judgement; `scaling` is the version that was scored."""

    id: str
    level: int
    scored_by: str
    scaling: int
    note: str | None
    author: str
    time: str


@dataclass(frozen=True)
class ScalingView(View):
    """The five levels of a goal from -2 to 2, and its scores, oldest first.

    Version 0 says that nobody has written levels yet; `levels` is empty then.
    """

    goal: str
    version: int
    levels: tuple[str, ...]
    weight: int
    author: str | None
    time: str | None
    scores: tuple[ScoreView, ...]


@dataclass(frozen=True)
class TScoreView(View):
    """How far all scored goals together came in one judgement: 50 is as expected, 10 the standard deviation."""

    scored_by: str
    value: float
    goals: int


@dataclass(frozen=True)
class FollowedGoalView(View):
    """A goal with everything that followed its review; `visit_time` is when it was first spoken of."""

    goal: GoalView
    visit_time: str
    steps: tuple[str, ...]
    tasks: tuple[TaskView, ...]
    scaling: ScalingView
    versions: tuple[GoalVersionView, ...]


@dataclass(frozen=True)
class ShareView(View):
    """What another organisation may read and until when; `state` is open, ended or revoked."""

    id: str
    visit: str
    organisation: str
    goals: tuple[str, ...]
    consent: dict[str, Any]
    state: str
    author: str
    time: str
    expires: str
    revoked: str | None
    openings: int
    last_opened: str | None


@dataclass(frozen=True)
class NewShare(View):
    """A fresh share with its token in clear: it is shown once and kept hashed."""

    id: str
    token: str
    expires: datetime


@dataclass(frozen=True)
class SharedGoalView(View):
    """One goal as another organisation reads it; tasks that were dropped stay in the practice."""

    words: str
    lang: str
    dir: str
    role: str
    domain: str | None
    status: str
    clinician_wording: str | None
    tasks: tuple[TaskView, ...]


@dataclass(frozen=True)
class SharedView(View):
    """All that stands behind a share's link."""

    practice: str
    organisation: str
    consent: dict[str, Any]
    expires: str
    goals: tuple[SharedGoalView, ...]


@dataclass(frozen=True)
class NoteView(View):
    """A short note back to one person, in the words of who wrote it."""

    id: str
    role: str
    text: str
    lang: str
    dir: str
    author: str
    time: str


@dataclass(frozen=True)
class ReadView(View):
    """Who of the practice first read what a person sent last, and when where the practice is."""

    role: str
    author: str
    time: str


@dataclass(frozen=True)
class TogetherView(View):
    """Everything that follows the review of one visit; `earlier` are goals of this patient's earlier visits.

    today: the date where the practice is; languages: of the people of the visit, by role; earlier_team: what can be
    taken over, where there is anybody to join.
    """

    visit: str
    time: str
    today: str
    languages: dict[str, str]
    team: tuple[MemberView, ...]
    earlier_team: EarlierTeamView | None
    goals: tuple[FollowedGoalView, ...]
    earlier: tuple[FollowedGoalView, ...]
    t_scores: tuple[TScoreView, ...]
    shares: tuple[ShareView, ...]
    notes: tuple[NoteView, ...]
    reads: tuple[ReadView, ...]
    colleagues: tuple[ColleagueView, ...]


@dataclass(frozen=True)
class VisitPage:
    """All that the page of one visit shows, as it stood at one moment."""

    opened: OpenedVisit
    together: TogetherView
    exports: tuple[ExportView, ...]


@dataclass(frozen=True)
class OwnGoalView(View):
    """A goal as its author sees what became of it."""

    id: str
    words: str
    lang: str
    dir: str
    status: str
    may_take_back: bool


@dataclass(frozen=True)
class OwnAnswerView(View):
    """What came back to one person: who read it and when, notes to them, and what became of their goals."""

    read: ReadView | None
    notes: tuple[NoteView, ...]
    goals: tuple[OwnGoalView, ...]
