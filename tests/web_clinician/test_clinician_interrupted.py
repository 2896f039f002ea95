"""Forms of the care team that are sent after the session has ended: signed in again, everything is there, unsaved."""

import re
from html import unescape
from typing import Any

import pytest
from clinician_house import House, carried
from starlette.testclient import TestClient
from test_clinician_teamwork import HOSTILE, Desk, desk  # noqa: F401  # a fixture

from api.teamwork.views import TogetherView
from web.clinician.together import present_together

WHEN = {"consent_on": "2026-11-22", "consent_by": "patient", "consent_how": "written", "days": "7"}
FORMS: dict[str, tuple[str, str, dict[str, str]]] = {
    "member": ("visits/{visit}/team", "new-team", {"role": "volunteer", "name": "Jo", "organisation": "De Buurt"}),
    "step": ("goals/{goal}/step", "step-{goal}", {"version": "2", "step": "start", "reason": "Samen beslist"}),
    "task": ("goals/{goal}/tasks", "task-{goal}", {"member": "{member}", "what": "Oefenen", "added_value": "Elke dag"}),
    "changed task": (
        "goals/{goal}/tasks/{task}",
        "task-{task}-{goal}",
        {"version": "1", "state": "doing", "member": "{member}", "what": "Anders", "added_value": "x", "reason": "y"},
    ),
    "levels": ("goals/{goal}/scaling", "scaling-{goal}", {"version": "1", "weight": "6", "level-2": "Elke week"}),
    "score": (
        "goals/{goal}/score",
        "score-{goal}",
        {"version": "1", "level": "1", "scored_by": "patient", "note": "x"},
    ),
    "note": ("visits/{visit}/notes", "note-patient", {"role": "patient", "lang": "fr", "text": "Dag", "ready-1": "on"}),
    "share": ("visits/{visit}/shares", "new-share", {"organisation": "Zorg", "goal-{goal}": "on", **WHEN}),
}
"""Path, the form's id on the page, and what is filled in."""


class Ended:
    """A visit with a team, a task and levels, before a clinician whose session ends."""

    def __init__(self, desk: Desk) -> None:  # noqa: F811  # the fixture's value
        self.desk = desk
        task = desk.task()
        desk.teamwork.write_scaling(desk.actor, desk.goal, 0, ["", "", "x", "", ""])
        member = desk.teamwork.tasks_for(desk.actor, desk.goal)[0].member
        self.names = {"visit": desk.visit, "goal": desk.goal, "task": task, "member": member}

    def form(self, kind: str) -> tuple[str, str, dict[str, str]]:
        path, form, fields = FORMS[kind]
        filled = {name.format(**self.names): value.format(**self.names) for name, value in fields.items()}
        return path.format(**self.names), form.format(**self.names), filled

    def sent(self, path: str, fields: dict[str, str]) -> Any:
        """The page of signing in."""
        self.desk.house.clock.move(minutes=16)
        answer = self.desk.post(path, **fields)
        assert answer.status_code == 401
        return answer

    def back(self, path: str, fields: dict[str, str]) -> str:
        """The page after signing in again."""
        answer = self.desk.house.sign_in(self.desk.browser, **carried(self.sent(path, fields).text))
        assert answer.status_code == 200
        return str(answer.text)

    def stands(self) -> TogetherView:
        return self.desk.teamwork.report_for(self.desk.actor, self.desk.visit)


@pytest.fixture
def ended(desk: Desk) -> Ended:  # noqa: F811  # the fixture's value
    return Ended(desk)


def shown_form(page: str, form: str) -> str:
    return page[page.index(f'id="{form}"') :].split("</form>")[0]


def values(shown: str) -> dict[str, str]:
    """What a browser would send of this form, without its buttons."""
    found = dict(re.findall(r'<input(?: type="hidden"| id="[^"]*")? name="([^"]*)"[^>]*? value="([^"]*)"', shown))
    found |= dict(re.findall(r'<textarea id="[^"]*" name="([^"]*)"[^>]*>\n([^<]*)</textarea>', shown))
    found |= dict(re.findall(r'<input type="radio" name="([^"]*)" value="([^"]*)" checked>', shown))
    found |= dict.fromkeys(re.findall(r'<input type="checkbox" name="([^"]*)" checked>', shown), "on")
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', shown, re.DOTALL):
        for value, label in re.findall(r'<option(?: value="([^"]*)")?[^>]* selected>([^<]*)', options):
            found[name] = value or label
    return {name: unescape(value) for name, value in found.items()}


@pytest.mark.parametrize("kind", FORMS)
def test_signed_in_again_the_form_is_there_as_it_was_and_not_saved(ended: Ended, kind: str) -> None:
    path, form, fields = ended.form(kind)
    before = ended.stands()
    page = ended.back(path, fields)
    assert re.search(rf'id="{form}"[^>]* data-unsaved>', page)
    assert page.count("What you filled in is still here, but it is not saved yet.") == 2  # above, and in the form
    there = values(shown_form(page, form)) | {"step": "start"}  # a step is a button
    assert {name: there.get(name) for name in fields} == fields
    assert f'<a href="#{form}">' in page
    after = ended.stands()
    assert (after.team, after.goals, after.notes, after.shares) == (
        before.team, before.goals, before.notes, before.shares,
    )  # fmt: skip
    again = ended.desk.post(path, **{**fields, **there})
    assert again.status_code == (200 if kind == "share" else 303)


def test_the_part_with_the_form_is_unfolded(ended: Ended) -> None:
    for kind, part in (("member", "team"), ("note", "note-patient-part"), ("share", "share")):
        path, _, fields = ended.form(kind)
        assert re.search(rf'id="{part}" open>', ended.back(path, fields))


@pytest.mark.parametrize("path", ["members/{member}/leave", "visits/{visit}/team/earlier"])
def test_a_press_without_anything_filled_in_is_told_to_be_not_done(ended: Ended, path: str) -> None:
    page = ended.back(path.format(**ended.names), {"earlier": "0" * 32})
    assert "this was not done. Please do it again." in page
    assert '<a href="#team">Go back to it</a>' in page
    assert [one.present for one in ended.stands().team] == [True]


def test_a_change_on_what_somebody_changed_in_between_is_told_and_overwrites_nothing(ended: Ended) -> None:
    path, form, fields = ended.form("changed task")
    page = ended.sent(path, fields).text
    ended.desk.teamwork.change_task(
        ended.desk.actor, ended.names["task"], 1, member=ended.names["member"], what="Van een collega",
        added_value=None, state="doing",
    )  # fmt: skip
    back = ended.desk.house.sign_in(ended.desk.browser, **carried(page)).text
    again = ended.desk.post(path, **{**fields, **values(shown_form(back, form))})
    assert again.status_code == 409
    assert "Van een collega" in again.text
    assert "Anders</textarea>" in again.text


def test_a_text_whose_form_is_gone_by_then_is_shown_above(ended: Ended) -> None:
    path, form, fields = ended.form("step")
    page = ended.sent(path, fields).text
    for version, step in ((2, "start"), (3, "attain")):
        ended.desk.teamwork.step(ended.desk.actor, ended.desk.goal, version, step)
    back = ended.desk.house.sign_in(ended.desk.browser, **carried(page)).text
    assert f'id="{form}"' not in back
    assert "This is what you wrote. It is not saved." in back
    assert ">Samen beslist</p>" in back


def test_the_page_knows_all_its_forms(ended: Ended) -> None:
    together = present_together(ended.stands(), reader="en")
    found = re.findall(r'<form class="fields-in" id="([^"]+)"', ended.desk.read())
    assert sorted(found) == sorted(together.forms)
    assert {form.format(**ended.names) for _, form, _ in FORMS.values()} <= together.forms


def test_what_travels_along_is_inert_and_of_this_practice_only(ended: Ended, house: House) -> None:
    path, _, fields = ended.form("task")
    page = ended.sent(path, {**fields, "what": HOSTILE, "<b>": "x"}).text
    assert "<script>alert" not in page
    assert carried(page)["kept-what"] == HOSTILE
    others = house.others()
    answer = others.post(
        "/clinician/sign-in",
        data={**carried(page), "login": "zuid", "password": "another practice, another password"},
    )
    assert answer.status_code == 404
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}" in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "fields",
    [
        {"kept_form": "task-\x00", "kept_visit": "../../x"},
        {"kept_form": "review-", "kept-wording": "x"},
        {"kept_form": '"><script>', "kept_visit": "", "kept-what": "mine"},
        {"kept_form": "new-team", "kept_visit": "0" * 32, "kept-version": "9" * 40},
    ],
)
def test_what_no_page_of_ours_carries_does_no_harm(house: House, browser: TestClient, fields: dict[str, str]) -> None:
    answer = house.sign_in(browser, **fields)
    assert answer.status_code == 404
    assert '"><script>' not in answer.text
    assert browser.get("/clinician").status_code == 200
