"""The marks between the patient's and the caregiver's goals, as far as both show them to the practice."""

from collections.abc import Mapping, Sequence

from api.views import GoalView, MarkView
from careplan.comparison import Side, compare
from careplan.meaning import meaning_from_text
from careplan.people import Role


def marks(goals: Sequence[GoalView], meanings: Mapping[str, str | None]) -> tuple[MarkView, ...]:
    """meanings: as they are kept, by the goal's id; a goal may have none."""
    sides = {
        role: [
            Side(goal.id, goal.domain, meaning_from_text(meanings.get(goal.id))) for goal in goals if goal.role == role
        ]
        for role in Role
    }
    return tuple(
        MarkView(mark.kind.value, mark.patient, mark.caregiver, mark.by.value if mark.by else None)
        for mark in compare(sides[Role.PATIENT], sides[Role.CAREGIVER])
    )
