"""A tablet of the waiting room: short codes of today, nothing left on it, nothing lost."""

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.web_desk.desk_house import ORIGIN

SAID = "Weer naar de markt gaan"


def cookies(device: TestClient) -> set[str]:
    return {cookie.name for cookie in device.cookies.jar}


def begin(device: TestClient, code: str) -> None:
    answer = device.post("/tablet", data={"code": code})
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith("/chat")


def say(device: TestClient, text: str) -> None:
    message = re.search(r'name="id" value="([\w-]+)"', device.get("/chat").text)[1]
    assert device.post("/chat", data={"id": message, "text": text}).status_code == 303


def test_a_short_code_opens_the_conversation_and_leaving_wipes_the_device(room):
    device, code = room.tablet(), room.code()
    begin(device, code)
    say(device, SAID)
    page = device.get("/chat").text
    assert SAID in page
    assert 'action="/tablet/left"' in page
    left = device.post("/tablet/left")
    assert left.headers["location"] == "/tablet?left=nl"
    assert left.headers["clear-site-data"] == '"cache", "storage"'
    assert cookies(device) == {"voorop_tablet"}
    assert SAID not in device.get("/tablet?left=nl").text
    assert SAID not in device.get("/chat").text


@pytest.mark.parametrize(("asked", "spoken"), [("", "ar"), ("?lang=fr", "fr"), ("?lang=xx", "ar")])
def test_only_who_chooses_another_language_leaves_that_of_the_invitation(room, asked, spoken):
    device, code = room.tablet(), room.code("ar")
    door = device.get(f"/tablet{asked}").text
    action = re.search(r'action="([^"]+)"', door)[1]
    chosen = re.search(r'name="lang" value="([^"]*)"', door)[1]
    assert device.post(action, data={"code": code, "lang": chosen}).status_code == 303
    assert f'<html lang="{spoken}"' in device.get("/chat").text


def test_the_goodbye_is_in_the_language_of_who_left_and_the_page_for_who_comes_next(room):
    device = room.tablet()
    begin(device, room.code("ar"))
    page = device.get(device.post("/tablet/left").headers["location"]).text
    assert '<html lang="en"' in page
    assert re.search(r'role="status" lang="ar" dir="rtl">شكر', page)
    assert 'name="lang" value=""' in page


def test_who_comes_back_with_the_code_goes_on(room):
    device, code = room.tablet(), room.code()
    begin(device, code)
    say(device, SAID)
    device.get("/tablet/left")
    begin(device, code.replace(" ", ""))
    assert SAID in device.get("/chat").text


def test_the_session_that_was_left_opens_nothing_even_for_who_kept_it(room):
    device = room.tablet()
    begin(device, room.code())
    kept = device.cookies["voorop_chat"]
    device.post("/tablet/left")
    other = TestClient(room.app, base_url=ORIGIN, cookies={"voorop_chat": kept}, follow_redirects=False)
    assert other.get("/chat/thread").status_code == 401


def test_the_chats_cookie_ends_with_the_browser(room):
    device = room.tablet()
    answer = device.post("/tablet", data={"code": room.code()})
    given = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("voorop_chat="))
    assert "expires" not in given.lower()
    assert "max-age" not in given.lower()


def test_opening_the_tablets_page_ends_what_stood_open(room):
    device = room.tablet()
    begin(device, room.code())
    device.get("/tablet")
    assert cookies(device) == {"voorop_tablet"}


@pytest.mark.parametrize("digits", ["{}", "{}.", " {} ", "arabic"])
def test_codes_are_understood_however_they_are_written(room, digits):
    code = room.code()
    arabic = code.translate({ord("0") + number: chr(0x660 + number) for number in range(10)})
    begin(room.tablet(), arabic if digits == "arabic" else digits.format(code))


@pytest.mark.parametrize("code", ["", "1234", "0000 0000", "not a code", "1" * 5_000, "<script>", "\u0661" * 8])
def test_a_wrong_code_gets_a_kind_answer_and_stays_in_the_field(room, code):
    answer = room.tablet().post("/tablet", data={"code": code})
    assert answer.status_code in (404, 422, 400, 401, 403)
    assert "<script>" not in answer.text.replace('<script type="module"', "")
    assert 'role="alert"' in answer.text


def test_codes_of_other_days_and_other_practices_do_not_open(room):
    device, code = room.tablet(), room.code()
    room.house.clock.move(hours=30)
    assert device.post("/tablet", data={"code": code}).status_code != 303


def test_short_codes_open_nothing_elsewhere(room):
    code = room.code()
    anybody = TestClient(room.app, base_url=ORIGIN, headers={"Origin": ORIGIN}, follow_redirects=False)
    assert anybody.post("/tablet", data={"code": code}).status_code == 403
    assert anybody.post("/", data={"code": code}).status_code != 303


def test_a_tablet_that_was_taken_back_is_one_no_more(room):
    device = room.tablet()
    house = room.house
    (tablet,) = house.desk.tablets_for(house.actor())
    house.desk.revoke_tablet(house.actor(), tablet.id)
    assert device.get("/tablet").status_code == 403


def test_guessing_is_stopped(room):
    device = room.tablet()
    answers = [device.post("/tablet", data={"code": f"{number:08}"}).status_code for number in range(12)]
    assert answers[-1] == 429
    assert device.post("/tablet", data={"code": room.code()}).status_code == 429


def test_whoever_makes_a_device_a_tablet_is_signed_out_on_it(room):
    device = room.tablet()
    assert device.get("/clinician/desk").status_code == 303


def test_another_sites_page_opens_nothing_on_it(room):
    device, code = room.tablet(), room.code()
    answer = device.post("/tablet", data={"code": code}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


def test_a_code_lives_for_the_day_of_the_visit_only(room):
    house, actor = room.house, room.house.actor()
    visit = house.care_plan.create_visit(actor, house.clock() + timedelta(days=3)).id
    code = house.desk.short_code(house.care_plan.invite(actor, visit, "patient", "nl"))
    assert room.tablet().post("/tablet", data={"code": code}).status_code != 303
