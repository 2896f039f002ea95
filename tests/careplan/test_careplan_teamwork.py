"""Roles, tasks, scaling, steps and consent: what the rules allow, and the figure that scores come to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.contribution import contribution_from_json
from careplan.errors import Invalid, TransitionRefused
from careplan.following import Step, follow, steps_from
from careplan.goals import Status, practice_may
from careplan.people import Role
from careplan.scaling import HEAVIEST, LEVELS, Scaling, check_scaling, t_score
from careplan.sharing import Consent, ConsentBy, ConsentHow
from careplan.tasks import TASK_STEPS, Task, TaskState, change_task, check_task
from careplan.team import Sector, TeamRole, roles_of
from careplan.withdrawing import without_goals

SCORED = st.lists(st.tuples(st.integers(1, HEAVIEST), st.sampled_from(LEVELS)), min_size=1, max_size=8)


def test_every_role_stands_in_one_of_three_sectors():
    assert [role for sector in Sector for role in roles_of(sector)] == list(TeamRole)
    assert all(len(roles_of(sector)) > 5 for sector in Sector)
    assert {TeamRole.INFORMAL_CAREGIVER, TeamRole.VOLUNTEER} <= set(roles_of(Sector.SOCIAL_CARE))
    assert TeamRole.PUBLIC_WELFARE.sector is Sector.WELFARE


@given(now=st.sampled_from(TaskState), then=st.sampled_from(TaskState))
def test_a_task_goes_its_steps_and_may_be_reworded_where_it_stands(now, then):
    before, after = Task("m", "x", state=now), Task("m", "y", "z", state=then, reason="because")
    if then is now or then in TASK_STEPS[now]:
        assert change_task(before, after) == after
    else:
        with pytest.raises(TransitionRefused):
            change_task(before, after)


def test_a_task_is_dropped_only_with_a_reason_and_never_empty():
    now = Task("m", "x")
    with pytest.raises(Invalid) as refused:
        change_task(now, Task("m", "x", state=TaskState.DROPPED, reason=" "))
    assert refused.value.field == "reason"
    for task in (Task("m", " "), Task("m", "x" * 1001), Task("m", "x", "a\x00b")):
        with pytest.raises(Invalid):
            check_task(task)


# Worked out by hand with the formula of Kiresuk & Sherman 1968.
@pytest.mark.parametrize(
    ("scored", "expected"),
    [
        ([(1, 0)], 50.0),
        ([(1, 1)], 60.0),
        ([(5, -2)], 30.0),
        ([(1, 1), (1, 1)], 62.403),
        ([(1, 2), (1, -1), (1, 0)], 54.564),
        ([(4, 1), (2, -1)], 54.016),
    ],
)
def test_the_t_score_is_that_of_its_authors(scored, expected):
    assert t_score(scored) == pytest.approx(expected, abs=0.001)


@given(scored=SCORED)
def test_the_t_score_is_symmetrical_and_does_not_depend_on_the_unit_of_weights(scored):
    found = t_score(scored)
    assert t_score([(weight, -level) for weight, level in scored]) == pytest.approx(100 - found)
    assert t_score([(weight * 3, level) for weight, level in scored]) == pytest.approx(found)
    if all(level == 0 for _, level in scored):
        assert found == 50


def test_without_scores_there_is_no_t_score():
    assert t_score([]) is None


@pytest.mark.parametrize(
    ("scaling", "field"),
    [
        (Scaling(("", "", " ", "", "")), "levels[2]"),
        (Scaling(("", "", "x", "", "y" * 501)), "levels[4]"),
        (Scaling(("", "", "x", "")), "levels"),
        (Scaling(("", "", "x", "", ""), 0), "weight"),
        (Scaling(("", "", "x", "", ""), 10), "weight"),
    ],
)
def test_a_scaling_needs_what_is_expected_and_a_weight(scaling, field):
    with pytest.raises(Invalid) as refused:
        check_scaling(scaling)
    assert refused.value.field == field


def test_a_goal_is_started_kept_and_ended():
    assert steps_from(Status.ACCEPTED) == (Step.START,)
    assert steps_from(Status.CHANGED) == (Step.START,)
    assert steps_from(Status.ACTIVE) == (Step.KEEP, Step.ATTAIN, Step.GIVE_UP)
    assert steps_from(Status.SUBMITTED) == steps_from(Status.ATTAINED) == steps_from(Status.WITHDRAWN) == ()


@given(now=st.sampled_from(Status), step=st.sampled_from(Step))
def test_a_step_leads_where_the_practice_may_go_or_is_refused(now, step):
    if step in steps_from(now):
        assert practice_may(now, follow(now, step, "because"))
    else:
        with pytest.raises(TransitionRefused):
            follow(now, step, "because")


def test_giving_up_needs_a_reason():
    for reason in (None, "", "  "):
        with pytest.raises(Invalid):
            follow(Status.ACTIVE, Step.GIVE_UP, reason)
    assert follow(Status.ACTIVE, Step.ATTAIN) is Status.ATTAINED


@pytest.mark.parametrize("by", ConsentBy)
def test_nobody_consents_for_another_persons_words(by):
    consent = Consent(by, ConsentHow.SPOKEN, date(2026, 11, 22))
    own = Role.CAREGIVER if by is ConsentBy.CAREGIVER else Role.PATIENT
    assert [role for role in Role if consent.covers(role)] == [own]


def item(words, question="life_goal"):
    return {"words": words, "lang": "nl", "question": question, "shared": True}


def test_what_was_taken_back_leaves_no_words_behind_but_those_of_others():
    goals = [
        {"key": "g1", "words": "wandelen", "lang": "nl", "level": "functional", "shared": True}
        | {"statements": [item("wandelen")], "why": [item("de lucht")], "supports": [item("mijn zus")]},
        {"key": "g2", "words": "lezen", "lang": "nl", "level": "functional", "shared": True}
        | {"statements": [item("lezen")], "supports": [item("mijn zus")]},
    ]
    said = ["een gewone dag", "wandelen", "de lucht", "mijn zus", "lezen"]
    body = {"language": "nl", "state": "submitted", "goals": goals, "answers": [item(words) for words in said]}
    whole = contribution_from_json(body)
    left = without_goals(whole, {"g1"})
    assert [goal.key for goal in left.goals] == ["g2"]
    assert [answer.words for answer in left.answers] == ["een gewone dag", "mijn zus", "lezen"]
    assert without_goals(whole, set()) == whole
