"""Working together over the API: team, tasks, scaling, steps, earlier visits; nothing is overwritten or lost."""

from datetime import timedelta

import pytest

from api.teamwork.service import Teamwork

PREFIX = "/api/v1"


class Desk:
    """A signed-in clinician before a visit with goals of a patient and a caregiver."""

    def __init__(self, house, practice, goal, contribution):
        self.house, self.practice, self.visit = house, practice, practice.visit
        house.say(practice, contribution(goal(words="Weer naar de markt."), goal("g2", words="Beter slapen.")))
        house.say(practice, contribution(goal(words="Eens een avond vrij.")), "caregiver")
        self.browser = house.browser(practice.logins["clinician"])
        self.goals = [one["id"] for one in self.get(f"/visits/{self.visit}/goals").json()["goals"]]
        self.goal = self.goals[0]

    def get(self, path):
        return self.browser.get(PREFIX + path)

    def post(self, path, body, seen=None):
        return self.browser.post(PREFIX + path, json=body, headers=_seen(seen))

    def put(self, path, body, seen=None):
        return self.browser.put(PREFIX + path, json=body, headers=_seen(seen))

    def member(self, role="home_nurse", name="An Peeters", **more):
        return self.post(f"/visits/{self.visit}/team", {"role": role, "name": name} | more).json()

    def task(self, **more):
        body = {"member": self.member()["id"], "what": "Mee oefenen op de trap", "added_value": "Ziet haar elke dag"}
        return self.post(f"/goals/{self.goal}/tasks", body | more).json()

    def active(self):
        self.post(f"/goals/{self.goal}/review", {"decision": "accept"}, seen=1)
        self.post(f"/goals/{self.goal}/step", {"step": "start"}, seen=2)
        return 3

    def actions(self):
        administrator = self.house.browser(self.practice.logins["administrator"])
        return [entry["action"] for entry in administrator.get(f"{PREFIX}/audit").json()["entries"]]


def _seen(version):
    return {} if version is None else {"If-Match": f'"{version}"'}


@pytest.fixture
def desk(house, practice, goal, contribution):
    return Desk(house, practice, goal, contribution)


def error(answer):
    return answer.json()["error"]


def test_a_team_has_people_of_the_practice_and_from_outside(desk):
    outside = desk.member("public_welfare", "Bea Claes", organisation="OCMW Noord")
    assert (outside["sector"], outside["organisation"], outside["user"]) == ("welfare", "OCMW Noord", None)
    colleague = {"role": "general_practitioner", "user": desk.practice.clinician.id}
    inside = desk.post(f"/visits/{desk.visit}/team", colleague)
    assert (inside.status_code, inside.json()["name"]) == (201, "clinician of noord")
    desk.browser.delete(f"{PREFIX}/members/{outside['id']}")
    team = desk.get(f"/visits/{desk.visit}/team").json()["members"]
    assert {(one["name"], one["present"]) for one in team} == {("Bea Claes", False), ("clinician of noord", True)}
    assert {"add_team_member", "remove_team_member", "read_team"} <= set(desk.actions())


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"role": "volunteer"}, "name"),
        ({"role": "volunteer", "name": "  "}, "name"),
        ({"role": "wizard", "name": "x"}, "role"),
        ({"role": "volunteer", "user": "0" * 32}, "user"),
        ({"role": "volunteer", "name": "x", "organisation": "y" * 201}, "organisation"),
    ],
)
def test_a_member_without_a_name_or_a_known_role_is_refused(desk, body, field):
    answer = desk.post(f"/visits/{desk.visit}/team", body)
    assert (answer.status_code, error(answer)["field"]) == (422, field)


def test_a_task_goes_through_its_states_in_versions(desk):
    task = desk.task()
    assert (task["state"], task["version"], task["role"]) == ("proposed", 1, "home_nurse")
    whole = {name: task[name] for name in ("member", "what", "added_value")}
    doing = desk.put(f"/tasks/{task['id']}", whole | {"state": "doing"}, seen=1)
    assert (doing.status_code, doing.headers["etag"]) == (200, '"2"')
    dropped = whole | {"state": "dropped"}
    assert error(desk.put(f"/tasks/{task['id']}", dropped, seen=2))["field"] == "reason"
    assert desk.put(f"/tasks/{task['id']}", dropped | {"reason": "De trap is weg"}, seen=2).status_code == 200
    versions = desk.get(f"/tasks/{task['id']}/versions").json()["tasks"]
    assert [(one["version"], one["state"], one["reason"]) for one in versions] == [
        (1, "proposed", None), (2, "doing", None), (3, "dropped", "De trap is weg"),
    ]  # fmt: skip
    assert {one["author"] for one in versions} == {"clinician of noord"}
    assert [one["state"] for one in desk.get(f"/goals/{desk.goal}/tasks").json()["tasks"]] == ["dropped"]
    done = desk.put(f"/tasks/{task['id']}", whole | {"state": "done"}, seen=3)
    assert (done.status_code, error(done)["code"]) == (409, "status_conflict")


def test_the_second_of_two_changes_of_a_task_gets_both_texts(desk):
    task = desk.task()
    mine = {"member": task["member"], "what": "Van mij", "state": "doing"}
    desk.put(f"/tasks/{task['id']}", mine | {"what": "Van een collega"}, seen=1)
    answer = desk.put(f"/tasks/{task['id']}", mine, seen=1)
    assert (answer.status_code, error(answer)["current_version"]) == (412, 2)
    assert (error(answer)["current_text"], error(answer)["your_text"]) == ("Van een collega", "Van mij")
    assert desk.put(f"/tasks/{task['id']}", mine).status_code == 428


def test_a_task_is_given_only_to_somebody_on_a_team_of_this_patient(desk, make_practice):
    foreign = make_practice("zuid")
    teamwork = Teamwork(desk.house.care_plan.books)
    other = teamwork.add_member(foreign.clinician, foreign.visit, "volunteer", name="x").id
    left = desk.member()["id"]
    desk.browser.delete(f"{PREFIX}/members/{left}")
    another = desk.house.care_plan.create_visit(desk.practice.clinician, desk.house.clock() + timedelta(hours=2)).id
    elsewhere = teamwork.add_member(desk.practice.clinician, another, "volunteer", name="x").id
    for member in (other, left, elsewhere, "0" * 32, "x"):
        answer = desk.post(f"/goals/{desk.goal}/tasks", {"member": member, "what": "x"})
        assert (answer.status_code, error(answer)["field"]) == (422, "member")


LEVELS = ["alleen nog binnen", "tot de hoek", "één keer per week naar de markt", "twee keer", "elke dag"]


def test_levels_and_scores_are_kept_in_versions_and_come_to_one_figure(desk):
    path = f"/goals/{desk.goal}/scaling"
    before = desk.get(path)
    assert (before.json()["version"], before.headers["etag"]) == (0, '"0"')
    assert desk.post(f"{path}/scores", {"level": 0, "scored_by": "patient"}, seen=0).status_code == 409
    assert desk.put(path, {"levels": LEVELS, "weight": 4}, seen=0).status_code == 200
    for level, who in ((-1, "patient"), (1, "patient"), (0, "clinician")):
        desk.house.clock.move(days=7)
        desk.browser = desk.house.browser(desk.practice.logins["clinician"])
        assert (
            desk.post(f"{path}/scores", {"level": level, "scored_by": who, "note": "samen"}, seen=1).status_code == 201
        )
    second = f"/goals/{desk.goals[1]}/scaling"
    desk.put(second, {"levels": ["", "", "zes uur slaap", "", ""], "weight": 2}, seen=0)
    desk.post(f"{second}/scores", {"level": -1, "scored_by": "patient"}, seen=1)
    after = desk.get(path).json()
    assert after["levels"] == LEVELS
    assert [(one["level"], one["scored_by"]) for one in after["scores"]] == [
        (-1, "patient"), (1, "patient"), (0, "clinician"),
    ]  # fmt: skip
    report = desk.get(f"/visits/{desk.visit}/report").json()
    assert {one["scored_by"]: (one["value"], one["goals"]) for one in report["t_scores"]} == {
        "patient": (54.0, 2), "clinician": (50.0, 1),
    }  # fmt: skip


def test_the_second_of_two_scalings_gets_both_texts_and_a_score_on_old_levels_is_asked_again(desk):
    path = f"/goals/{desk.goal}/scaling"
    desk.put(path, {"levels": LEVELS}, seen=0)
    mine = {"levels": ["", "", "elke week", "", ""]}
    answer = desk.put(path, mine, seen=0)
    assert answer.status_code == 412
    assert "+0: één keer per week naar de markt" in error(answer)["current_text"]
    assert error(answer)["your_text"] == "+0: elke week"
    desk.put(path, mine, seen=1)
    answer = desk.post(f"{path}/scores", {"level": 1, "scored_by": "patient", "note": "goed"}, seen=1)
    assert (answer.status_code, error(answer)["your_text"]) == (412, "goed")
    assert desk.get(path).json()["scores"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"level": 3, "scored_by": "patient"}, "level"),
        ({"level": 0, "scored_by": "doctor"}, "scored_by"),
        ({"level": 0, "scored_by": "patient", "note": "x" * 1001}, "note"),
    ],
)
def test_a_score_that_is_none_is_refused(desk, body, field):
    desk.put(f"/goals/{desk.goal}/scaling", {"levels": LEVELS}, seen=0)
    answer = desk.post(f"/goals/{desk.goal}/scaling/scores", body, seen=1)
    assert (answer.status_code, error(answer)["field"]) == (422, field)


def test_a_goal_is_started_kept_and_attained_in_versions_beside_the_wording(desk):
    desk.post(f"/goals/{desk.goal}/review", {"decision": "change", "wording": "Elke week naar de markt"}, seen=1)
    for version, step, reason in ((2, "start", None), (3, "keep", "nog even"), (4, "attain", "Ze ging zaterdag")):
        answer = desk.post(f"/goals/{desk.goal}/step", {"step": step, "reason": reason}, seen=version)
        assert (answer.status_code, answer.headers["etag"]) == (200, f'"{version + 1}"')
    after = answer.json()
    assert (after["status"], after["clinician_wording"]) == ("attained", "Elke week naar de markt")
    assert after["words"] == "Weer naar de markt."
    versions = desk.get(f"/goals/{desk.goal}/versions").json()["versions"]
    assert [(one["status"], one["decision"], one["reason"]) for one in versions[2:]] == [
        ("active", "start", None), ("active", "keep", "nog even"), ("attained", "attain", "Ze ging zaterdag"),
    ]  # fmt: skip


def test_giving_up_needs_a_reason_and_the_second_of_two_steps_gets_both_texts(desk):
    version = desk.active()
    answer = desk.post(f"/goals/{desk.goal}/step", {"step": "give_up"}, seen=version)
    assert (answer.status_code, error(answer)["field"]) == (422, "reason")
    desk.post(f"/goals/{desk.goal}/step", {"step": "give_up", "reason": "Ze verhuist"}, seen=version)
    answer = desk.post(f"/goals/{desk.goal}/step", {"step": "attain", "reason": "Het lukt"}, seen=version)
    assert answer.status_code == 412
    assert (error(answer)["current_text"], error(answer)["your_text"]) == ("Ze verhuist", "Het lukt")
    assert desk.post(f"/goals/{desk.goal}/step", {"step": "start"}, seen=version + 1).status_code == 409


def test_goals_are_followed_over_the_visits_of_the_same_patient_only(house, practice, goal, contribution):
    care_plan, actor = house.care_plan, practice.clinician
    teamwork = Teamwork(care_plan.books)

    def visit(days, reference):
        made = care_plan.create_visit(actor, house.clock() + timedelta(days=days), reference=reference).id
        care_plan.invite(actor, made, "patient", "nl")
        return made

    first, second, strangers = visit(1, "7"), visit(30, "7"), visit(40, "8")
    practice.visit = first
    house.say(practice, contribution(goal(words="Weer fietsen"), goal("g2", words="Minder pillen")))
    still, over = (one.id for one in care_plan.goals_for(actor, first))
    for started in (still, over):
        care_plan.review_goal(actor, started, 1, "accept")
        teamwork.step(actor, started, 2, "start")
    teamwork.step(actor, over, 3, "attain")
    teamwork.write_scaling(actor, still, 0, LEVELS)
    teamwork.score(actor, still, 1, 1, "patient")
    desk = teamwork.report_for(actor, second)
    assert [(one.goal.id, one.scaling.scores[-1].level) for one in desk.earlier] == [(still, 1)]
    assert desk.earlier[0].steps == ("keep", "attain", "give_up")
    assert teamwork.report_for(actor, first).earlier == ()
    assert teamwork.report_for(actor, strangers).earlier == ()
    member = teamwork.add_member(actor, second, "volunteer", name="Jo").id
    assert teamwork.add_task(actor, still, member, "Mee fietsen").name == "Jo"
    teamwork.open_visit(actor, second)
    teamwork.open_visit(actor, strangers)
    trail = house.browser(practice.logins["administrator"]).get("/api/v1/audit").json()["entries"]
    readings = {"open_visit", "read_teamwork", "report_visit"}
    on_record = [(one["action"], one["subject"]) for one in trail if one["action"] in readings]
    # goals of other visits are a reading of their own on the page, and part of a report
    assert on_record[::-1] == [
        *(("report_visit", visit) for visit in (second, first, strangers)),
        ("open_visit", second),
        ("read_teamwork", second),
        ("open_visit", strangers),
    ]


def test_a_report_holds_what_is_needed_to_take_along_and_no_more(desk):
    desk.task()
    report = desk.get(f"/visits/{desk.visit}/report").json()
    assert set(report) == {"visit", "time", "team", "goals", "earlier", "t_scores"}
    assert [one["goal"]["words"] for one in report["goals"]] == [
        "Weer naar de markt.", "Beter slapen.", "Eens een avond vrij.",
    ]  # fmt: skip
    assert report["goals"][0]["tasks"][0]["added_value"] == "Ziet haar elke dag"
    assert "report_visit" in desk.actions()


def test_texts_of_the_team_are_sealed(desk, tmp_path):
    desk.task(what="Geheime taak", added_value="Geheime waarde")
    desk.put(f"/goals/{desk.goal}/scaling", {"levels": ["", "", "Geheim niveau", "", ""]}, seen=0)
    desk.post(f"/visits/{desk.visit}/notes", {"role": "patient", "text": "Geheime nota"})
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("voorop.db*"))
    assert b"Gehei" not in stored
    assert b"Peeters" not in stored
