"""Signing in and out: cookies, wrong logins, sessions that end, the second factor."""

import base64
import hashlib
import hmac

import pytest
from starlette.testclient import TestClient

from api.app import PREFIX
from careplan.errors import Invalid
from careplan.people import Duty

PASSWORD = "correct horse battery staple"
SECRET = base64.b32encode(b"12345678901234567890").decode()


def sign_in(client, login, password=PASSWORD, **more):
    return client.post(f"{PREFIX}/login", json={"login": login, "password": password} | more)


def totp(clock):
    """An authenticator app, after RFC 6238."""
    step = int(clock().timestamp()) // 30
    digest = hmac.new(base64.b32decode(SECRET), step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def test_on_plain_loopback_the_cookie_works_for_any_client(house, practice):
    answer = sign_in(house.client(), practice.logins["clinician"])
    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, answer.content) == (204, b"")
    assert cookie.startswith("voorop_clinician=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie


@pytest.mark.parametrize("url", ["https://voorop.example", "http://voorop.example", "https://127.0.0.1"])
def test_elsewhere_the_cookie_is_bound_to_the_host_and_to_tls(house, practice, url):
    cookie = sign_in(TestClient(house.app, base_url=url), practice.logins["clinician"]).headers["set-cookie"]
    assert cookie.startswith("__Host-voorop_clinician=")
    assert {"HttpOnly", "SameSite=lax", "Secure", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_a_strange_host_header_is_not_loopback(house, practice):
    answer = house.client().post(
        f"{PREFIX}/login",
        json={"login": practice.logins["clinician"], "password": PASSWORD},
        headers={"Host": "[::1"},
    )
    assert answer.status_code < 500


@pytest.mark.parametrize(("login", "password"), [("nobody", PASSWORD), (None, "wrong"), (None, PASSWORD + " ")])
def test_a_wrong_login_does_not_say_what_was_wrong(house, practice, login, password):
    answer = sign_in(house.client(), login or practice.logins["clinician"], password)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (401, "wrong_login", None)
    assert "set-cookie" not in answer.headers


def test_signing_out_ends_the_session_on_the_server(house, practice):
    browser = house.browser(practice.logins["clinician"])
    kept = dict(browser.cookies)
    assert browser.post(f"{PREFIX}/logout").status_code == 204
    assert not browser.cookies
    assert house.client(cookies=kept).get(f"{PREFIX}/visits").status_code == 401


def test_signing_in_again_makes_a_new_session_and_ends_the_old_one(house, practice):
    browser = house.browser(practice.logins["clinician"])
    before = dict(browser.cookies)
    sign_in(browser, practice.logins["clinician"])
    assert dict(browser.cookies) != before
    assert house.client(cookies=before).get(f"{PREFIX}/visits").status_code == 401


def test_a_session_ends_when_nobody_uses_it(house, practice):
    browser = house.browser(practice.logins["clinician"])
    house.clock.move(minutes=14)
    assert browser.get(f"{PREFIX}/visits").status_code == 200
    house.clock.move(minutes=14)
    assert browser.get(f"{PREFIX}/visits").status_code == 200
    house.clock.move(minutes=16)
    assert browser.get(f"{PREFIX}/visits").status_code == 401


def test_a_session_ends_after_twelve_hours_of_use(house, practice):
    browser = house.browser(practice.logins["clinician"])
    for _ in range(71):
        house.clock.move(minutes=10)
        assert browser.get(f"{PREFIX}/visits").status_code == 200
    house.clock.move(minutes=11)
    assert browser.get(f"{PREFIX}/visits").status_code == 401


def test_five_wrong_logins_close_the_door_for_a_quarter_of_an_hour(house, practice):
    client, login = house.client(), practice.logins["clinician"]
    for _ in range(5):
        assert sign_in(client, login, "wrong").status_code == 401
    answer = sign_in(client, login)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "900")
    assert sign_in(client, practice.logins["administrator"]).status_code == 204
    elsewhere = TestClient(house.app, base_url="http://127.0.0.1:8000", client=("192.0.2.7", 1))
    assert sign_in(elsewhere, login).status_code == 204
    house.clock.move(minutes=15)
    assert sign_in(client, login).status_code == 204


def test_one_address_cannot_try_many_logins(house, practice):
    client = house.client()
    answers = [sign_in(client, f"guess{number}", "wrong").status_code for number in range(31)]
    assert answers == [401] * 30 + [429]


def test_the_second_factor_is_asked_for_and_opens_once(house, practice):
    house.care_plan.create_user(practice.id, "nurse", PASSWORD, name="N", duties=(Duty.CLINICIAN,), totp_secret=SECRET)
    client = house.client()
    assert sign_in(client, "nurse").json()["error"]["code"] == "second_factor_needed"
    assert sign_in(client, "nurse", code="000000").json()["error"]["code"] == "wrong_login"
    code = totp(house.clock)
    assert sign_in(client, "nurse", code=code).status_code == 204
    assert sign_in(client, "nurse", code=code).status_code == 401
    house.clock.move(seconds=30)
    assert sign_in(client, "nurse", code=totp(house.clock)).status_code == 204


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"login": "a\\ud800b", "password": "x"}', 422),
        (b'{"login": "a\\u0000b", "password": "x"}', 422),
        (b'{"login": "a", "password": 1}', 422),
        (b'{"login": "a", "password": "x", "practice": "mine"}', 422),
        (b'{"login": "a"}', 422),
        (b"[]", 422),
        (b"", 422),
        (b"\xff\xfe", 400),
        (b"[" * 20_000, 400),
        (b"9" * 6_000, 400),
        (b'{"login": "' + b"x" * 40_000 + b'", "password": "x"}', 413),
    ],
)
def test_a_broken_login_is_refused_without_repeating_it(house, body, status):
    answer = house.client().post(f"{PREFIX}/login", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"code", "message", "field"}
    assert "mine" not in answer.text
    assert "practice" not in answer.text


def test_a_weak_password_is_refused_when_a_user_is_made(house, practice):
    with pytest.raises(Invalid) as refused:
        house.care_plan.create_user(practice.id, "x", "fourteen chars", name="X")
    assert (refused.value.code, refused.value.field) == ("too_short", "password")
