"""The team of an earlier visit is taken over in one request: whole, nobody twice, nobody who was taken off."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_api_at_once import at_once

from api.desk.service import Desk as Practice
from api.teamwork.service import Teamwork
from careplan.errors import NotFound

PREFIX = "/api/v1"
PEOPLE = [("home_nurse", "An Peeters"), ("pharmacist", "Bea Claes"), ("volunteer", "Jo"), ("volunteer", "An Peeters")]


class Patient:
    """A patient with one visit in an hour and others before it."""

    def __init__(self, house, practice):
        self.house, self.practice, self.visit = house, practice, practice.visit
        self.teamwork, self.actor = Teamwork(house.care_plan.books), practice.clinician

    def before(self, days, *people, reference=None):
        """An earlier visit with this team."""
        at, whose = self.house.clock() - timedelta(days=days), reference or self.practice.reference
        visit = self.house.care_plan.create_visit(self.actor, at, reference=whose).id
        for role, name in people:
            self.join(visit, role, name)
        return visit

    def join(self, visit, role, name, **more):
        self.house.clock.move(minutes=0.001)
        return self.teamwork.add_member(self.actor, visit, role, name=name, **more).id

    def team(self, visit=None):
        team = self.teamwork.team_for(self.actor, visit or self.visit)
        return [(one.role, one.name) for one in team if one.present]

    def offer(self):
        try:
            return self.teamwork.earlier_team_for(self.actor, self.visit)
        except NotFound:
            return None

    def take_over(self, earlier):
        return self.teamwork.take_over_team(self.actor, self.visit, earlier)


@pytest.fixture
def desk(house, practice):
    return Patient(house, practice)


def test_everybody_joins_with_role_and_organisation_as_a_record_of_their_own(desk):
    earlier = desk.before(30, *PEOPLE[:2])
    desk.join(earlier, "public_welfare", "Cem Kaya", organisation="OCMW Noord")
    browser, path = desk.house.browser(desk.practice.logins["clinician"]), f"{PREFIX}/visits/{desk.visit}/team/earlier"
    offered = browser.get(path).json()
    assert (offered["visit"], offered["time"]) == (earlier, "2026-10-23T10:00:00+02:00")
    answer = browser.post(path, json={"visit": earlier})
    assert answer.status_code == 201
    joined = answer.json()["members"]
    plain = [(one["role"], one["name"], one["organisation"]) for one in joined]
    assert plain == [*((role, name, None) for role, name in PEOPLE[:2]), ("public_welfare", "Cem Kaya", "OCMW Noord")]
    assert {one["visit"] for one in joined} == {desk.visit}
    assert not {one["id"] for one in joined} & {one["id"] for one in offered["members"]}
    assert sorted(desk.team()) == sorted(desk.team(earlier))
    administrator = desk.house.browser(desk.practice.logins["administrator"])
    trail = administrator.get(f"{PREFIX}/audit").json()["entries"]
    added = ("add_team_member", desk.visit, desk.actor.id)
    on_record = [(one["action"], one["subject"], one["actor"]) for one in trail]
    assert on_record.count(added) == 3
    assert ("read_team", earlier, desk.actor.id) in on_record
    assert browser.get(path).status_code == 404


def test_done_twice_adds_nobody(desk):
    earlier = desk.before(30, *PEOPLE)
    assert len(desk.take_over(earlier)) == 4
    assert desk.take_over(earlier) == ()
    assert sorted(desk.team()) == sorted(PEOPLE)


def test_who_is_here_already_is_not_put_on_the_team_again(desk):
    earlier = desk.before(30, *PEOPLE[:2], PEOPLE[0])
    desk.join(earlier, "general_practitioner", None, user=desk.actor.id)
    desk.join(desk.visit, "home_nurse", " an  PEETERS ")
    desk.join(desk.visit, "specialist", None, user=desk.actor.id)
    assert [one.name for one in desk.offer().members] == ["Bea Claes"]
    assert [one.name for one in desk.take_over(earlier)] == ["Bea Claes"]


def test_who_was_taken_off_a_team_stays_out(desk):
    earlier = desk.before(30, *PEOPLE[:3])
    desk.teamwork.remove_member(desk.actor, desk.teamwork.team_for(desk.actor, earlier)[0].id)
    between = desk.before(20, PEOPLE[1])
    desk.teamwork.remove_member(desk.actor, desk.teamwork.team_for(desk.actor, between)[0].id)
    assert [one.name for one in desk.offer().members] == ["Jo"]
    (joined,) = desk.take_over(earlier)
    desk.teamwork.remove_member(desk.actor, joined.id)
    assert desk.offer() is None


def test_a_colleague_who_left_the_practice_stays_out_and_another_has_the_name_of_today(desk):
    care_plan, password = desk.house.care_plan, "quite a long password"
    ids = [care_plan.create_user(desk.practice.id, login, password, name=login) for login in ("gone", "here")]
    earlier = desk.before(30)
    for user in ids:
        desk.join(earlier, "practice_nurse", None, user=user)
    Practice(care_plan.books).close_user(desk.practice.administrator, ids[0])
    assert [(one.name, one.user) for one in desk.take_over(earlier)] == [("here", ids[1])]


def test_only_the_last_team_of_the_same_patient_before_this_visit_is_offered(desk, make_practice):
    assert desk.offer() is None
    desk.before(40, PEOPLE[0])
    last = desk.before(30, PEOPLE[1])
    desk.before(20)  # without a team
    stranger = desk.before(10, PEOPLE[2], reference="somebody else")
    later = desk.before(-10, PEOPLE[3])
    zuid = make_practice("zuid")
    foreign = desk.house.care_plan.create_visit(
        zuid.clinician, desk.house.clock() - timedelta(days=5), reference=desk.practice.reference
    ).id
    desk.teamwork.add_member(zuid.clinician, foreign, "volunteer", name="Zoë")
    offered = desk.offer()
    assert (offered.visit, [one.name for one in offered.members]) == (last, ["Bea Claes"])
    browser = desk.house.browser(desk.practice.logins["clinician"])
    for other in (stranger, later, foreign, desk.visit, "0" * 32, "x"):
        answer = browser.post(f"{PREFIX}/visits/{desk.visit}/team/earlier", json={"visit": other})
        assert (answer.status_code, answer.json()["error"]["field"]) == (422, "visit")
    assert desk.team() == []


@pytest.mark.postgresql_every_day
def test_of_many_presses_at_once_one_takes_the_team_over(desk):
    earlier = desk.before(30, *PEOPLE)
    joined = at_once(lambda _: desk.take_over(earlier))
    assert sorted(len(each) for each in joined) == [0, 0, 0, 0, 0, 4]
    assert sorted(desk.team()) == sorted(PEOPLE)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    then=st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=6), now=st.lists(st.sampled_from(PEOPLE), max_size=3)
)
def test_whoever_was_where_all_are_there_and_each_once(desk, then, now):
    desk.practice.reference = f"patient {desk.house.key()}"
    at = desk.house.clock()
    desk.visit = desk.house.care_plan.create_visit(desk.actor, at, reference=desk.practice.reference).id
    earlier = desk.before(30, *then)
    for role, name in set(now):
        desk.join(desk.visit, role, name)
    desk.take_over(earlier)
    assert sorted(desk.team()) == sorted({*then, *now})
