"""What clients get, where it is more than one of the shapes in api/views.py."""

from datetime import date

from pydantic import BaseModel

from api.views import AnswerView, AuditEntry, ExportView, FlagView, GoalVersionView, GoalView, VisitSummary


class ErrorBody(BaseModel):
    code: str
    message: str
    field: str | None


class Error(BaseModel):
    """Every error."""

    error: ErrorBody


class VisitList(BaseModel):
    visits: tuple[VisitSummary, ...]


class GoalList(BaseModel):
    goals: tuple[GoalView, ...]


class GoalVersionList(BaseModel):
    versions: tuple[GoalVersionView, ...]


class FlagList(BaseModel):
    flags: tuple[FlagView, ...]


class ExportList(BaseModel):
    exports: tuple[ExportView, ...]


class Transcript(BaseModel):
    answers: tuple[AnswerView, ...]


class AuditPage(BaseModel):
    entries: tuple[AuditEntry, ...]


class NewInvitationAnswer(BaseModel):
    """The token belongs in the link's fragment, the code is for typing; both are told this once."""

    id: str
    visit: str
    role: str
    language: str
    expires: str
    token: str
    code: str


class UserAnswer(BaseModel):
    """Somebody who can sign in, or could (`closed`)."""

    id: str
    login: str
    name: str
    language: str
    duties: tuple[str, ...]
    second_factor: bool
    closed: bool


class UserList(BaseModel):
    users: tuple[UserAnswer, ...]


class NewUserAnswer(BaseModel):
    id: str


class ReportLine(BaseModel):
    """One figure; null where it is too small to be shown."""

    part: str
    group: str
    name: str
    value: int | None


class ReportAnswer(BaseModel):
    """A report over the visits from `first` to `last`, without names."""

    first: date
    last: date
    scope: str
    lines: tuple[ReportLine, ...]
