"""What the care plan hands out: the shapes of contracts.md section 7, as frozen data.

Every shape turns into its JSON with `as_json()`; more fields may join, none leaves.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class View:
    """A shape that knows its JSON."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class ItemView(View):
    """One thing a person said, verbatim; `of` names the care worker that an expectation is about, `part` what a quote
    out of a statement tells: `who`, `where`, `how_often` or `when`.
    """

    words: str
    lang: str
    dir: str
    role: str
    question: str
    of: str | None = None
    part: str | None = None


@dataclass(frozen=True)
class AnswerView(View):
    """One answer of the transcript."""

    words: str
    lang: str
    dir: str
    role: str
    question: str
    typed_by: str


@dataclass(frozen=True)
class FlagView(View):
    """What the safety rules quoted; `time` is ISO 8601."""

    id: str
    category: str
    words: str
    lang: str
    dir: str
    role: str
    time: str


@dataclass(frozen=True)
class PersonView(View):
    """How far one person of a visit has come: invited, started or submitted."""

    role: str
    language: str
    name: str | None
    typed_by: str
    state: str
    minutes: int | None


@dataclass(frozen=True)
class VisitSummary(View):
    """A line of the list of visits. `time` is ISO 8601 in the practice's time zone."""

    id: str
    time: str
    state: str
    people: tuple[PersonView, ...]
    flags: int


@dataclass(frozen=True)
class MarkView(View):
    """A mark to check between patient and caregiver: `same`, `different` or `only_one`, with the ids of their goals.

    `by` tells what it rests on: `meaning`, `area` or None.
    """

    kind: str
    patient: str | None
    caregiver: str | None
    by: str | None


@dataclass(frozen=True)
class VisitView(View):
    """One visit on one screen, without its goals."""

    id: str
    time: str
    state: str
    people: tuple[PersonView, ...]
    questions: tuple[ItemView, ...]
    burdens: tuple[ItemView, ...]
    helps: tuple[ItemView, ...]
    flags: tuple[FlagView, ...]
    one_thing: dict[str, str | None]
    marks: tuple[MarkView, ...]


@dataclass(frozen=True)
class GoalView(View):
    """A goal as it stands now: the person's own words, and the clinician's wording beside them.

    `hint` is the key of what is most worth asking about it (careplan.hints).
    """

    id: str
    visit: str
    version: int
    words: str
    lang: str
    dir: str
    role: str
    typed_by: str
    level: str
    clarity: str | None
    missing: tuple[str, ...]
    domain: str | None
    importance: int | None
    first: bool
    time_frame: str | None
    status: str
    statements: tuple[ItemView, ...]
    parts: tuple[ItemView, ...]
    why: tuple[ItemView, ...]
    obstacles: tuple[ItemView, ...]
    supports: tuple[ItemView, ...]
    own_part: tuple[ItemView, ...]
    expects: tuple[ItemView, ...]
    clinician_wording: str | None
    reason: str | None
    shared: bool
    hint: str


@dataclass(frozen=True)
class DayMark:
    """A visit of a day, as far as another visit's page needs it. `waiting`: new, and there is something to read."""

    id: str
    waiting: bool


@dataclass(frozen=True)
class OpenedVisit:
    """All that the page of one visit shows, read in one transaction. `same_day`: the practice's visits of that day."""

    visit: VisitView
    goals: tuple[GoalView, ...]
    transcript: tuple[AnswerView, ...]
    same_day: tuple[DayMark, ...]


@dataclass(frozen=True)
class GoalVersionView(View):
    """One version of a goal: who wrote it (`patient`, `caregiver` or a user's name), when and from what."""

    version: int
    status: str
    words: str
    lang: str
    dir: str
    clinician_wording: str | None
    reason: str | None
    decision: str | None
    author: str
    source: str
    time: str


@dataclass(frozen=True)
class ExportView(View):
    """How a goal's newest version fares that leaves for another system: `waiting`, `sent` or `refused`.

    `problem` is a code (`http_503`, `timeout` ...) of the last try; `since` and `sent` are ISO 8601.
    """

    goal: str
    version: int
    state: str
    attempts: int
    problem: str | None
    since: str
    sent: str | None


@dataclass(frozen=True)
class AuditEntry(View):
    """Who did or read what, without any content."""

    seq: int
    time: str
    actor: str
    action: str
    subject: str | None


@dataclass(frozen=True)
class Invitation(View):
    """An invitation that still stands."""

    id: str
    visit: str
    role: str
    language: str
    expires: datetime


@dataclass(frozen=True)
class NewInvitation(View):
    """A fresh invitation with its token and its typed code in clear: they are shown once and kept hashed."""

    id: str
    visit: str
    role: str
    language: str
    expires: datetime
    token: str
    code: str
