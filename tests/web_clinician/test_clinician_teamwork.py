"""Working together on the visit's page: team, tasks, levels, steps, notes, shares; nothing that was typed is lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
from clinician_house import House
from clinician_scenes import FRENCH_CAREGIVER, contribution, goal
from starlette.testclient import TestClient

from api.teamwork.service import Teamwork
from careplan.people import Actor

WORDS = "Weer naar de markt."
HOSTILE = "<script>alert(1)</script> {{7*7}}"


class Desk:
    """A visit with an accepted goal of the patient, its clinician's browser, and the service beside it."""

    def __init__(self, house: House, browser: TestClient) -> None:
        self.house, self.browser, self.visit = house, browser, house.visits[0]
        self.teamwork = Teamwork(house.care_plan.books)
        house.say(self.visit, contribution(goal(WORDS)))
        house.say(self.visit, FRENCH_CAREGIVER, "caregiver")
        self.goal, self.caregivers = house.goal_ids(self.visit)[:2]
        house.care_plan.review_goal(self.actor, self.goal, 1, "accept")
        self.page = f"/clinician/visits/{self.visit}"

    @property
    def actor(self) -> Actor:
        return self.house.actor()

    def post(self, path: str, **fields: str) -> Any:
        return self.browser.post(f"/clinician/{path}", data={"visit": self.visit, **fields})

    def about(self, form: str, /, **fields: str) -> Any:
        return self.post(f"goals/{self.goal}/{form}", **fields)

    def member(self, **fields: str) -> str:
        whole = {"role": "home_nurse", "name": "An Peeters", "organisation": "Thuiszorg"} | fields
        assert self.post(f"visits/{self.visit}/team", **whole).status_code == 303
        return self.teamwork.team_for(self.actor, self.visit)[-1].id

    def task(self, what: str = "Mee oefenen") -> str:
        self.about("tasks", member=self.member(), what=what, added_value="Ziet haar elke dag")
        return self.teamwork.tasks_for(self.actor, self.goal)[-1].id

    def read(self, asked: str = "") -> str:
        return self.browser.get(self.page + asked).text


@pytest.fixture
def desk(house: House, browser: TestClient) -> Desk:
    return Desk(house, browser)


def test_a_member_joins_and_leaves_and_the_part_stays_unfolded(desk: Desk) -> None:
    answer = desk.post(f"visits/{desk.visit}/team", role="public_welfare", name="Bea Claes", organisation="OCMW")
    assert answer.headers["location"] == f"{desk.page}?open=team#team"
    page = desk.read("?open=team")
    assert re.search(r'id="team" open>', page)
    assert "Bea Claes" in page
    assert 'id="team" open' not in desk.read()
    member = desk.teamwork.team_for(desk.actor, desk.visit)[0].id
    assert desk.post(f"members/{member}/leave").status_code == 303
    assert "Bea Claes" not in desk.read()


def test_a_colleague_is_put_on_the_team_by_choosing(desk: Desk) -> None:
    assert desk.member(role="general_practitioner", user=desk.actor.id, name="")
    assert desk.teamwork.team_for(desk.actor, desk.visit)[0].name == "Demo"


def test_the_team_of_the_last_visit_is_taken_over_with_one_press(house: House, browser: TestClient) -> None:
    care_plan, actor, teamwork = house.care_plan, house.actor(), Teamwork(house.care_plan.books)
    earlier = care_plan.create_visit(actor, house.clock() - timedelta(days=30), reference="7").id
    later = care_plan.create_visit(actor, house.clock(), reference="7").id
    for name in ("An Peeters", HOSTILE):
        teamwork.add_member(actor, earlier, "home_nurse", name=name, organisation="Thuiszorg")
    visit = f"/clinician/visits/{later}"
    page = browser.get(visit).text
    assert "Take over the team of 24 October 2026 (2 people)" in page
    assert page.index("Take over the team") < page.index('id="team"')  # not folded away
    assert "<bdi>An Peeters</bdi>, Home nurse" in page
    assert "<script>alert" not in page
    form = {"earlier": earlier}
    foreign = {"Origin": "https://evil.example"}
    assert browser.post(f"{visit}/team/earlier", data=form, headers=foreign).status_code == 403
    others = house.others()
    assert others.post(f"{visit}/team/earlier", data=form).status_code == 404
    assert teamwork.team_for(house.actor(), later) == ()
    answer = browser.post(f"{visit}/team/earlier", data=form)
    assert answer.headers["location"] == f"{visit}?open=team#team"
    page = browser.get(f"{visit}?open=team").text
    assert "Take over the team" not in page
    assert page.count("Home nurse, <bdi") == 2
    teamwork.add_member(house.actor(), earlier, "volunteer", name="Jo")
    page = browser.get(visit).text
    assert "Take over the team of 24 October 2026 (1 person)" in page
    assert page.index("Take over the team") > page.index('id="team"')
    assert browser.post(f"{visit}/team/earlier", data={"earlier": later}).status_code == 422


def test_a_task_is_added_changed_and_keeps_its_history(desk: Desk) -> None:
    task = desk.task()
    page = desk.read()
    assert "Mee oefenen" in page
    assert "Ziet haar elke dag" in page
    member = desk.teamwork.tasks_for(desk.actor, desk.goal)[0].member
    whole = {"member": member, "what": "Mee oefenen op de trap", "added_value": ""}
    answer = desk.about(f"tasks/{task}", version="1", state="doing", **whole)
    assert answer.headers["location"] == f"{desk.page}?open=work-{desk.goal}#work-{desk.goal}"
    assert [one.state for one in desk.teamwork.task_versions_for(desk.actor, task)] == ["proposed", "doing"]


def test_two_changes_of_a_task_at_once_show_both_texts(desk: Desk) -> None:
    task = desk.task()
    member = desk.teamwork.tasks_for(desk.actor, desk.goal)[0].member
    desk.teamwork.change_task(
        desk.actor, task, 1, member=member, what="Van een collega", added_value=None, state="doing"
    )
    whole = {"member": member, "what": f"Van mij {HOSTILE}", "added_value": "ook dit", "state": "done"}
    answer = desk.about(f"tasks/{task}", version="1", **whole)
    assert answer.status_code == 409
    assert "What stands now" in answer.text
    assert '<bdi dir="auto">Van een collega</bdi>' in answer.text
    assert "Van mij &lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}</textarea>" in answer.text
    assert "ook dit</textarea>" in answer.text
    assert f'href="#task-{task}-{desk.goal}"' in answer.text
    assert desk.about(f"tasks/{task}", version="2", **whole).status_code == 303


def test_levels_are_written_and_scored_and_drawn_with_a_table(desk: Desk) -> None:
    levels = {"level-0": "", "level-1": "", "level-2": "elke week", "level-3": "", "level-4": f"elke dag {HOSTILE}"}
    assert desk.about("scaling", version="0", weight="6", **levels).status_code == 303
    for level in ("-1", "1"):
        desk.house.clock.move(minutes=5)
        assert desk.about("score", version="1", level=level, scored_by="patient", note="samen").status_code == 303
    page = desk.read()
    assert 'role="img"' in page
    assert page.count("<circle cx=") >= 2
    assert "elke dag &lt;script&gt;" in page
    assert "T-score 60" in page
    assert [score.level for score in desk.teamwork.scaling_for(desk.actor, desk.goal).scores] == [-1, 1]


def test_a_goal_is_started_kept_and_attained_and_its_history_tells_why(desk: Desk) -> None:
    assert desk.about("step", version="2", step="start", reason="Samen beslist").status_code == 303
    assert "Keep on" in desk.read()
    assert desk.about("step", version="3", step="attain").status_code == 303
    page = desk.read()
    assert "Samen beslist" in page
    assert "Demo" in page
    assert desk.house.care_plan.goal_for(desk.actor, desk.goal).status == "attained"


FORMS = [
    ("goals/{goal}/step", {"version": "2", "step": "give_up", "reason": ""}, 409, "step-{goal}"),
    ("goals/{goal}/tasks", {"member": "x", "what": "kept text"}, 422, "task-{goal}-member"),
    ("goals/{goal}/scaling", {"version": "0", "weight": "1", "level-4": "kept text"}, 422, "scaling-{goal}-level-2"),
    ("goals/{goal}/score", {"version": "0", "note": "kept text"}, 422, "score-{goal}-level"),
    ("visits/{visit}/team", {"role": "volunteer", "organisation": "kept text"}, 422, "new-team-name"),
    ("visits/{visit}/notes", {"role": "patient", "lang": "nl", "text": " "}, 422, "note-patient-text"),
    ("visits/{visit}/shares", {"organisation": "kept text"}, 422, "new-share-consent_on"),
    ("visits/{visit}/shares", {"consent_name": "kept text"}, 422, "new-share-organisation"),
]


@pytest.mark.parametrize(("path", "fields", "status", "target"), FORMS)
def test_what_cannot_be_saved_is_told_above_and_beside_and_nothing_typed_is_lost(
    desk: Desk, path: str, fields: dict[str, str], status: int, target: str
) -> None:
    desk.member()
    names = {"goal": desk.goal, "visit": desk.visit}
    if "score" in path:
        desk.teamwork.write_scaling(desk.actor, desk.goal, 0, ["", "", "x", "", ""])
    answer = desk.post(path.format(**names), **fields)
    assert answer.status_code == status
    assert answer.text.count('id="problem"') == 1
    assert f'href="#{target.format(**names)}"' in answer.text
    assert f'id="{target.format(**names)}"' in answer.text
    assert ("kept text" in answer.text) == ("kept text" in fields.values())
    assert 'class="beside"' in answer.text


def test_giving_up_needs_its_reason(desk: Desk) -> None:
    desk.about("step", version="2", step="start")
    answer = desk.about("step", version="3", step="give_up")
    assert (answer.status_code, answer.text.count("Write the reason first.")) == (422, 2)


def test_a_note_goes_back_in_the_language_of_the_person(desk: Desk) -> None:
    answer = desk.post(
        f"visits/{desk.visit}/notes", role="caregiver", lang="en", text=f"Tot morgen {HOSTILE}", **{"ready-0": "on"}
    )
    assert answer.headers["location"] == f"{desk.page}?open=note-caregiver#note-caregiver"
    note = desk.teamwork.report_for(desk.actor, desk.visit).notes[0]
    assert note.text == f"I have read what you wrote. Thank you.\nTot morgen {HOSTILE}"
    assert (note.role, note.lang) == ("caregiver", "en")
    assert "Tot morgen &lt;script&gt;" in desk.read("?open=note-caregiver")


def shared(desk: Desk, **more: str) -> Any:
    fields = {
        "organisation": f"Thuiszorg {HOSTILE}",
        "consent_by": "patient",
        "consent_how": "spoken",
        "consent_on": "2026-11-23",
        "days": "30",
        f"goal-{desk.goal}": "on",
    }
    return desk.post(f"visits/{desk.visit}/shares", **fields | more)


def test_a_share_shows_its_link_once_and_the_link_shows_only_what_was_chosen(desk: Desk) -> None:
    desk.task()
    made = shared(desk)
    assert made.status_code == 200
    assert made.headers["cache-control"] == "no-store"
    (path,) = set(re.findall(r"/shared/[\w-]{22}", made.text))
    assert path not in desk.read("?open=share")
    outside = desk.house.browser(signed_in=False)
    answer = outside.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    assert (answer.headers["cache-control"], answer.headers["x-robots-tag"]) == ("no-store", "noindex")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "<form" not in answer.text
    assert WORDS in answer.text
    assert "Mee oefenen" in answer.text
    assert "qu&#39;elle" not in answer.text
    assert "<script>alert" not in answer.text
    assert "opened 1 time" in desk.read("?open=share")
    share = desk.teamwork.shares_for(desk.actor, desk.visit)[0].id
    assert desk.post(f"shares/{share}/revoke").status_code == 303
    gone = outside.get(path)
    assert (gone.status_code, WORDS in gone.text) == (404, False)


def test_a_caregivers_goal_is_not_shared_on_the_patients_word(desk: Desk) -> None:
    answer = shared(desk, **{f"goal-{desk.caregivers}": "on"})
    assert answer.status_code == 422
    assert "Only the person whose goals they are can agree to share them." in answer.text
    assert answer.text.count(" checked") >= 4


@pytest.mark.parametrize("token", ["x", "x" * 22, "%00", "..%2f..%2fetc"])
def test_a_link_that_opens_nothing_says_no_more(desk: Desk, token: str) -> None:
    answer = desk.house.browser(signed_in=False).get(f"/shared/{token}", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert WORDS not in answer.text


def test_a_later_visit_brings_goals_along_and_works_on_them(house: House, browser: TestClient) -> None:
    care_plan, actor = house.care_plan, house.actor()
    first = care_plan.create_visit(actor, house.clock() - timedelta(days=30), reference="7").id
    later = care_plan.create_visit(actor, house.clock(), reference="7").id
    care_plan.invite(actor, first, "patient", "nl")
    house.say(first, contribution(goal(WORDS)))
    goal_id = house.goal_ids(first)[0]
    care_plan.review_goal(actor, goal_id, 1, "accept")
    Teamwork(care_plan.books).step(actor, goal_id, 2, "start")
    page = browser.get(f"/clinician/visits/{later}").text
    assert "From earlier visits" in page
    assert WORDS in page
    form = {"visit": later, "version": "3", "step": "give_up", "reason": ""}
    assert f"/clinician/visits/{later}/" in browser.post(f"/clinician/goals/{goal_id}/step", data=form).text
    answer = browser.post(f"/clinician/goals/{goal_id}/step", data=form | {"step": "attain"})
    assert answer.headers["location"].startswith(f"/clinician/visits/{later}?")
    assert WORDS not in browser.get(f"/clinician/visits/{later}").text


def test_other_practices_and_other_sites_change_nothing(desk: Desk) -> None:
    others = desk.house.others()
    fields = {"visit": desk.visit, "version": "2", "step": "start", "reason": "niet verloren"}
    answer = others.post(f"/clinician/goals/{desk.goal}/step", data=fields)
    assert (answer.status_code, "niet verloren" in answer.text) == (404, True)
    foreign = {"Origin": "https://evil.example"}
    assert desk.browser.post(f"/clinician/goals/{desk.goal}/step", data=fields, headers=foreign).status_code == 403
    assert desk.house.care_plan.goal_for(desk.actor, desk.goal).status == "accepted"


def test_hostile_texts_stay_texts_everywhere(desk: Desk) -> None:
    desk.member(name=HOSTILE, organisation=HOSTILE)
    desk.task(HOSTILE)
    desk.about("step", version="2", step="start", reason=HOSTILE)
    desk.about("scaling", version="0", weight="1", **{f"level-{place}": HOSTILE for place in range(5)})
    desk.about("score", version="1", level="0", scored_by="patient", note=HOSTILE)
    shared(desk)
    page = desk.read()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;") > 10
