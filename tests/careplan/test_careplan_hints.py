"""What is worth asking about a draft: one question, the most useful one."""

import pytest

from careplan.goals import Clarity, Level, Missing
from careplan.hints import Hint, Told, hint_for
from careplan.people import Role

FULL = {"importance": 8, "why": True, "obstacles": True, "supports": True}


@pytest.mark.parametrize(
    ("told", "hint"),
    [
        (Told(Role.PATIENT, Level.NONE), Hint.WISH),
        (Told(Role.PATIENT, Level.SYMPTOM_DISEASE, Clarity.VAGUE, (Missing.WHO,)), Hint.BEYOND_SYMPTOM),
        (Told(Role.PATIENT, Level.FUNDAMENTAL, Clarity.VAGUE, (Missing.WHAT,)), Hint.PICTURE),
        (Told(Role.PATIENT, Level.FUNCTIONAL, Clarity.VAGUE, (Missing.WHERE, Missing.WHEN)), Hint.WHERE),
        (Told(Role.PATIENT, Level.FUNCTIONAL, Clarity.VAGUE), Hint.WHY),
        (Told(Role.PATIENT, Level.FUNCTIONAL, Clarity.CONCRETE, (Missing.WHO,)), Hint.WHY),
        (Told(Role.PATIENT, Level.FUNCTIONAL, Clarity.CONCRETE, why=True), Hint.IMPORTANCE),
        (Told(Role.PATIENT, Level.FUNCTIONAL, Clarity.CONCRETE, why=True, importance=0), Hint.OBSTACLE),
        (Told(Role.PATIENT, Level.FUNCTIONAL, Clarity.CONCRETE, (), 8, why=True, obstacles=True), Hint.SUPPORT),
        (Told(Role.PATIENT, Level.FUNCTIONAL, Clarity.CONCRETE, (), **FULL), Hint.FIRST_STEP),
        (Told(Role.CAREGIVER, Level.FUNCTIONAL, Clarity.CONCRETE, why=True), Hint.FIRST_STEP),
    ],
)
def test_the_most_useful_question_is_asked(told: Told, hint: Hint) -> None:
    assert hint_for(told) is hint


@pytest.mark.parametrize("element", Missing)
def test_every_missing_element_has_its_question(element: Missing) -> None:
    assert hint_for(Told(Role.PATIENT, Level.FUNCTIONAL, Clarity.VAGUE, (element,))).value == element.value
