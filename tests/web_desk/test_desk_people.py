"""Users, safer sign-in, the practice's settings, the log and the report."""

import re

from api.second_factor import STEP_SECONDS, _code

NEW = {"user_name": "Bo", "login": "bo", "password": "another long password", "language": "fr", "clinician": "1"}


def user_id(house, login: str) -> str:
    return next(user.id for user in house.desk.users_for(house.actor()) if user.login == login)


def sign_in(house, login: str, password: str, code: str = "") -> int:
    form = {"login": login, "password": password, "code": code}
    return house.browser(None).post("/clinician/sign-in", data=form).status_code


def test_a_user_is_added_gets_a_new_password_leaves_and_comes_back(house):
    browser = house.browser()
    assert browser.post("/clinician/desk/users", data=NEW).status_code == 303
    assert sign_in(house, "bo", NEW["password"]) == 303
    path = f"/clinician/desk/users/{user_id(house, 'bo')}"
    browser.post(path, data={"action": "password", "password": "a completely new one"})
    assert sign_in(house, "bo", NEW["password"]) == 401
    assert sign_in(house, "bo", "a completely new one") == 303
    browser.post(path, data={"action": "close"})
    assert sign_in(house, "bo", "a completely new one") == 401
    browser.post(path, data={"action": "reopen"})
    assert sign_in(house, "bo", "a completely new one") == 303


def test_who_leaves_is_signed_out_at_once(house):
    anna = house.browser("anna")
    assert anna.get("/clinician/desk").status_code == 200
    house.browser().post(f"/clinician/desk/users/{user_id(house, 'anna')}", data={"action": "close"})
    assert anna.get("/clinician/desk").status_code == 303


def test_a_practice_keeps_an_administrator(house):
    browser = house.browser()
    path = f"/clinician/desk/users/{user_id(house, 'desk')}"
    for form in ({"action": "close"}, {"action": "duties", "clinician": "1"}):
        answer = browser.post(path, data=form)
        assert answer.status_code == 422
        assert "at least one administrator" in answer.text


def test_a_wrong_new_user_is_told_at_the_field_and_nothing_typed_is_lost_but_the_password(house):
    browser = house.browser()
    for changes, field in (
        ({"password": "short"}, "password"),
        ({"login": "anna"}, "login"),
        ({"clinician": ""}, "duties"),
    ):
        answer = browser.post("/clinician/desk/users", data={**NEW, **changes})
        assert answer.status_code == 422
        assert f'<a href="#{field}">' in answer.text
        assert 'value="Bo"' in answer.text
        assert NEW["password"] not in answer.text


def test_safer_sign_in_begins_only_with_a_code_of_the_app(house):
    anna = house.browser("anna")
    page = anna.get("/clinician/desk/second-factor").text
    secret = re.search(r'name="secret" value="(\w+)"', page)[1]
    wrong = anna.post("/clinician/desk/second-factor", data={"secret": secret, "code": "000000"})
    assert wrong.status_code == 422
    assert secret in wrong.text
    step = int(house.clock().timestamp()) // STEP_SECONDS
    assert anna.post("/clinician/desk/second-factor", data={"secret": secret, "code": _code(secret, step)}).is_success
    password = "a password of some length"
    assert sign_in(house, "anna", password) == 401
    assert sign_in(house, "anna", password, _code(secret, step)) == 401  # a code opens once
    assert sign_in(house, "anna", password, _code(secret, step + 1)) == 303


def test_the_settings_of_the_practice_are_kept_and_checked(house):
    browser = house.browser()
    assert browser.post("/clinician/desk/practice", data={"zone": "Gent", "days": "365"}).status_code == 303
    assert house.desk.practice_settings(house.actor()) == ("Gent", 365)
    for days in ("5", "-1", "x", "99999", "٣٦٥"):
        answer = browser.post("/clinician/desk/practice", data={"zone": "Gent", "days": days})
        assert answer.status_code == 422
        assert f'value="{days}"' in answer.text
    assert house.desk.practice_settings(house.actor()) == ("Gent", 365)


def test_the_log_tells_who_read_which_visit(house):
    visit = house.care_plan.create_visit(house.actor(), house.clock()).id
    other = house.care_plan.create_visit(house.actor(), house.clock()).id
    house.care_plan.visit_for(house.actor("anna"), visit)
    page = house.browser().get(f"/clinician/desk/log?visit={visit}").text
    assert re.search(r"Anna</bdi></td><td>\s*read the visit", page)
    assert f"visit={other}" not in page


def test_the_log_names_in_words_what_acted_where_it_was_no_user(house):
    browser = house.browser()
    assert re.search(
        r"Somebody at the command line</td><td>\s*made the practice", browser.get("/clinician/desk/log").text
    )
    browser.cookies.set("voorop_clinician_language", "ar")
    page = browser.get("/clinician/desk/log").text
    assert "شخص عبر سطر الأوامر" in page
    assert not re.search("[\u0600-\u06ff], ", page)  # Arabic writes another comma


def test_a_long_log_is_read_page_by_page(house):
    for _ in range(120):
        house.care_plan.create_visit(house.actor("anna"), house.clock())
    browser = house.browser()
    older = re.search(r'href="(/clinician/desk/log\?before=\d+)"', browser.get("/clinician/desk/log").text)[1]
    assert "made the practice" in browser.get(re.search(r'href="([^"]*before=\d+)"', browser.get(older).text)[1]).text


def test_a_report_counts_without_names_and_its_file_runs_nothing(house):
    for hour in range(6):
        house.browser().post(
            "/clinician/desk/visits",
            data={"day": "2026-11-23", "time": f"{9 + hour}:00", "patient_language": "nl", "name": "=1+1"},
        )
    for visit in house.care_plan.visits_for(house.actor("anna")):
        goal = {"key": "g", "words": "x", "lang": "nl", "level": "functional", "shared": True, "domain": "home_life"}
        house.say(visit.id, {"language": "nl", "state": "submitted", "minutes": 9, "goals": [goal]})
    browser = house.browser()
    rows = [line.split(",") for line in browser.get("/clinician/desk/report.csv").text.split("\r\n")]
    assert ["inputs", "invited", "patient", "6"] in rows
    assert ["outputs", "areas", "home_life", "6"] in rows
    assert ["outputs", "minutes", "median", "9"] in rows
    assert all(cell[:1] not in "=+-@" for row in rows for cell in row if cell)
    page = browser.get("/clinician/desk/report").text
    assert "=1+1" not in page
    assert "Life at home" in page


def test_a_small_practice_sees_no_small_number(house):
    house.browser().post("/clinician/desk/visits", data={"day": "2026-11-23", "time": "9:00", "patient_language": "ar"})
    rows = house.browser().get("/clinician/desk/report.csv").text.split("\r\n")[1:]
    assert {row.rsplit(",", 1)[1] for row in rows if row} == {"<5"}


def test_a_report_of_a_zone_needs_a_zone_and_a_period_its_order(house):
    browser = house.browser()
    assert browser.get("/clinician/desk/report?scope=zone").status_code == 422
    assert browser.get("/clinician/desk/report?from=2026-02-01&to=2026-01-01").status_code == 422
    browser.post("/clinician/desk/practice", data={"zone": "Gent", "days": ""})
    empty = browser.get("/clinician/desk/report?scope=zone")
    assert empty.status_code == 200
    assert "nothing yet" in empty.text
