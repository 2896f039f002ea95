"""A form that adds something counts once, however often it is sent; what is filled in anew is something new."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from clinician_house import carried
from test_clinician_interrupted import Ended, desk, ended, shown_form, values  # noqa: F401  # fixtures

from web.clinician.interrupted import Interrupted

ADDING = ("member", "task", "score", "note", "share")
KEY = re.compile(r'name="once" value="([0-9a-f]{32})" autocomplete="off"')
SAVED_BEFORE = "Your first try was saved. What you changed after it is not."


class Adding:
    """A clinician who fills in forms of the visit's page that add something."""

    def __init__(self, ended: Ended) -> None:  # noqa: F811  # the fixture's value
        self.ended, self.desk = ended, ended.desk

    def filled(self, kind: str, **more: str) -> tuple[str, dict[str, str]]:
        """Path and fields of a form as the page has it now, filled in."""
        path, form, fields = self.ended.form(kind)
        return path, values(shown_form(self.desk.read(), form)) | fields | more

    def added(self, kind: str) -> int:
        """How many there are; one member and one task stood there before."""
        stands = self.ended.stands()
        followed = next(one for one in stands.goals if one.goal.id == self.desk.goal)
        return {
            "member": len(stands.team) - 1,
            "task": len(followed.tasks) - 1,
            "score": len(followed.scaling.scores),
            "note": len(stands.notes),
            "share": len(stands.shares),
        }[kind]


@pytest.fixture
def adding(ended: Ended) -> Adding:  # noqa: F811  # the fixture's value
    return Adding(ended)


def done(kind: str) -> int:
    return 200 if kind == "share" else 303


def link(answer: Any) -> str:
    """Where the page of a new link leads, if it is one."""
    found = re.search(r"/shared/[\w-]{22}", answer.text)
    return found[0] if found else ""


def test_each_of_these_forms_has_a_key_of_its_own_and_a_new_one_at_every_reading(adding: Adding) -> None:
    pages = [adding.desk.read(), adding.desk.read()]
    keys = [KEY.findall(page) for page in pages]
    forms = re.findall(r'<form class="fields-in" id="([^"]+)"(?:(?!</form>).)*name="once"', pages[0], re.DOTALL)
    assert {re.sub(r"-[0-9a-f]{32}", "", form) for form in forms} == {
        "new-team", "task", "score", "note-patient", "note-caregiver", "new-share",
    }  # fmt: skip
    assert len({*keys[0], *keys[1]}) == 2 * len(forms)


@pytest.mark.parametrize("kind", ADDING)
def test_the_same_form_twice_counts_once_and_two_forms_count_twice(adding: Adding, kind: str) -> None:
    path, fields = adding.filled(kind)
    answers = [adding.desk.post(path, **fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [done(kind)] * 2
    assert link(answers[0]) == link(answers[1])
    assert answers[0].headers.get("location") == answers[1].headers.get("location")
    assert adding.added(kind) == 1
    path, fields = adding.filled(kind)
    assert adding.desk.post(path, **fields).status_code == done(kind)
    assert adding.added(kind) == 2


@pytest.mark.parametrize("kind", ["task", "share"])
def test_two_presses_at_once_count_once(adding: Adding, kind: str) -> None:
    path, fields = adding.filled(kind)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: adding.desk.post(path, **fields), range(4)))
    assert [answer.status_code for answer in answers] == [done(kind)] * 4
    assert len({link(answer) for answer in answers}) == 1
    assert adding.added(kind) == 1


@pytest.mark.parametrize("kind", ADDING)
def test_sent_again_after_signing_in_again_it_counts_once(adding: Adding, kind: str) -> None:
    path, fields = adding.filled(kind)
    assert adding.desk.post(path, **fields).status_code == done(kind)  # and the answer was lost
    back = adding.ended.back(path, fields)
    there = values(shown_form(back, adding.ended.form(kind)[1]))
    assert there["once"] == fields["once"]
    assert adding.desk.post(path, **fields | there).status_code == done(kind)
    assert adding.added(kind) == 1


def test_what_was_changed_after_the_first_try_is_not_lost_and_not_added_unasked(adding: Adding) -> None:
    path, fields = adding.filled("note")
    adding.desk.post(path, **fields)
    again = adding.desk.post(path, **fields | {"text": "Toch anders"})
    assert again.status_code == 409
    assert again.text.count(SAVED_BEFORE) == 2  # above, and in the form
    there = values(shown_form(again.text, "note-patient"))
    assert (there["text"], adding.added("note")) == ("Toch anders", 1)
    assert there["once"] != fields["once"]
    assert adding.desk.post(path, **fields | there).status_code == 303
    assert adding.added("note") == 2


def test_what_was_refused_is_put_right_under_its_key(adding: Adding) -> None:
    path, fields = adding.filled("task", what=" ")
    refused = adding.desk.post(path, **fields)
    assert refused.status_code == 422
    there = values(shown_form(refused.text, f"task-{adding.desk.goal}"))
    assert there["once"] == fields["once"]
    for _ in range(2):
        assert adding.desk.post(path, **fields | there | {"what": "Oefenen"}).status_code == 303
    assert adding.added("task") == 1


def test_a_key_that_is_none_of_ours_is_replaced_and_nothing_typed_is_lost(adding: Adding) -> None:
    path, fields = adding.filled("note", once="\x07<script>")
    refused = adding.desk.post(path, **fields)
    assert refused.status_code == 422
    there = values(shown_form(refused.text, "note-patient"))
    assert (there["text"], len(there["once"])) == ("Dag", 32)
    assert "<script>" not in shown_form(refused.text, "note-patient")
    assert adding.desk.post(path, **there).status_code == 303


def test_a_link_that_was_taken_back_is_not_shown_as_ready(adding: Adding) -> None:
    path, fields = adding.filled("share")
    adding.desk.post(path, **fields)
    adding.desk.teamwork.revoke_share(adding.desk.actor, adding.ended.stands().shares[0].id)
    again = adding.desk.post(path, **fields)
    assert (again.status_code, link(again)) == (409, "")


def test_the_key_alone_is_nothing_that_somebody_filled_in(adding: Adding) -> None:
    key = KEY.findall(adding.desk.read())[0]
    assert not Interrupted("new-team", adding.desk.visit, {"once": key, "visit": adding.desk.visit}).filled
    page = adding.ended.sent(f"visits/{adding.desk.visit}/team", {"once": key}).text
    assert carried(page)["kept-once"] == key
    assert "What you filled in is kept" not in page
