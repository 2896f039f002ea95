"""What clients get, where it is more than one of the shapes in api/views.py."""

from pydantic import BaseModel

from api.views import AnswerView, AuditEntry, FlagView, GoalVersionView, GoalView, VisitSummary


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
