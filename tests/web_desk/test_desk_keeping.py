"""What is kept and for how long, erasing what is due, and what another system was told: for administrators only."""

import re
from datetime import timedelta
from typing import Any

import pytest
from desk_house import House, build

from api import leases, recalls
from careplan.people import SERVICE, Duty
from records.database import write
from tests.stored import WORDS, talk

KEEPING = "/clinician/desk/keeping"
ERASE = f"{KEEPING}/erase"
GOAL = {"key": "g", "words": WORDS, "lang": "nl", "level": "functional", "shared": True}


def visit_ago(house: House, days: float, *, practice: str | None = None) -> str:
    """A visit so many days ago, in which the patient said something."""
    actor = house.actor("anna" if practice is None else f"anna of {practice}")
    visit = house.care_plan.create_visit(actor, house.clock() - timedelta(days=days), name="Ali").id
    house.care_plan.invite(actor, visit, "patient", "nl")
    house.say(visit, {"language": "nl", "state": "submitted", "goals": [GOAL]})
    talk(house.conversations, f"talk of {visit}", visit)
    return visit


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def erased(house: House) -> list[tuple[str, str | None]]:
    """Who erased which visit, by the audit trail."""
    trail = house.care_plan.audit_for(house.actor(), limit=500)
    return [(entry.actor, entry.subject) for entry in trail if entry.action == "purge"]


def other_practice(house: House) -> None:
    practice = house.care_plan.create_practice("Elsewhere")
    for login, duty in (("desk", Duty.ADMINISTRATOR), ("anna", Duty.CLINICIAN)):
        name = f"{login} of elsewhere"
        house.care_plan.create_user(practice, name, "a password of some length", name=name, duties=(duty,))


MATRIX = [
    ("GET", KEEPING, None, {None: 303, "anna": 403, "desk": 200}),
    ("GET", ERASE, None, {None: 303, "anna": 403, "desk": 200}),
    ("POST", ERASE, {"visits": "1"}, {None: 401, "anna": 403, "desk": 200}),
    ("POST", f"{KEEPING}/again", {}, {None: 401, "anna": 403, "desk": 303}),
]


@pytest.mark.parametrize(("method", "path", "form", "answers"), MATRIX)
def test_only_an_administrator_sees_or_does_it(
    house: House, method: str, path: str, form: dict[str, str] | None, answers: dict[str | None, int]
) -> None:
    visit = visit_ago(house, 366)
    found = {}
    for login in answers:
        browser = house.browser(login)
        found[login] = browser.request(method, path, data=form).status_code
        if login == "anna":
            assert KEEPING not in browser.get("/clinician/desk").text
            assert house.care_plan.visit_for(house.actor("anna"), visit)
    assert found == answers


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_sites_page_cannot_erase(house: House, headers: dict[str, str]) -> None:
    visit_ago(house, 366)
    browser = house.browser()
    for path in (ERASE, f"{KEEPING}/again"):
        assert browser.post(path, data={"visits": "1"}, headers=headers).status_code == 403
    assert erased(house) == []


def test_the_page_says_how_long_what_is_due_and_what_comes_next(house: House) -> None:
    for days in (400, 365.01, 364.99, 364.9, 300):
        visit_ago(house, days)
    page = text_of(house.browser().get(KEEPING).text)
    assert "365 days after the visit As this installation is set." in page
    assert "2 visits are due to be erased now. With 2 conversations." in page
    assert "Next: 2 visits on 23 November 2026." in page
    assert (WORDS in page, "Ali" in page) == (False, False)
    house.desk.set_practice(house.actor(), "", 3650)
    page = text_of(house.browser().get(KEEPING).text)
    assert "3650 days after the visit Chosen by this practice." in page
    assert "Nothing is due to be erased now." in page
    assert "Next: 1 visit on" in page


def test_where_everything_is_kept_for_ever_nothing_is_due(tmp_path: Any, installed_url: str) -> None:
    house = build(tmp_path, installed_url, kept_days=0)
    visit_ago(house, 5000)
    assert "Visits are kept for ever" in house.browser().get(KEEPING).text
    assert house.browser().get(ERASE).status_code == 303
    assert house.browser().post(ERASE, data={"visits": "0"}).status_code == 200
    assert erased(house) == []
    house.close()


def test_what_is_due_is_erased_after_one_question_that_says_how_much(house: House) -> None:
    old, older = visit_ago(house, 366), visit_ago(house, 400)
    new = visit_ago(house, 10)
    browser = house.browser()
    assert f'href="{ERASE}"' in browser.get(KEEPING).text
    question = browser.get(ERASE).text
    assert "Erase 2 visits?" in question
    assert "2 conversations go too." in text_of(question)
    assert erased(house) == []
    number = re.search(r'name="visits" value="(\d+)"', question)
    assert number
    done = browser.post(ERASE, data={"visits": number[1]})
    assert "2 visits were erased. 2 conversations went too." in text_of(done.text)
    who = house.actor().id
    assert set(erased(house)) == {(who, old), (who, older)}
    assert re.search(r"Desk</bdi></td><td>\s*erased a visit", browser.get("/clinician/desk/log").text)
    assert house.conversations.load(f"talk of {old}") is None
    assert house.conversations.load(f"talk of {new}")
    assert house.care_plan.first_broken_audit_entry() is None
    again = browser.post(ERASE, data={"visits": number[1]})  # the page was loaded anew
    assert again.status_code == 303
    assert len(erased(house)) == 2


@pytest.mark.parametrize("said", ["1", "3", "", "-2", "x", "٢", "99999999999999999999"])
def test_another_number_than_is_due_erases_nothing_and_asks_again(house: House, said: str) -> None:
    visit_ago(house, 366)
    visit_ago(house, 400)
    answer = house.browser().post(ERASE, data={"visits": said})
    assert answer.status_code == 409
    assert "The number has changed, so nothing was erased." in answer.text
    assert 'name="visits" value="2"' in answer.text
    assert erased(house) == []


def test_another_practices_visits_are_neither_counted_nor_erased(house: House) -> None:
    other_practice(house)
    visit_ago(house, 400, practice="elsewhere")
    mine = visit_ago(house, 400)
    assert "1 visit is due" in house.browser().get(KEEPING).text
    house.browser().post(ERASE, data={"visits": "1"})
    assert [visit for _, visit in erased(house)] == [mine]
    theirs = house.care_plan.actor_for(house.care_plan.sign_in("desk of elsewhere", "a password of some length"))
    assert len(house.care_plan.visits_for(theirs, (house.clock() - timedelta(days=400)).date())) == 1


def sent_and_erased(house: House) -> None:
    """A goal was sent, and then its author erased it."""
    visit = visit_ago(house, 10)
    clinician = house.actor("anna")
    goal = house.care_plan.goals_for(clinician, visit)[0]
    house.care_plan.review_goal(clinician, goal.id, goal.version, "accept")
    context, engine = house.care_plan.books.context, house.care_plan.books.engine
    with write(engine) as connection:
        outbox = context.tables.outbox
        connection.execute(outbox.update().values(state="sent", records=[f"Goal/{goal.id}", f"CarePlan/{visit}"]))
    house.care_plan.delete_contribution(SERVICE, visit, "patient", key=visit)


def tried(house: House, state: leases.State, problem: str | None = None) -> None:
    context = house.care_plan.books.context
    with write(house.care_plan.books.engine) as connection:
        recall = recalls.lease(context, connection, timedelta(minutes=1))
        assert recall
        recalls.settle(context, connection, recall, state, problem=problem)


def test_the_page_says_whether_another_system_was_told(tmp_path: Any, installed_url: str) -> None:
    house = build(tmp_path, installed_url, exports=True)
    browser = house.browser()
    assert "other system" not in text_of(browser.get(KEEPING).text)
    sent_and_erased(house)
    assert "2 records is being told" in text_of(browser.get(KEEPING).text)
    tried(house, leases.State.WAITING, "unreachable")
    assert "The other system cannot be reached. We keep trying." in browser.get(KEEPING).text
    tried(house, leases.State.REFUSED, "http_403")
    page = text_of(browser.get(KEEPING).text)
    assert "refused it (http_403) Please ask who looks after the other system." in page
    assert "Ask again what was refused" in page
    assert browser.post(f"{KEEPING}/again").status_code == 303
    assert "recall_again" in {entry.action for entry in house.care_plan.audit_for(house.actor())}
    tried(house, leases.State.SENT)
    page = text_of(browser.get(KEEPING).text)
    assert "2 records was told" in page
    assert "Ask again" not in page
    assert WORDS not in page
    assert "asked the other system to erase what was erased here" in browser.get("/clinician/desk/log").text
    other_practice(house)
    theirs = house.browser(None)
    theirs.post("/clinician/sign-in", data={"login": "desk of elsewhere", "password": "a password of some length"})
    assert "other system" not in text_of(theirs.get(KEEPING).text)
    house.close()


def test_what_was_told_is_forgotten_in_its_time_and_what_was_not_is_kept(tmp_path: Any, installed_url: str) -> None:
    house = build(tmp_path, installed_url, exports=True)
    for state in (leases.State.SENT, leases.State.REFUSED):
        sent_and_erased(house)
        tried(house, state, "http_403" if state is leases.State.REFUSED else None)
    house.clock.move(days=400)
    house.browser().post(ERASE, data={"visits": "2"})
    house.clock.move(days=400)
    visit_ago(house, 366)
    house.browser().post(ERASE, data={"visits": "1"})
    page = text_of(house.browser().get(KEEPING).text)
    assert (page.count("was told"), page.count("refused it (")) == (0, 1)
    house.close()
