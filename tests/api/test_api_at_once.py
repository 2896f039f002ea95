"""Many at once on one database: what one of them decides by is never what another is just changing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from careplan.errors import Conflict, Invalid
from careplan.people import SERVICE
from careplan.reviews import Decision

pytestmark = pytest.mark.postgresql_every_day
AT_ONCE = 6


def at_once(work, number=AT_ONCE):
    """What each of them gave back or raised."""

    def outcome(place):
        try:
            return work(place)
        except Exception as error:
            return error

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(outcome, range(number)))


def test_the_first_rows_of_the_audit_trail_are_a_chain_too(house):
    practices = at_once(lambda place: house.care_plan.create_practice(f"practice {place}"))
    assert len({str(each) for each in practices}) == AT_ONCE
    assert all(isinstance(each, str) for each in practices)
    assert house.care_plan.first_broken_audit_entry() is None


def test_one_login_is_given_once(house, practice):
    password = "correct horse battery staple"
    made = at_once(lambda _: house.care_plan.create_user(practice.id, "anna", password, name="Anna"))
    assert sum(isinstance(each, str) for each in made) == 1
    assert {each.code for each in made if not isinstance(each, str)} == {"taken"}
    assert all(isinstance(each, str | Invalid) for each in made)


def test_a_person_is_invited_many_times_at_once_and_is_one_person(house, practice):
    visit = house.care_plan.create_visit(practice.clinician, house.clock() + timedelta(hours=1)).id
    made = at_once(lambda _: house.care_plan.invite(practice.clinician, visit, "patient", "nl"))
    assert len({invitation.token for invitation in made}) == AT_ONCE
    assert [person.role for person in house.care_plan.visit_for(practice.clinician, visit).people] == ["patient"]


def test_one_request_sent_many_times_at_once_is_done_once(house, practice, goal, contribution):
    body = contribution(goal())
    put = house.care_plan.put_contribution
    answers = at_once(lambda _: put(SERVICE, practice.visit, "patient", body, key="one"))
    assert answers == [{"version": 1, "state": "submitted"}] * AT_ONCE


def test_different_requests_at_once_are_done_one_after_the_other(house, practice, goal, contribution):
    put, visit = house.care_plan.put_contribution, practice.visit
    answers = at_once(
        lambda place: put(SERVICE, visit, "patient", contribution(goal(words=f"{place}")), key=f"key {place}")
    )
    assert sorted(answer["version"] for answer in answers) == list(range(1, AT_ONCE + 1))
    assert len(house.care_plan.goals_for(practice.clinician, visit)) == 1


def test_of_clinicians_who_decide_at_once_the_first_one_does_and_the_others_are_told(
    house, practice, goal, contribution
):
    house.say(practice, contribution(goal()))
    (shown,) = house.care_plan.goals_for(practice.clinician, practice.visit)
    decide = house.care_plan.review_goal
    decided = at_once(lambda _: decide(practice.clinician, shown.id, shown.version, Decision.TO_DISCUSS.value))
    assert sum(not isinstance(each, Exception) for each in decided) == 1
    assert sum(isinstance(each, Conflict) for each in decided) == AT_ONCE - 1


def test_a_clinician_decides_while_the_author_changes_their_words(house, practice, goal, contribution):
    house.say(practice, contribution(goal()))
    (shown,) = house.care_plan.goals_for(practice.clinician, practice.visit)
    put, decide = house.care_plan.put_contribution, house.care_plan.review_goal

    def either(place):
        if place % 2:
            body = contribution(goal(words=f"anders {place}"))
            return put(SERVICE, practice.visit, "patient", body, key=f"change {place}")
        return decide(practice.clinician, shown.id, shown.version, Decision.ACCEPT.value)

    outcomes = at_once(either)
    refused = [each for each in outcomes if isinstance(each, Exception)]
    assert all(isinstance(each, Conflict) for each in refused)
    versions = house.care_plan.goal_versions_for(practice.clinician, shown.id)
    assert [each.version for each in versions] == list(range(1, len(versions) + 1))
    assert house.care_plan.first_broken_audit_entry() is None
