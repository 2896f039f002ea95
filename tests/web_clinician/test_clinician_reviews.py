"""One action per draft: accept, change the wording, to discuss, decline; nothing that was typed is lost."""

from typing import Any

import pytest
from clinician_house import House
from clinician_scenes import contribution, goal
from starlette.testclient import TestClient

WORDS = "Weer naar de markt."


class Draft:
    """One submitted goal and the clinician's browser."""

    def __init__(self, house: House, browser: TestClient) -> None:
        self.house, self.browser, self.visit = house, browser, house.visits[0]
        house.say(self.visit, contribution(goal(WORDS)))
        self.id = house.goal_ids(self.visit)[0]
        self.page = f"/clinician/visits/{self.visit}"

    def decide(self, decision: str, version: int | str = 1, **more: str) -> Any:
        form = {"decision": decision, "version": str(version), **more}
        return self.browser.post(f"/clinician/goals/{self.id}/review", data=form)

    @property
    def stands(self) -> Any:
        return self.house.care_plan.goal_for(self.house.actor(), self.id)

    def read(self) -> str:
        return self.browser.get(self.page).text


@pytest.fixture
def draft(house: House, browser: TestClient) -> Draft:
    return Draft(house, browser)


def test_accepting_is_one_click_and_leads_back_to_the_goal(draft: Draft) -> None:
    assert draft.decide("accept").headers["location"] == f"{draft.page}#goal-{draft.id}"
    assert draft.stands.status == "accepted"
    assert '<span class="status accepted">Accepted</span>' in draft.read()


def test_another_wording_stands_beside_the_persons_own_words(draft: Draft) -> None:
    assert draft.decide("change", wording="Elke week naar de markt,\r\nmet de buurvrouw").status_code == 303
    assert draft.stands.clinician_wording == "Elke week naar de markt,\nmet de buurvrouw"
    assert draft.stands.words == WORDS
    page = draft.read()
    assert f'dir="ltr">{WORDS}</bdi>' in page
    assert '<bdi dir="auto">Elke week naar de markt,\nmet de buurvrouw</bdi>' in page


def test_to_discuss_and_a_changed_mind(draft: Draft) -> None:
    draft.decide("to_discuss")
    assert "To discuss</span>" in draft.read()
    assert draft.decide("accept", version=2).status_code == 303
    assert draft.stands.status == "accepted"


@pytest.mark.parametrize(
    ("decision", "field", "message"),
    [("decline", "reason", "Write the reason first."), ("change", "wording", "Write the new wording first.")],
)
@pytest.mark.parametrize("typed", ["", "   "])
def test_declining_needs_a_reason_and_changing_a_wording(
    draft: Draft, decision: str, field: str, message: str, typed: str
) -> None:
    answer = draft.decide(decision, **{field: typed})
    assert answer.status_code == 422
    assert answer.text.count(message) == 2  # in the summary and beside the field
    assert f'href="#{field}-{draft.id}"' in answer.text
    assert f'aria-describedby="{field}-problem-{draft.id}"' in answer.text
    assert draft.stands.status == "submitted"


def test_a_reason_is_kept_with_the_goal(draft: Draft) -> None:
    draft.decide("decline", reason="Dat kan hier <niet>")
    assert draft.stands.status == "declined"
    assert "Dat kan hier &lt;niet&gt;" in draft.read()


def test_a_conflict_shows_both_texts_and_keeps_what_was_typed(draft: Draft) -> None:
    actor = draft.house.actor()
    draft.house.care_plan.review_goal(actor, draft.id, 1, "change", wording="Van een collega")
    answer = draft.decide("change", wording="Van mij & nu")
    assert answer.status_code == 409
    assert "Somebody else has just changed this goal." in answer.text
    assert "What stands now" in answer.text
    assert '<bdi dir="auto">Van een collega</bdi>' in answer.text
    assert "Van mij &amp; nu</textarea>" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert draft.stands.clinician_wording == "Van een collega"
    draft.decide("change", version=2, wording="Van mij & nu")
    assert draft.stands.clinician_wording == "Van mij & nu"


def test_accepting_what_the_person_has_changed_meanwhile_asks_to_look_again(draft: Draft) -> None:
    draft.house.say(draft.visit, contribution(goal("Liever naar zee.")))
    answer = draft.decide("accept")
    assert answer.status_code == 409
    assert "Liever naar zee." in answer.text
    assert draft.stands.status == "submitted"


@pytest.mark.parametrize("version", ["", "one", "-1", "٣", "99999999999999999999", "2147483648"])
def test_a_version_that_is_none_is_refused_kindly(draft: Draft, version: str) -> None:
    answer = draft.decide("change", version=version, wording="Mijn tekst")
    assert answer.status_code == 422
    assert "Mijn tekst</textarea>" in answer.text


@pytest.mark.parametrize("text", ["x" * 4001, "nul \x00 hier", "half \ud83d paar"])
def test_a_text_that_cannot_be_kept_is_shown_again(draft: Draft, text: str) -> None:
    body = b"decision=change&version=1&wording=" + text.encode("utf-8", "surrogatepass").replace(b" ", b"+")
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    path = f"/clinician/goals/{draft.id}/review"
    answer = draft.browser.post(path, content=body.replace(b"\x00", b"%00"), headers=headers)
    assert answer.status_code == 422
    assert text[:4] in answer.text
    assert draft.stands.status == "submitted"


def test_a_store_that_cannot_be_written_gives_the_text_back_and_says_to_try_again(draft: Draft) -> None:
    engine = draft.house.care_plan.books.engine
    with engine.begin() as other:
        other.exec_driver_sql("ALTER TABLE goal_versions RENAME TO away")
    answer = draft.decide("change", wording="Naar de markt, met de bus")
    with engine.begin() as other:
        other.exec_driver_sql("ALTER TABLE away RENAME TO goal_versions")
    assert answer.status_code == 503
    assert "Please try again in a minute." in answer.text
    assert "Naar de markt, met de bus" in answer.text
    assert draft.stands.version == 1


def test_a_form_beyond_all_measure_is_refused(draft: Draft) -> None:
    assert draft.decide("change", wording="x" * 200_000).status_code == 413


def test_a_goal_that_its_author_took_back_gives_the_text_back(draft: Draft) -> None:
    draft.house.say(draft.visit, contribution())
    answer = draft.decide("change", wording="Toch jammer")
    assert answer.status_code == 404
    assert "Toch jammer" in answer.text
    assert WORDS not in answer.text


def test_an_unknown_decision_changes_nothing(draft: Draft) -> None:
    assert draft.decide("delete").status_code == 422
    assert draft.stands.status == "submitted"
