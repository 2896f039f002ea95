"""The status of a goal, the first of several, and what a clinician may decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.areas import AreaOfLife
from careplan.errors import Invalid, TransitionRefused
from careplan.goals import GoalDraft, Level, Status, author_may, first_of, practice_may
from careplan.people import SERVICE, Actor, Duty
from careplan.reviews import Decision, review

GIVEN = {Decision.CHANGE: {"wording": "anders"}, Decision.DECLINE: {"reason": "daarom"}}


def draft(key: str, *, first: bool = False, importance: int | None = None) -> GoalDraft:
    return GoalDraft(
        key=key, words=key, lang="nl", level=Level.FUNCTIONAL, shared=True, first=first, importance=importance
    )


def test_a_goal_goes_from_draft_to_attained_or_given_up():
    assert author_may(Status.DRAFT, Status.SUBMITTED)
    assert practice_may(Status.SUBMITTED, Status.ACCEPTED)
    assert practice_may(Status.ACCEPTED, Status.ACTIVE)
    assert practice_may(Status.CHANGED, Status.ACTIVE)
    assert practice_may(Status.ACTIVE, Status.ATTAINED)
    assert practice_may(Status.ACTIVE, Status.GIVEN_UP)


@pytest.mark.parametrize("status", [Status.ATTAINED, Status.GIVEN_UP])
def test_what_is_over_stays_as_it_is(status):
    assert not any(author_may(status, then) or practice_may(status, then) for then in Status)


def test_the_author_withdraws_until_it_is_accepted():
    may = {status for status in Status if author_may(status, Status.WITHDRAWN)}
    assert may == {Status.DRAFT, Status.SUBMITTED, Status.CHANGED, Status.TO_DISCUSS, Status.DECLINED}


def test_the_practice_never_touches_drafts_or_withdrawn_goals():
    assert not any(practice_may(now, then) for now in (Status.DRAFT, Status.WITHDRAWN) for then in Status)
    assert not any(practice_may(now, then) for now in Status for then in (Status.DRAFT, Status.WITHDRAWN))


@given(st.lists(st.tuples(st.booleans(), st.none() | st.integers(0, 10)), min_size=1, max_size=5))
def test_there_is_one_first_goal_and_the_persons_choice_wins(marks):
    goals = [draft(f"g{place}", first=first, importance=rank) for place, (first, rank) in enumerate(marks)]
    found = first_of(goals)
    assert found in goals
    assert found.first or not any(goal.first for goal in goals)


def test_without_a_choice_the_most_important_goal_is_first_and_then_the_one_said_first():
    assert first_of([draft("a", importance=3), draft("b", importance=9), draft("c", importance=9)]).key == "b"
    assert first_of([draft("a"), draft("b")]).key == "a"
    assert first_of([draft("a"), draft("b", importance=0)]).key == "b"
    assert first_of([]) is None


@pytest.mark.parametrize("decision", list(Decision))
@pytest.mark.parametrize("now", list(Status))
def test_a_decision_follows_the_allowed_steps(now, decision):
    reviewable = {Status.SUBMITTED, Status.ACCEPTED, Status.CHANGED, Status.TO_DISCUSS, Status.DECLINED}
    if now in reviewable:
        assert practice_may(now, review(now, decision, **GIVEN.get(decision, {})).status)
    else:
        with pytest.raises(TransitionRefused):
            review(now, decision, **GIVEN.get(decision, {}))


@pytest.mark.parametrize("blank", [None, "", "   ", "\n"])
def test_a_changed_wording_and_a_reason_to_decline_must_be_given(blank):
    with pytest.raises(Invalid):
        review(Status.SUBMITTED, Decision.CHANGE, wording=blank)
    with pytest.raises(Invalid):
        review(Status.SUBMITTED, Decision.DECLINE, reason=blank)


def test_there_are_twelve_areas_of_life_and_one_has_no_icf_code():
    assert len(AreaOfLife) == 12
    assert [area for area in AreaOfLife if not area.icf_codes] == [AreaOfLife.END_OF_LIFE]
    assert AreaOfLife.MEANING_FAITH.icf_codes == ("d930",)


def test_an_actor_has_any_of_the_duties_it_is_asked_for():
    both = Actor("a", frozenset({Duty.CLINICIAN, Duty.ADMINISTRATOR}), "p")
    assert both.has(Duty.ADMINISTRATOR)
    assert not both.has(Duty.SERVICE)
    assert not SERVICE.has(Duty.CLINICIAN, Duty.ADMINISTRATOR)
