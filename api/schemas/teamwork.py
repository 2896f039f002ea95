"""What clients send and get about working together."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.schemas.requests import Request, Short, Words
from api.teamwork.views import FollowedGoalView, MemberView, ShareView, TaskView, TScoreView
from careplan.team import TeamRole

Level = Annotated[str, Field(max_length=500)]


class NewMember(Request):
    """A user of the practice by id, or somebody from outside by name."""

    role: Annotated[TeamRole, Field(strict=False)]
    name: Short | None = None
    user: Short | None = None
    organisation: Short | None = None


class TakenOverTeam(Request):
    """The earlier visit whose team joins."""

    visit: Short


class NewTask(Request):
    member: Short
    what: Words
    added_value: Words | None = None


class ChangedTask(NewTask):
    """The task as it shall stand."""

    state: Literal["proposed", "doing", "done", "dropped"]
    reason: Words | None = None


class WrittenScaling(Request):
    """Five texts, from much less (-2) to much better (2) than expected; all but the middle one may be empty."""

    levels: Annotated[tuple[Level, Level, Level, Level, Level], Field(strict=False)]
    weight: int = 1


class NewScore(Request):
    level: int
    scored_by: Literal["patient", "caregiver", "clinician"]
    note: Words | None = None


class StepRequest(Request):
    step: Literal["start", "keep", "attain", "give_up"]
    reason: Words | None = None


class ConsentGiven(Request):
    """Who agreed, how and when; a representative by name."""

    by: Literal["patient", "caregiver", "representative"]
    how: Literal["spoken", "written"]
    on: Annotated[date, Field(strict=False)]
    name: Short | None = None


class NewShareRequest(Request):
    organisation: Short
    goals: Annotated[tuple[Short, ...], Field(strict=False, min_length=1, max_length=50)]
    consent: ConsentGiven
    days: int = 30


class NewNote(Request):
    role: Literal["patient", "caregiver"]
    text: Words
    lang: Short | None = None


class Team(BaseModel):
    members: tuple[MemberView, ...]


class TaskList(BaseModel):
    tasks: tuple[TaskView, ...]


class ShareList(BaseModel):
    shares: tuple[ShareView, ...]


class NewShareAnswer(BaseModel):
    """`path` opens what is shared and is told this once."""

    id: str
    path: str
    expires: str


class Report(BaseModel):
    """A visit's goals with its team, their tasks and their scores; `earlier` are goals of earlier visits."""

    visit: str
    time: str
    team: tuple[MemberView, ...]
    goals: tuple[FollowedGoalView, ...]
    earlier: tuple[FollowedGoalView, ...]
    t_scores: tuple[TScoreView, ...]
