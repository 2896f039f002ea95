"""The desk makes visits by form and from a list, hands out invitations, and ends them."""

import html
import re

import pytest

DAY = "2026-11-23"
VISIT = {
    "day": DAY,
    "time": "9:20",
    "patient_language": "ar",
    "caregiver_language": "fr",
    "name": "Ali",
    "reference": "12",
}
HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}"


def slips(text: str) -> list[tuple[str, str]]:
    """Language and text of every slip on a page."""
    return re.findall(r'<article class="slip" lang="(\w+)".*?>(.*?)</article>', text, re.S)


def test_a_visit_made_at_the_desk_gives_a_slip_for_everybody_in_their_language(house):
    answer = house.browser().post("/clinician/desk/visits", data=VISIT)
    assert answer.status_code == 200
    assert [language for language, _ in slips(answer.text)] == ["ar", "fr"]
    for _, slip in slips(answer.text):
        token = re.search(r"http://127\.0\.0\.1:8000/#([\w-]{22})", slip)[1]
        code = re.search(r">(\w{5}-\w{5})<", slip)[1]
        short = re.search(r">(\d{4} \d{4})<", slip)[1]
        by_token, by_code = (
            house.care_plan.resolve_invitation(token=token),
            house.care_plan.resolve_invitation(code=code),
        )
        assert by_token == by_code
        tablet = house.desk.tablet_of(house.desk.enrol_tablet(house.actor(), "window"))
        assert house.desk.invitation_on(tablet, short) == by_token
        assert "<svg" in slip


def test_the_list_of_the_day_shows_names_and_how_far_people_are_but_no_words(house):
    browser = house.browser()
    browser.post("/clinician/desk/visits", data=VISIT)
    visit = house.care_plan.visits_for(house.actor())[0].id
    goal = {"key": "g", "words": "Weer dansen", "lang": "nl", "level": "functional", "shared": True}
    house.say(visit, {"language": "nl", "state": "submitted", "goals": [goal]})
    page = browser.get("/clinician/desk").text
    assert "Ali" in page
    assert "finished" in page
    for path in ("", f"/visits/{visit}", "/log", "/report", f"/log?visit={visit}"):
        assert "dansen" not in browser.get(f"/clinician/desk{path}").text


def test_what_is_wrong_is_told_above_and_at_its_field_and_everything_typed_stays(house):
    answer = house.browser().post("/clinician/desk/visits", data={**VISIT, "day": "tomorrow", "name": HOSTILE})
    assert answer.status_code == 422
    assert '<a href="#day">' in answer.text
    assert 'id="day-problem"' in answer.text
    assert 'value="tomorrow"' in answer.text
    assert html.escape(HOSTILE, quote=False).replace('"', "&#34;").replace("'", "&#39;") in answer.text
    assert "<script>alert" not in answer.text
    assert house.care_plan.visits_for(house.actor()) == ()


def send_list(browser, text: str):
    return browser.post("/clinician/desk/list", files={"file": ("list.csv", text.encode())}, data={"text": ""})


def test_a_list_becomes_visits_all_at_once_and_only_once(house):
    browser = house.browser()
    text = f"day;time;patient_language;name;reference\n{DAY};10:20;nl;Jos;7\n23/11/2026;11:00;fr;;99\n"
    assert len(slips(send_list(browser, text).text)) == 2
    again = send_list(browser, text)
    assert again.status_code == 422
    assert again.text.count('<a href="#text">') == 2
    assert "7\n23/11/2026" in again.text.replace("\r", "")  # what was sent is there to be mended
    assert len(house.care_plan.visits_for(house.actor())) == 2


def test_one_wrong_row_takes_nothing_over(house):
    answer = send_list(house.browser(), f"day;time;patient_language\n{DAY};10:20;nl\n{DAY};10:40;xx\n")
    assert answer.status_code == 422
    assert "Row 3" in answer.text
    assert house.care_plan.visits_for(house.actor()) == ()


def test_pasted_lines_and_too_large_files(house):
    browser = house.browser()
    pasted = browser.post(
        "/clinician/desk/list",
        files={"file": ("", b"")},
        data={"text": f"time,patient_language\r\n{DAY} 9:00,en\r\n"},
    )
    assert len(slips(pasted.text)) == 1
    assert send_list(browser, "x" * (1024 * 1024 + 1)).status_code == 422


def key_in(text: str) -> str:
    return re.search(r'name="once" value="(\w+)"', text)[1]


def test_a_form_sent_twice_makes_one_visit_and_both_answers_hold_invitations_that_open(house):
    browser = house.browser()
    sent = VISIT | {"reference": "", "once": key_in(browser.get("/clinician/desk/visits").text)}
    tokens = [
        token
        for _ in range(2)
        for token in re.findall(r"/#([\w-]{22})", browser.post("/clinician/desk/visits", data=sent).text)
    ]
    (visit,) = house.care_plan.visits_for(house.actor())
    assert {house.care_plan.resolve_invitation(token=token).visit for token in tokens} == {visit.id}
    assert len({house.care_plan.resolve_invitation(token=token).id for token in tokens}) == 4


def test_a_list_sent_twice_makes_its_visits_once(house):
    browser = house.browser()
    key = key_in(browser.get("/clinician/desk/list").text)
    sent = {"files": {"file": ("", b"")}, "data": {"once": key, "text": f"time,patient_language\n{DAY} 9:00,en\n"}}
    assert [len(slips(browser.post("/clinician/desk/list", **sent).text)) for _ in range(2)] == [1, 1]
    assert len(house.care_plan.visits_for(house.actor())) == 1


@pytest.mark.parametrize("path", ["visits", "list"])
def test_a_form_changed_and_sent_again_says_what_was_saved_and_takes_it_when_sent_once_more(house, path):
    browser, where = house.browser(), f"/clinician/desk/{path}"

    def send(key, time):
        if path == "visits":
            return browser.post(where, data=VISIT | {"reference": "", "time": time, "once": key})
        text = f"day,time,patient_language\n{DAY},{time},en\n"
        return browser.post(where, files={"file": ("", b"")}, data={"text": text, "once": key})

    key = key_in(browser.get(where).text)
    assert send(key, "9:20").status_code == 200
    refused = send(key, "9:40")
    assert (refused.status_code, "Your first try was saved." in refused.text, "9:40" in refused.text) == (
        422,
        True,
        True,
    )
    assert send(key_in(refused.text), "9:40").status_code == 200
    assert len(house.care_plan.visits_for(house.actor())) == 2


def test_what_was_refused_does_not_use_up_the_key_of_its_form(house):
    browser = house.browser()
    key = key_in(browser.get("/clinician/desk/visits").text)
    refused = browser.post("/clinician/desk/visits", data=VISIT | {"day": "soon", "once": key})
    assert (refused.status_code, key_in(refused.text)) == (422, key)
    assert browser.post("/clinician/desk/visits", data=VISIT | {"once": key}).status_code == 200


def test_who_has_the_same_number_comes_again(house):
    browser = house.browser()
    browser.post("/clinician/desk/visits", data=VISIT)
    browser.post("/clinician/desk/visits", data={**VISIT, "time": "15:00", "name": "Ali B."})
    browser.post("/clinician/desk/visits", data={**VISIT, "time": "16:00", "reference": "13", "name": "Bea"})
    names = [visit.people[0].name for visit in house.care_plan.visits_for(house.actor("anna"))]
    assert names == ["Ali B.", "Ali B.", "Bea"]


def test_an_invitation_that_is_ended_opens_nothing(house):
    browser = house.browser()
    page = browser.post("/clinician/desk/visits", data=VISIT).text
    token = re.search(r"/#([\w-]{22})", page)[1]
    visit = house.care_plan.visits_for(house.actor())[0].id
    ends = re.findall(r"/clinician/desk/invitations/\w{32}/revoke", browser.get(f"/clinician/desk/visits/{visit}").text)
    assert len(ends) == 2
    for path in ends:
        assert browser.post(path).status_code == 303
    assert house.care_plan.resolve_invitation(token=token) is None
    fresh = browser.post(f"/clinician/desk/visits/{visit}", data={"role": "caregiver", "language": "nl"})
    assert [language for language, _ in slips(fresh.text)] == ["nl"]


def test_another_practice_sees_and_ends_nothing(house):
    house.browser().post("/clinician/desk/visits", data=VISIT)
    visit = house.care_plan.visits_for(house.actor())[0].id
    invitation = house.desk.visit_for(house.actor(), visit).invitations[0].id
    other = house.care_plan.create_practice("Zuid")
    house.care_plan.create_user(other, "zuid", "a password of some length", name="Zuid", language="en")
    browser = house.browser("zuid")
    assert browser.get(f"/clinician/desk/visits/{visit}").status_code == 404
    assert browser.post(f"/clinician/desk/invitations/{invitation}/revoke").status_code == 404
    assert "Ali" not in browser.get("/clinician/desk").text


PATHS = ["", "/visits", "/list", "/tablets", "/report", "/users", "/practice", "/log", "/second-factor"]


@pytest.mark.parametrize("path", PATHS)
def test_nobody_comes_in_without_signing_in_and_returns_where_they_were(house, path):
    answer = house.browser(None).get(f"/clinician/desk{path}")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/clinician/sign-in?next=/clinician/desk{path}"


def test_a_form_that_is_sent_after_the_session_ended_asks_to_sign_in_and_leads_back_to_its_page(house):
    browser = house.browser(None)
    answer = browser.post("/clinician/desk/visits", data=VISIT)
    assert (answer.status_code, 'name="next" value="/clinician/desk/visits"' in answer.text) == (401, True)
    assert house.care_plan.visits_for(house.actor()) == ()


@pytest.mark.parametrize("path", ["/users", "/practice", "/log"])
def test_only_administrators_arrange_users_and_read_the_log(house, path):
    assert house.browser("anna").get(f"/clinician/desk{path}").status_code == 403
    assert house.browser("desk").get(f"/clinician/desk{path}").status_code == 200


@pytest.mark.parametrize("path", ["/visits", "/list", "/tablets", "/users", "/practice", "/second-factor"])
def test_another_sites_page_can_send_nothing(house, path):
    browser = house.browser()
    answer = browser.post(f"/clinician/desk{path}", data=VISIT, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
