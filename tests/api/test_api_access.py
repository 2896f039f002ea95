"""Who may do what: every route against every kind of caller. A route without a line here fails."""

from datetime import date, timedelta

import pytest

from api.teamwork.service import Teamwork

PREFIX = "/api/v1"
ORIGIN = "http://127.0.0.1:8000"
FLAG = {"category": "violence_abuse", "words": "x", "lang": "nl", "role": "patient"}
USER = {
    "login": "new",
    "name": "New",
    "password": "quite a long password",
    "duties": ["clinician"],
    "language": "nl",
}
NEW_MEMBER = {"role": "volunteer", "name": "Jo"}
NEW_TASK = {"member": "{member}", "what": "x"}
TASK = NEW_TASK | {"state": "doing"}
LEVELS = {"levels": ["", "", "x", "", ""]}
CONSENT = {"by": "patient", "how": "spoken", "on": "2026-11-22"}
SHARE = {"organisation": "x", "goals": ["{goal}"], "consent": CONSENT}
NOTE = {"role": "patient", "text": "x"}
SCORE = {"level": 1, "scored_by": "patient"}
CALLERS = ("anonymous", "wrong secret", "service", "clinician", "other clinician", "administrator")

# method, path, body, and the status for each of CALLERS
MATRIX = [
    ("GET", "/visits", None, (401, 401, 403, 200, 200, 200)),
    ("POST", "/visits", {"time": "2026-11-22T10:00:00+01:00"}, (401, 401, 403, 201, 201, 201)),
    ("GET", "/visits/{visit}", None, (401, 401, 403, 200, 404, 403)),
    ("POST", "/visits/{visit}/state", {"state": "read"}, (401, 401, 403, 204, 404, 403)),
    ("POST", "/visits/{visit}/invitations", {"role": "patient", "language": "fr"}, (401, 401, 403, 201, 404, 201)),
    ("GET", "/visits/{visit}/goals", None, (401, 401, 403, 200, 404, 403)),
    ("GET", "/visits/{visit}/flags", None, (401, 401, 403, 200, 404, 403)),
    ("POST", "/visits/{visit}/flags", FLAG, (401, 401, 201, 403, 403, 403)),
    ("GET", "/visits/{visit}/transcript", None, (401, 401, 403, 200, 404, 403)),
    ("GET", "/visits/{visit}/exports", None, (401, 401, 403, 200, 404, 403)),
    ("POST", "/visits/{visit}/exports/again", None, (401, 401, 403, 204, 404, 403)),
    ("GET", "/goals/{goal}", None, (401, 401, 403, 200, 404, 403)),
    ("GET", "/goals/{goal}/versions", None, (401, 401, 403, 200, 404, 403)),
    ("POST", "/goals/{goal}/review", {"decision": "accept"}, (401, 401, 403, 200, 404, 403)),
    ("POST", "/goals/{goal}/step", {"step": "start"}, (401, 401, 403, 200, 404, 403)),
    ("GET", "/goals/{goal}/tasks", None, (401, 401, 403, 200, 404, 403)),
    ("POST", "/goals/{goal}/tasks", NEW_TASK, (401, 401, 403, 201, 404, 403)),
    ("PUT", "/tasks/{task}", TASK, (401, 401, 403, 200, 404, 403)),
    ("GET", "/tasks/{task}/versions", None, (401, 401, 403, 200, 404, 403)),
    ("GET", "/goals/{goal}/scaling", None, (401, 401, 403, 200, 404, 403)),
    ("POST", "/goals/{goal}/scaling/scores", SCORE, (401, 401, 403, 201, 404, 403)),
    ("PUT", "/goals/{goal}/scaling", LEVELS, (401, 401, 403, 200, 404, 403)),
    ("GET", "/visits/{visit}/report", None, (401, 401, 403, 200, 404, 403)),
    ("GET", "/visits/{visit}/team", None, (401, 401, 403, 200, 404, 403)),
    ("POST", "/visits/{visit}/team", NEW_MEMBER, (401, 401, 403, 201, 404, 403)),
    ("GET", "/visits/{visit}/team/earlier", None, (401, 401, 403, 200, 404, 403)),
    ("POST", "/visits/{visit}/team/earlier", {"visit": "{earlier}"}, (401, 401, 403, 201, 404, 403)),
    ("DELETE", "/members/{member}", None, (401, 401, 403, 204, 404, 403)),
    ("POST", "/visits/{visit}/notes", NOTE, (401, 401, 403, 201, 404, 403)),
    ("GET", "/visits/{visit}/shares", None, (401, 401, 403, 200, 404, 403)),
    ("POST", "/visits/{visit}/shares", SHARE, (401, 401, 403, 201, 404, 403)),
    ("DELETE", "/shares/{share_id}", None, (401, 401, 403, 204, 404, 403)),
    ("GET", "/audit", None, (401, 401, 403, 403, 403, 200)),
    ("GET", "/users", None, (401, 401, 403, 403, 403, 200)),
    ("POST", "/users", USER, (401, 401, 403, 403, 403, 201)),
    ("GET", "/reports/goals", None, (401, 401, 403, 200, 200, 200)),
    (
        "PUT",
        "/visits/{visit}/contributions/{role}",
        {"language": "nl", "state": "submitted"},
        (401, 401, 200, 403, 403, 403),
    ),
    ("DELETE", "/visits/{visit}/contributions/{role}", None, (401, 401, 204, 403, 403, 403)),
    ("POST", "/logout", None, (204, 204, 204, 204, 204, 204)),
    ("POST", "/login", {"login": "clinician@noord", "password": "correct horse battery staple"}, (204,) * 6),
]
SEEN = {"/goals/{goal}/step": '"2"'}  # the review came before it; everything else is at its first version


@pytest.fixture
def world(house, make_practice, goal, contribution):
    practice, other = make_practice("noord"), make_practice("zuid")
    house.say(practice, contribution(goal()))
    clients = {
        "anonymous": house.client(headers={"Origin": ORIGIN}),
        "wrong secret": house.client(headers={"Authorization": "Bearer wrong", "Origin": ORIGIN}),
        "service": house.service(),
        "clinician": house.browser(practice.logins["clinician"]),
        "other clinician": house.browser(other.logins["clinician"]),
        "administrator": house.browser(practice.logins["administrator"]),
    }
    clients["service"].headers["Origin"] = ORIGIN
    visit = house.care_plan.goals_for(practice.clinician, practice.visit)
    goal_id, teamwork, actor = visit[0].id, Teamwork(house.care_plan.books), practice.clinician
    member = teamwork.add_member(actor, practice.visit, "home_nurse", name="An").id
    before = house.care_plan.create_visit(actor, house.clock() - timedelta(days=30), reference=practice.reference)
    teamwork.add_member(actor, before.id, "pharmacist", name="Bea")
    teamwork.write_scaling(actor, goal_id, 0, LEVELS["levels"])
    share = teamwork.share(
        actor,
        practice.visit,
        organisation="x",
        goals=[goal_id],
        consent_by="patient",
        consent_how="spoken",
        consent_on=date(2026, 11, 22),
    )
    return clients, {
        "visit": practice.visit,
        "goal": goal_id,
        "earlier": before.id,
        "role": "caregiver",
        "member": member,
        "task": teamwork.add_task(actor, goal_id, member, "x").id,
        "share_id": share.id,
    }


def filled(body, names):
    """The body with the ids of this world."""
    if isinstance(body, dict):
        return {name: filled(value, names) for name, value in body.items()}
    if isinstance(body, list):
        return [filled(value, names) for value in body]
    return body.format(**names) if isinstance(body, str) else body


def test_every_route_answers_every_caller_as_promised(house, world):
    clients, names = world
    found = {}
    for method, path, body, _ in MATRIX:
        for caller in CALLERS:
            headers = house.key() | {"If-Match": SEEN.get(path, '"1"')}
            answer = clients[caller].request(
                method, PREFIX + path.format(**names), json=filled(body, names), headers=headers
            )
            found[method, path, caller] = answer.status_code
            if answer.status_code >= 400:
                assert set(answer.json()["error"]) >= {"code", "message", "field"}
    expected = {
        (method, path, caller): status
        for method, path, _, statuses in MATRIX
        for caller, status in zip(CALLERS, statuses, strict=True)
    }
    assert found == expected


def test_the_matrix_covers_every_route(house):
    described = house.client().get(f"{PREFIX}/openapi.json").json()["paths"]
    routes = {(method.upper(), path) for path, methods in described.items() for method in methods}
    assert routes == {(method, path) for method, path, *_ in MATRIX}


STRANGE_IDS = ["0" * 32, "1", "%00", "a' OR '1'='1", "..%2f..%2fetc", "é" * 32]
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:8000.evil.example"},
    {"Origin": "ftp://127.0.0.1:8000"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("path", ["/visits/{id}", "/visits/{id}/goals", "/goals/{id}", "/goals/{id}/versions"])
def test_an_unknown_record_is_not_found(house, practice, path):
    browser = house.browser(practice.logins["clinician"])
    answers = [browser.get(PREFIX + path.format(id=record)) for record in STRANGE_IDS]
    assert [(one.status_code, one.json()["error"]["code"]) for one in answers] == [(404, "not_found")] * 6


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/login", {"login": "clinician@noord", "password": "correct horse battery staple"}),
        ("/logout", None),
        ("/visits", {"time": "2026-11-22T10:00:00Z"}),
    ],
)
def test_another_sites_page_cannot_act_for_a_clinician(house, practice, path, body):
    browser = house.browser(practice.logins["clinician"])
    answers = [browser.post(PREFIX + path, json=body, headers=headers) for headers in FOREIGN]
    assert [(one.status_code, one.json()["error"]["code"]) for one in answers] == [(403, "foreign_origin")] * 6


def test_a_change_needs_the_pages_own_origin_and_a_login_does_not(house, practice):
    client = house.client()
    login = {"login": practice.logins["clinician"], "password": "correct horse battery staple"}
    assert client.post(f"{PREFIX}/login", json=login).status_code == 204
    assert client.get(f"{PREFIX}/visits").status_code == 200
    assert client.post(f"{PREFIX}/visits", json={"time": "2026-11-22T10:00:00Z"}).status_code == 403


def test_json_of_a_plain_form_is_not_read(house, practice):
    browser = house.browser(practice.logins["clinician"])
    answer = browser.post(
        f"{PREFIX}/visits", content=b'{"time": "2026-11-22T10:00:00Z"}', headers={"Content-Type": "text/plain"}
    )
    assert 400 <= answer.status_code < 500
