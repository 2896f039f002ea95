"""What another organisation reads behind a share's link: one page, read-only, in the language that is asked for.

Nobody signs in here. The page is kept by no cache and found by no search engine.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import Request
from starlette.responses import Response

import locales
from api.teamwork.service import Teamwork
from api.teamwork.views import SharedGoalView, SharedView, TaskView
from careplan.errors import CarePlanError, NotFound
from web.clinician.labels import AREA_OF_LIFE, ROLE, STATUS
from web.clinician.responses import problem_of, status_of
from web.clinician.teamwork_labels import CONSENT_BY, CONSENT_HOW, TASK_STATE, TEAM_ROLE
from web.clinician.words import Words, words_of
from web.pages import Pages, language_asked_for


class SharedViews:
    """The one page."""

    def __init__(self, teamwork: Teamwork, pages: Pages) -> None:
        self._teamwork = teamwork
        self._pages = pages

    def page(self, request: Request, token: str) -> Response:
        lang = language_asked_for(request)
        try:
            shared = self._teamwork.open_share(token)
        except CarePlanError as error:
            problem = None if isinstance(error, NotFound) else problem_of(error)
            values = {"shared": None, "problem": problem}
            return self._answer(lang, values, status_of(error))
        return self._answer(lang, {"shared": present_shared(shared, lang), "problem": None}, 200)

    def _answer(self, lang: str, values: Mapping[str, Any], status: int) -> Response:
        response = self._pages.html("clinician/shared.html", lang, values, status_code=status)
        response.headers["X-Robots-Tag"] = "noindex"
        return response


@dataclass(frozen=True)
class SharedTask:
    """A task as another organisation reads it."""

    what: str
    added_value: str | None
    who: str
    role: str
    organisation: str | None
    state: str
    state_label: str


@dataclass(frozen=True)
class SharedGoal:
    """A goal as another organisation reads it."""

    words: Words
    role: str
    person: str
    area: str | None
    status: str
    wording: str | None
    tasks: tuple[SharedTask, ...]


@dataclass(frozen=True)
class SharedPage:
    """All that the template needs, in the words of a reader's language."""

    practice: str
    organisation: str
    expires: str
    by: str
    how: str
    consent_day: str
    goals: tuple[SharedGoal, ...]


def present_shared(shared: SharedView, reader: str) -> SharedPage:
    return SharedPage(
        practice=shared.practice,
        organisation=shared.organisation,
        expires=locales.format_date(reader, datetime.fromisoformat(shared.expires).date()),
        by=CONSENT_BY[shared.consent["by"]],
        how=CONSENT_HOW[shared.consent["how"]],
        consent_day=locales.format_date(reader, date.fromisoformat(shared.consent["on"])),
        goals=tuple(_goal(goal, reader) for goal in shared.goals),
    )


def _goal(goal: SharedGoalView, reader: str) -> SharedGoal:
    return SharedGoal(
        words=words_of(goal, reader),
        role=goal.role,
        person=ROLE[goal.role],
        area=AREA_OF_LIFE.get(goal.domain or ""),
        status=STATUS[goal.status],
        wording=goal.clinician_wording,
        tasks=tuple(_task(task) for task in goal.tasks),
    )


def _task(task: TaskView) -> SharedTask:
    return SharedTask(
        what=task.what,
        added_value=task.added_value,
        who=task.name,
        role=TEAM_ROLE[task.role],
        organisation=task.organisation,
        state=task.state,
        state_label=TASK_STATE[task.state],
    )
