"""Turns what followed a goal's review into what the page shows: steps, tasks, levels and scores, history."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

import locales
from api.teamwork.views import FollowedGoalView, MemberView, ScoreView, TaskView
from api.views import GoalVersionView
from careplan.scaling import LEVELS
from careplan.tasks import TASK_STEPS, TaskState
from web.clinician.chart import Chart, chart
from web.clinician.labels import ROLE, STATUS
from web.clinician.teamwork_labels import DECISION, LEVEL, SAID_ANEW, SCORER, STEP, TASK_STATE, TEAM_ROLE
from web.clinician.words import Words, words_of


@dataclass(frozen=True)
class Choice:
    """A value of a form and its label, a message id or a name."""

    value: str
    label: str
    beside: str | None = None


@dataclass(frozen=True)
class TaskLine:
    """A task as it stands, what it may become, and to whom it may be given."""

    id: str
    version: int
    state: str
    state_label: str
    member: str
    who: str
    role: str
    organisation: str | None
    what: str
    added_value: str | None
    reason: str | None
    when: str
    author: str
    states: tuple[Choice, ...]
    members: tuple[Choice, ...]


@dataclass(frozen=True)
class LevelLine:
    """One level of the scaling; `text` is empty where nobody wrote any."""

    value: int
    number: str
    label: str
    text: str


@dataclass(frozen=True)
class ScoreLine:
    """One score in words; `older` when its levels have been rewritten since."""

    when: str
    scorer: str
    number: str
    label: str
    note: str | None
    author: str
    older: bool


@dataclass(frozen=True)
class Change:
    """One version of a goal: what was done, by whom, when and why."""

    what: str
    when: str
    author: str
    own: bool
    wording: str | None
    reason: str | None


@dataclass(frozen=True)
class Followed:
    """One goal with everything that followed its review."""

    id: str
    version: int
    words: Words
    wording: str | None
    role: str
    person: str
    status: str
    status_label: str
    visit_day: str
    steps: tuple[Choice, ...]
    tasks: tuple[TaskLine, ...]
    members: tuple[Choice, ...]
    scaling: int
    weight: int
    levels: tuple[LevelLine, ...]
    scores: tuple[ScoreLine, ...]
    chart: Chart | None
    history: tuple[Change, ...]

    @property
    def last(self) -> ScoreLine | None:
        """The newest score."""
        return self.scores[-1] if self.scores else None


@dataclass(frozen=True)
class Moments:
    """Times as a reader of a language reads them, where the practice is."""

    reader: str
    zone: tzinfo | None

    def day(self, iso: str) -> str:
        return locales.format_date(self.reader, self._local(iso).date())

    def moment(self, iso: str) -> str:
        local = self._local(iso)
        return f"{locales.format_date(self.reader, local.date())}, {locales.format_time(self.reader, local)}"

    def plain_day(self, iso: str) -> str:
        """Of a date without a time."""
        return locales.format_date(self.reader, date.fromisoformat(iso))

    def _local(self, iso: str) -> datetime:
        return datetime.fromisoformat(iso).astimezone(self.zone)


def present_followed(followed: FollowedGoalView, team: tuple[MemberView, ...], moments: Moments) -> Followed:
    goal, scaling = followed.goal, followed.scaling
    return Followed(
        id=goal.id,
        version=goal.version,
        words=words_of(goal, moments.reader),
        wording=goal.clinician_wording,
        role=goal.role,
        person=ROLE[goal.role],
        status=goal.status,
        status_label=STATUS[goal.status],
        visit_day=moments.day(followed.visit_time),
        steps=tuple(Choice(step, STEP[step]) for step in followed.steps),
        tasks=tuple(_task(task, team, moments) for task in followed.tasks),
        members=tuple(member_choice(member) for member in team if member.present),
        scaling=scaling.version,
        weight=scaling.weight,
        levels=tuple(
            LevelLine(level, number(level), LEVEL[level], scaling.levels[place] if scaling.version else "")
            for place, level in enumerate(LEVELS)
        ),
        scores=tuple(_score(score, scaling.version, moments) for score in scaling.scores),
        chart=chart(scaling.scores, locales.language(moments.reader).dir),
        history=tuple(_change(version, moments) for version in reversed(followed.versions)),
    )


def member_choice(member: MemberView) -> Choice:
    return Choice(member.id, member.name, TEAM_ROLE[member.role])


def _task(task: TaskView, team: tuple[MemberView, ...], moments: Moments) -> TaskLine:
    members = [member_choice(member) for member in team if member.present and member.id != task.member]
    states = [TaskState(task.state), *(state for state in TaskState if state in TASK_STEPS[TaskState(task.state)])]
    return TaskLine(
        id=task.id,
        version=task.version,
        state=task.state,
        state_label=TASK_STATE[task.state],
        member=task.member,
        who=task.name,
        role=TEAM_ROLE[task.role],
        organisation=task.organisation,
        what=task.what,
        added_value=task.added_value,
        reason=task.reason,
        when=moments.day(task.time),
        author=task.author,
        states=tuple(Choice(state.value, TASK_STATE[state]) for state in states),
        members=(Choice(task.member, task.name, TEAM_ROLE[task.role]), *members),
    )


def _score(score: ScoreView, newest: int, moments: Moments) -> ScoreLine:
    return ScoreLine(
        when=moments.day(score.time),
        scorer=SCORER[score.scored_by],
        number=number(score.level),
        label=LEVEL[score.level],
        note=score.note,
        author=score.author,
        older=score.scaling != newest,
    )


def _change(version: GoalVersionView, moments: Moments) -> Change:
    own = version.author in ROLE
    return Change(
        what=DECISION.get(version.decision or "", SAID_ANEW),
        when=moments.moment(version.time),
        author=ROLE[version.author] if own else version.author,
        own=own,
        wording=version.clinician_wording,
        reason=version.reason,
    )


def number(level: int) -> str:
    """With its sign, as people write it."""
    return f"{level:+d}".replace("-", "\N{MINUS SIGN}") if level else "0"
