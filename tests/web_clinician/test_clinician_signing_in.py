"""Signing in and out on pages, and the language of a clinician."""

import pytest
from clinician_house import House, carried
from clinician_scenes import contribution, goal
from starlette.testclient import TestClient

from api.teamwork.service import Teamwork

PAGES = ("/clinician", "/clinician?day=2026-11-23", f"/clinician/visits/{'0' * 32}")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_to_sign_in_first_and_goes_there_afterwards(house: House, path: str) -> None:
    browser = house.browser(signed_in=False)
    asked = browser.get(path)
    assert asked.status_code == 303
    page = browser.get(asked.headers["location"])
    assert page.status_code == 200
    assert f'name="next" value="{path}"' in page.text
    assert house.sign_in(browser, next=path).headers["location"] == path


def test_a_wrong_password_is_told_without_showing_it_again(house: House) -> None:
    answer = house.browser(signed_in=False).post(
        "/clinician/sign-in", data={"login": "demo<b>", "password": "a secret nobody reads"}
    )
    assert answer.status_code == 401
    assert "This login or password is not right." in answer.text
    assert 'value="demo&lt;b&gt;"' in answer.text
    assert "a secret nobody reads" not in answer.text


def test_too_many_wrong_passwords_have_to_wait(house: House) -> None:
    browser = house.browser(signed_in=False)
    for _ in range(5):
        browser.post("/clinician/sign-in", data={"login": "demo", "password": "wrong"})
    answer = house.sign_in(browser)
    assert answer.status_code == 429
    assert "retry-after" in answer.headers


def test_after_signing_out_the_session_is_over_on_the_server(house: House, browser: TestClient) -> None:
    cookies = dict(browser.cookies)
    assert browser.post("/clinician/sign-out").headers["location"] == "/clinician/sign-in"
    again = house.browser(signed_in=False)
    again.cookies.update(cookies)
    assert again.get("/clinician").status_code == 303


def test_the_way_back_never_leads_to_another_site(house: House) -> None:
    for path in ("https://evil.example/clinician", "//evil.example", "/clinician//evil.example", "/chat"):
        assert house.sign_in(house.browser(signed_in=False), next=path).headers["location"] == "/clinician"


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_what_another_site_sends_is_refused(house: House, browser: TestClient, headers: dict[str, str]) -> None:
    visit = house.visits[0]
    house.say(visit, contribution(goal()))
    review = f"/clinician/goals/{house.goal_ids(visit)[0]}/review"
    for path, form in (
        ("/clinician/sign-in", {"login": "demo", "password": "x"}),
        ("/clinician/sign-out", {}),
        ("/clinician/language", {"language": "ar"}),
        (f"/clinician/visits/{visit}/state", {"state": "discussed"}),
        (review, {"version": "1", "decision": "accept"}),
    ):
        assert browser.post(path, data=form, headers=headers).status_code == 403
    assert house.care_plan.goals_for(house.actor(), visit)[0].status == "submitted"


def test_pages_are_neither_kept_nor_framed_nor_told_to_others(house: House, browser: TestClient) -> None:
    for path in ("/clinician", f"/clinician/visits/{house.visits[0]}", "/clinician/visits/nothing"):
        headers = browser.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "same-origin"


def test_the_language_is_the_users_own_until_another_is_chosen(house: House, browser: TestClient) -> None:
    assert '<html lang="en" dir="ltr">' in browser.get("/clinician", headers={"Accept-Language": "fr"}).text
    chosen = browser.post("/clinician/language", data={"language": "ar", "here": "/clinician?day=2026-11-23"})
    assert chosen.headers["location"] == "/clinician?day=2026-11-23"
    assert '<html lang="ar" dir="rtl">' in browser.get("/clinician").text
    browser.post("/clinician/sign-out")
    house.sign_in(browser)
    assert '<html lang="en" dir="ltr">' in browser.get("/clinician").text


def test_the_door_speaks_the_browsers_language_and_keeps_a_chosen_one(house: House) -> None:
    browser = house.browser(signed_in=False)
    assert '<html lang="ar" dir="rtl">' in browser.get("/clinician/sign-in", headers={"Accept-Language": "ar"}).text
    browser.post("/clinician/language", data={"language": "fr", "here": "/clinician/sign-in"})
    assert '<html lang="fr"' in browser.get("/clinician/sign-in").text
    browser.post("/clinician/language", data={"language": "../../x"})
    assert '<html lang="fr"' in browser.get("/clinician/sign-in").text


def test_a_text_is_kept_while_the_session_ended_and_one_signs_in_again(house: House, browser: TestClient) -> None:
    visit = house.visits[0]
    house.say(visit, contribution(goal()))
    review = f"/clinician/goals/{house.goal_ids(visit)[0]}/review"
    house.clock.move(minutes=16)
    ended = browser.post(review, data={"version": "1", "decision": "change", "wording": 'Samen "lopen" & meer'})
    assert ended.status_code == 401
    kept = carried(ended.text)
    assert kept["kept-wording"] == 'Samen "lopen" & meer'
    wrong = browser.post("/clinician/sign-in", data={**kept, "login": "demo", "password": "wrong"})
    assert carried(wrong.text) == kept
    back = house.sign_in(browser, **carried(wrong.text))
    assert back.status_code == 200
    assert "it is not saved yet" in back.text
    assert "Samen &#34;lopen&#34; &amp; meer</textarea>" in back.text
    assert browser.get("/clinician").status_code == 200
    assert house.care_plan.goals_for(house.actor(), visit)[0].status == "submitted"


def test_a_decision_without_a_text_is_told_to_be_not_done(house: House, browser: TestClient) -> None:
    visit = house.visits[0]
    house.say(visit, contribution(goal()))
    house.clock.move(minutes=16)
    ended = browser.post(
        f"/clinician/goals/{house.goal_ids(visit)[0]}/review", data={"version": "1", "decision": "accept"}
    )
    assert "is kept until you are back" not in ended.text
    back = house.sign_in(browser, **carried(ended.text))
    assert "this was not done. Please do it again." in back.text
    assert house.care_plan.goals_for(house.actor(), visit)[0].status == "submitted"


def test_a_text_on_words_that_changed_in_between_comes_back_beside_what_stands_now(
    house: House, browser: TestClient
) -> None:
    visit = house.visits[0]
    house.say(visit, contribution(goal()))
    chosen = house.goal_ids(visit)[0]
    house.clock.move(minutes=16)
    ended = browser.post(
        f"/clinician/goals/{chosen}/review", data={"version": "1", "decision": "change", "wording": "Van mij"}
    )
    house.care_plan.review_goal(house.actor(), chosen, 1, "change", wording="Van een collega")
    back = house.sign_in(browser, **carried(ended.text))
    assert "What stands now" in back.text
    assert "Van mij</textarea>" in back.text


def test_a_text_for_a_goal_that_is_under_way_by_now_is_shown_all_the_same(house: House, browser: TestClient) -> None:
    visit = house.visits[0]
    house.say(visit, contribution(goal()))
    chosen = house.goal_ids(visit)[0]
    house.clock.move(minutes=16)
    ended = browser.post(
        f"/clinician/goals/{chosen}/review", data={"version": "1", "decision": "decline", "reason": "Van mij"}
    )
    actor = house.actor()
    house.care_plan.review_goal(actor, chosen, 1, "accept")
    Teamwork(house.care_plan.books).step(actor, chosen, 2, "start")
    back = house.sign_in(browser, **carried(ended.text))
    assert "This is what you wrote. It is not saved." in back.text
    assert "Van mij" in back.text


def test_another_language_cannot_be_chosen_while_a_text_travels_along(house: House, browser: TestClient) -> None:
    house.say(house.visits[0], contribution(goal()))
    review = f"/clinician/goals/{house.goal_ids(house.visits[0])[0]}/review"
    stranger = house.browser(signed_in=False)
    assert 'action="/clinician/language"' not in stranger.post(review, data={"wording": "x"}).text
    assert 'action="/clinician/language"' in stranger.get("/clinician/sign-in").text
