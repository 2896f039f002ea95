"""What a clinician adds counts once per key, however often and however fast it is sent; different things stay two."""

import pytest
from test_api_at_once import AT_ONCE, at_once
from test_api_teamwork import LEVELS, PREFIX, desk, error  # noqa: F401  # a fixture

from api.care_plan import CarePlan
from api.teamwork.service import Teamwork
from careplan.errors import KeyReused
from records.keys import Keys
from tests.cheap import cheap_passwords

KEY = "a key of this browser"
CONSENT = {"by": "patient", "how": "written", "on": "2026-11-22"}
ADDING = {
    "member": ("visits/{visit}/team", {"role": "volunteer", "name": "Jo", "organisation": None}),
    "task": ("goals/{goal}/tasks", {"member": "{member}", "what": "Mee oefenen", "added_value": None}),
    "score": ("goals/{goal}/scaling/scores", {"level": 1, "scored_by": "patient", "note": "samen"}),
    "note": ("visits/{visit}/notes", {"role": "patient", "text": "Tot dinsdag", "lang": "nl"}),
    "share": ("visits/{visit}/shares", {"organisation": "Zorg", "goals": ["{goal}"], "consent": CONSENT, "days": 7}),
}
"""Path and body."""
OTHERWISE = {"member": "name", "task": "what", "score": "note", "note": "text", "share": "organisation"}
"""The field in which another request differs."""


class Adding:
    """A clinician who adds to a visit with a team and levels."""

    def __init__(self, desk):  # noqa: F811  # the fixture's value
        self.desk, self.teamwork = desk, Teamwork(desk.house.care_plan.books)
        self.actor = desk.practice.clinician
        desk.put(f"/goals/{desk.goal}/scaling", {"levels": LEVELS}, seen=0)
        self.names = {"visit": desk.visit, "goal": desk.goal, "member": desk.member()["id"]}

    def add(self, kind, key=KEY, browser=None, **changes):
        path, body = ADDING[kind]
        if kind == "task":
            body = body | {"member": self.names["member"]}
        if kind == "share":
            body = body | {"goals": [self.names["goal"]]}
        headers = {"If-Match": '"1"'} | ({} if key is None else {"Idempotency-Key": key})
        path = f"{PREFIX}/{path.format(**self.names)}"
        return (browser or self.desk.browser).post(path, json=body | changes, headers=headers)

    def added(self, kind):
        """How many of these there are; one stood on the team before."""
        report, visit = self.teamwork.report_for(self.actor, self.desk.visit), self.desk.visit
        followed = next(one for one in report.goals if one.goal.id == self.desk.goal)
        return {
            "member": len(report.team) - 1,
            "task": len(followed.tasks),
            "score": len(followed.scaling.scores),
            "note": len(report.notes),
            "share": len(self.teamwork.shares_for(self.actor, visit)),
        }[kind]

    def on_record(self):
        """What was written, not what was read."""
        trail = self.desk.house.care_plan.audit_for(self.desk.practice.administrator)
        return [entry.action for entry in trail if not entry.action.startswith(("read_", "report_"))]


@pytest.fixture
def adding(desk):  # noqa: F811  # the fixture's value
    return Adding(desk)


@pytest.mark.parametrize("kind", ADDING)
def test_sent_again_it_gets_the_same_answer_and_is_there_and_on_record_once(adding, kind):
    first, on_record = adding.add(kind), adding.on_record()
    assert first.status_code == 201
    adding.desk.house.clock.move(minutes=3)
    again = adding.add(kind)
    assert (again.status_code, again.json()) == (201, first.json())
    assert adding.added(kind) == 1
    assert adding.on_record() == on_record


def test_under_another_key_or_under_none_the_same_thing_is_added_once_more(adding):
    for kind in ADDING:
        answers = [adding.add(kind, key) for key in (kind, f"another {kind}", None, None)]
        assert [answer.status_code for answer in answers] == [201] * 4
    assert {kind: adding.added(kind) for kind in ADDING} == dict.fromkeys(ADDING, 4)


@pytest.mark.parametrize("kind", ADDING)
def test_something_else_under_the_same_key_is_refused_and_said(adding, kind):
    adding.add(kind)
    other = adding.add(kind, **{OTHERWISE[kind]: "Iets anders"})
    assert (other.status_code, error(other)["code"]) == (409, "idempotency_conflict")
    assert adding.added(kind) == 1


@pytest.mark.postgresql_every_day
def test_sent_many_times_at_once_it_is_added_once(adding):
    for kind in ADDING:
        answers = at_once(lambda _, kind=kind: adding.add(kind, kind))
        assert [answer.status_code for answer in answers] == [201] * AT_ONCE
        assert len({answer.text for answer in answers}) == 1
    assert {kind: adding.added(kind) for kind in ADDING} == dict.fromkeys(ADDING, 1)
    assert adding.desk.house.care_plan.first_broken_audit_entry() is None


@pytest.mark.postgresql_every_day
def test_different_things_at_once_are_all_added(adding):
    answers = at_once(lambda place: adding.add("note", f"key {place}", text=f"Nota {place}"))
    assert [answer.status_code for answer in answers] == [201] * AT_ONCE
    assert adding.added("note") == AT_ONCE


def test_what_was_refused_does_not_use_up_its_key(adding):
    assert adding.add("task", what=" ").status_code == 422
    assert adding.add("task").status_code == 201
    assert adding.added("task") == 1


@pytest.mark.parametrize(("key", "code"), [("", "missing"), ("x" * 201, "value"), ("a\tb", "value")])
def test_a_key_that_is_none_is_refused(adding, key, code):
    answer = adding.add("note", key)
    assert (answer.status_code, error(answer)["field"], error(answer)["code"]) == (422, "Idempotency-Key", code)
    assert adding.added("note") == 0


def test_everybody_has_keys_of_their_own(adding):
    house, practice = adding.desk.house, adding.desk.practice
    house.care_plan.create_user(practice.id, "bea", "correct horse battery staple", name="Bea")
    assert adding.add("note").status_code == 201
    assert adding.add("note", browser=house.browser("bea"), text="Van Bea").status_code == 201
    assert adding.added("note") == 2


def test_what_stands_now_is_the_answer_also_when_it_was_changed_in_between(adding):
    task = adding.add("task").json()
    changed = {"member": task["member"], "what": "Anders", "state": "doing"}
    assert adding.desk.put(f"/tasks/{task['id']}", changed, seen=1).status_code == 200
    again = adding.add("task")
    assert (again.json()["version"], again.json()["what"], again.headers["etag"]) == (2, "Anders", '"2"')
    adding.add("score", "next")
    assert adding.desk.put(f"/goals/{adding.desk.goal}/scaling", {"levels": LEVELS}, seen=1).status_code == 200
    assert adding.add("score", "next").json()["version"] == 2
    assert adding.added("score") == 1


def test_a_goal_that_is_no_longer_shown_is_not_shown_by_an_old_key_either(adding, goal, contribution):
    adding.add("task")
    adding.desk.house.say(adding.desk.practice, contribution(goal("g2", words="Beter slapen.")))
    assert adding.add("task").status_code == 404


def test_a_note_that_its_reader_erased_does_not_come_back(adding):
    adding.add("note")
    path = f"{PREFIX}/visits/{adding.desk.visit}/contributions/patient"
    adding.desk.house.service().delete(path, headers=adding.desk.house.key())
    assert adding.add("note").status_code == 404


def test_the_link_that_comes_again_opens_and_one_that_was_taken_back_does_not_come_again(adding):
    made = adding.add("share").json()
    token = made["path"].removeprefix("/shared/")
    adding.add("share")
    assert adding.teamwork.open_share(token).organisation == "Zorg"
    adding.teamwork.revoke_share(adding.actor, made["id"])
    assert error(adding.add("share"))["code"] == "idempotency_conflict"
    ended = adding.add("share", "next", days=7).json()
    adding.desk.house.clock.move(days=8)
    browser = adding.desk.house.browser(adding.desk.practice.logins["clinician"])
    assert adding.add("share", "next", browser=browser, days=7).status_code == 409
    assert ended["path"] != made["path"]


def test_a_new_secret_changes_no_link_that_was_given(adding):
    house, actor, visit = adding.desk.house, adding.actor, adding.desk.visit
    made = adding.add("share").json()
    newest = Keys((("k9", b"9" * 32), *house.keys.roots))
    books = CarePlan(house.engine, newest, passwords=cheap_passwords(), now=house.clock).books

    def share(teamwork):
        return teamwork.share(
            actor, visit, organisation="Zorg", goals=[adding.desk.goal], consent_by="patient", consent_how="written",
            consent_on=house.clock().date(), days=7, key=KEY,
        )  # fmt: skip

    assert f"/shared/{share(Teamwork(books)).token}" == made["path"]
    only_newest = CarePlan(house.engine, Keys(newest.roots[:1]), passwords=cheap_passwords(), now=house.clock).books
    with pytest.raises(KeyReused):
        share(Teamwork(only_newest))


def test_a_visit_made_again_under_its_key_is_the_same_visit_and_on_record_once(desk):  # noqa: F811  # the fixture's value
    def make(name, key=KEY):
        body = {"time": "2027-01-11T10:00:00+01:00", "name": name}
        return desk.browser.post(f"{PREFIX}/visits", json=body, headers={"Idempotency-Key": key})

    first, again = make("An"), make("An")
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert make("Jef").status_code == 409
    assert make("An", "another key").json()["id"] != first.json()["id"]
    trail = desk.house.care_plan.audit_for(desk.practice.administrator)
    assert [entry.action for entry in trail if entry.subject == first.json()["id"]].count("create_visit") == 1
