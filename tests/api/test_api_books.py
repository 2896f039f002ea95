"""Idempotency, errors, invitations, the audit trail and the migrations."""

import re
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from api.db import MIGRATIONS, upgrade
from api.db.tables import build_tables
from api.seeding import seed
from careplan.people import SERVICE
from records.database import create_engine
from records.keys import Keys

PREFIX = "/api/v1"


def test_the_same_request_with_the_same_key_gets_the_same_answer_once(house, practice, goal, contribution):
    path, key = f"{PREFIX}/visits/{practice.visit}/contributions/patient", house.key()
    body = contribution(goal())
    answers = [house.service().put(path, json=body, headers=key) for _ in range(3)]
    assert [answer.json() for answer in answers] == [{"version": 1, "state": "submitted"}] * 3
    flags, key = f"{PREFIX}/visits/{practice.visit}/flags", house.key()
    flag = {"category": "medical_emergency", "words": "x", "lang": "nl", "role": "patient"}
    assert len({house.service().post(flags, json=flag, headers=key).text for _ in range(3)}) == 1
    assert len(house.care_plan.flags_for(practice.clinician, practice.visit)) == 1


def test_a_turn_tried_again_later_is_the_same_request_though_more_minutes_passed(house, practice, goal, contribution):
    path, key = f"{PREFIX}/visits/{practice.visit}/contributions/patient", house.key()
    bodies = [contribution(goal(), minutes=minutes) for minutes in (9, 14)]
    answers = [house.service().put(path, json=body, headers=key) for body in bodies]
    assert [answer.json() for answer in answers] == [{"version": 1, "state": "submitted"}] * 2


def test_a_key_cannot_be_used_for_something_else(house, practice, goal, contribution):
    path, key = f"{PREFIX}/visits/{practice.visit}/contributions/patient", house.key()
    house.service().put(path, json=contribution(goal()), headers=key)
    others = [
        house.service().put(path, json=contribution(goal(words="anders")), headers=key),
        house.service().put(path.replace("patient", "caregiver"), json=contribution(goal()), headers=key),
        house.service().delete(path, headers=key),
    ]
    assert [(one.status_code, one.json()["error"]["code"]) for one in others] == [(409, "idempotency_conflict")] * 3


def test_a_refused_request_does_not_use_up_its_key(house, practice, goal, contribution):
    path, key = f"{PREFIX}/visits/{practice.visit}/contributions/patient", house.key()
    assert house.service().put(path, json=contribution(goal(level="x")), headers=key).status_code == 422
    assert house.service().put(path, json=contribution(goal()), headers=key).status_code == 200


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb"])
def test_a_write_needs_a_usable_key(house, practice, contribution, key):
    path = f"{PREFIX}/visits/{practice.visit}/contributions/patient"
    answer = house.service().put(path, json=contribution(), headers={"Idempotency-Key": key} if key else {})
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "Idempotency-Key")


def test_a_late_replay_does_not_bring_back_what_was_deleted(house, practice, goal, contribution):
    path, key = f"{PREFIX}/visits/{practice.visit}/contributions/patient", house.key()
    body = contribution(goal())
    house.service().put(path, json=body, headers=key)
    house.service().delete(path, headers=house.key())
    assert house.service().put(path, json=body, headers=key).status_code == 200
    assert house.care_plan.goals_for(practice.clinician, practice.visit) == ()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("GET", "/", 404), ("PATCH", "/visits", 405), ("GET", "/visits?day=gisteren", 422)],
)
def test_every_error_has_the_same_shape(house, practice, method, path, status):
    answer = house.browser(practice.logins["clinician"]).request(method, PREFIX + path)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"code", "message", "field"}
    assert answer.headers["cache-control"] == "no-store"
    assert "gisteren" not in answer.text


def test_a_contribution_may_be_large_but_not_endless(house, practice, goal, contribution):
    path = f"{PREFIX}/visits/{practice.visit}/contributions/patient"
    large = contribution(*[goal(f"g{number}", words="w" * 10_000) for number in range(20)])
    assert house.service().put(path, json=large, headers=house.key()).status_code == 200
    body = b'{"language": "' + b"x" * 1024 * 1024
    headers = house.key() | {"Content-Type": "application/json"}
    assert house.service().put(path, content=body, headers=headers).status_code == 413
    chunks = house.service().put(path, content=(b"x" * 65536 for _ in range(20)), headers=headers)
    assert (chunks.status_code, chunks.json()["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("time", "status"), [("2026-11-22T10:00:00+01:00", 201), ("2026-11-22T10:00:00", 422), ("soon", 422)]
)
def test_a_visit_has_a_time_with_its_zone(house, practice, time, status):
    answer = house.browser(practice.logins["clinician"]).post(f"{PREFIX}/visits", json={"time": time})
    assert answer.status_code == status


def test_visits_of_a_day_come_by_time_in_the_practices_day(house, practice):
    browser = house.browser(practice.logins["clinician"])
    for time in ("2026-11-23T00:30:00+01:00", "2026-11-22T23:59:00+01:00", "2026-11-22T00:00:00+01:00"):
        browser.post(f"{PREFIX}/visits", json={"time": time})
    listed = browser.get(f"{PREFIX}/visits?day=2026-11-22").json()["visits"]
    assert [visit["time"][8:16] for visit in listed] == ["22T00:00", "22T10:00", "22T23:59"]
    assert browser.get(f"{PREFIX}/visits").json()["visits"] == listed
    assert [person["language"] for person in listed[1]["people"]] == ["nl", "ar"]


def test_an_invitation_is_found_by_its_token_and_by_its_code_as_people_type_it(house, practice):
    made = house.browser(practice.logins["clinician"]).post(
        f"{PREFIX}/visits/{practice.visit}/invitations", json={"role": "caregiver", "language": "fr"}
    )
    assert made.status_code == 201
    token, code = made.json()["token"], made.json()["code"]
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", token)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", code)
    typed = [code, code.lower(), code.replace("-", " "), code.replace("0", "o").replace("1", "l"), f" {code} "]
    found = [house.care_plan.resolve_invitation(token=token)]
    found += [house.care_plan.resolve_invitation(code=one) for one in typed]
    assert [(one.visit, one.role, one.language) for one in found if one] == [(practice.visit, "caregiver", "fr")] * 6


@pytest.mark.parametrize(
    "given", [{"token": "x" * 22}, {"token": ""}, {"code": "AAAAA-AAAAA"}, {"code": "\x00"}, {"code": "é" * 10}, {}]
)
def test_what_is_no_invitation_is_not_found(house, practice, given):
    assert house.care_plan.resolve_invitation(**given) is None


def test_an_invitation_ends_a_day_after_the_visit(house, practice):
    house.clock.move(hours=24, minutes=59)
    assert house.care_plan.resolve_invitation(token=practice.patient_token)
    house.clock.move(minutes=1)
    assert house.care_plan.resolve_invitation(token=practice.patient_token) is None
    assert house.care_plan.resolve_invitation(code=practice.patient_code) is None


@pytest.mark.parametrize("body", [{"role": "doctor", "language": "nl"}, {"role": "patient", "language": "../nl"}])
def test_an_invitation_needs_a_role_and_a_language(house, practice, body):
    browser = house.browser(practice.logins["clinician"])
    assert browser.post(f"{PREFIX}/visits/{practice.visit}/invitations", json=body).status_code == 422


def test_reading_leaves_a_trace_that_only_administrators_read(house, practice, make_practice):
    make_practice("zuid")
    clinician = house.browser(practice.logins["clinician"])
    for path in ("", "/goals", "/transcript", "/flags"):
        clinician.get(f"{PREFIX}/visits/{practice.visit}{path}")
    administrator = house.browser(practice.logins["administrator"])
    entries = administrator.get(f"{PREFIX}/audit").json()["entries"]
    read = [entry["action"] for entry in entries if entry["actor"] == practice.clinician.id]
    assert read[:4] == ["read_flags", "read_transcript", "read_goals", "read_visit"]
    assert {entry["subject"] for entry in entries if entry["action"] == "read_goals"} == {practice.visit}
    everybody = {entry["actor"] for entry in entries}
    assert everybody == {practice.clinician.id, practice.administrator.id, "command line"}
    older = administrator.get(f"{PREFIX}/audit?before={entries[2]['seq']}&limit=2").json()["entries"]
    assert older == entries[3:5]


def test_a_refused_reading_leaves_no_trace_of_a_reading(house, practice, make_practice):
    other = make_practice("zuid")
    house.browser(other.logins["clinician"]).get(f"{PREFIX}/visits/{practice.visit}")
    entries = house.browser(other.logins["administrator"]).get(f"{PREFIX}/audit").json()["entries"]
    assert "read_visit" not in {entry["action"] for entry in entries}


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit SET actor = 'somebody' WHERE seq = 3",
        "UPDATE audit SET at = '2020-01-01 00:00:00' WHERE seq = 3",
        "UPDATE audit SET hash = 'x' WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit WHERE seq >= 3",
        "DELETE FROM audit_head",
        "INSERT INTO audit SELECT seq + 100, at, actor, practice, action, subject, key_id, hash FROM audit",
    ],
)
def test_a_changed_audit_trail_is_found(house, practice, tampering):
    assert house.care_plan.first_broken_audit_entry() is None
    with house.engine.begin() as connection:
        connection.exec_driver_sql(tampering)
    assert house.care_plan.first_broken_audit_entry() is not None


def test_the_migrations_give_the_tables_of_the_code(database_url):
    engine = create_engine(database_url)
    upgrade(engine)
    with engine.connect() as connection:
        options = {"version_table": MIGRATIONS.version_table, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, build_tables(Keys((("k1", bytes(32)),))).metadata) == []
    engine.dispose()


def test_the_demonstration_has_visits_today_in_several_languages(house):
    demo = seed(house.care_plan, 6, now=house.clock())
    actor = house.care_plan.actor_for(house.care_plan.sign_in(demo.login, demo.password))
    visits = house.care_plan.visits_for(actor, date(2026, 11, 22))
    assert [visit.people[0].language for visit in visits] == ["nl", "fr", "en", "ar", "nl", "fr"]
    assert [visit.id for visit in visits] == [invitation.visit for invitation in demo.patients]
    assert house.care_plan.resolve_invitation(token=demo.caregivers[3].token).language == "ar"
    body = {"language": "nl", "state": "submitted"}
    assert house.care_plan.put_contribution(SERVICE, visits[0].id, "patient", body, key="a")["version"] == 1
