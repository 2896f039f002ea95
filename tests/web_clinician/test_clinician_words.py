"""Time frames and languages as a clinician reads them."""

import pytest
from clinician_house import House
from clinician_scenes import contribution, goal, item
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2027-05-01", "by 1 May 2027"),
        ("2027-05", "by 05/2027"),
        ("2027", "by 2027"),
        ("2027-02-30", "by 2027-02-30"),
        ("P1Y", "within 1 year"),
        ("P1Y6M", "within 1 year 6 months"),
        ("P2W", "within 2 weeks"),
        ("P1DT2H", "within 1 day 2 hours"),
        ("PT90M", "within 90 minutes"),
        ("PT30S", "within 30 seconds"),
    ],
)
def test_a_time_frame_is_told_in_words(house: House, browser: TestClient, iso: str, words: str) -> None:
    house.say(house.visits[0], contribution(goal(time_frame=iso)))
    assert f"<span>{words}</span>" in browser.get(f"/clinician/visits/{house.visits[0]}").text


def test_a_language_that_nobody_listed_is_shown_by_its_code(house: House, browser: TestClient) -> None:
    visit = house.visits[0]
    house.say(visit, contribution(goal("سلام دنیا", lang="fa"), language="fa"))
    assert '<bdi lang="fa" dir="ltr">fa</bdi>' in browser.get("/clinician").text
    page = browser.get(f"/clinician/visits/{visit}").text
    assert '<bdi class="voice block" lang="fa" dir="rtl">سلام دنیا</bdi>' in page
    assert "<span>fa</span>" in page


def test_a_regional_variety_is_the_same_language(house: House, browser: TestClient) -> None:
    visit = house.visits[0]
    house.say(visit, contribution(goal("My garden", lang="en-GB"), language="nl-BE", questions=[item("Wanneer?")]))
    page = browser.get(f"/clinician/visits/{visit}").text
    assert "<span>en-GB</span>" not in page
    assert "<span>English</span>" not in page[page.index("side patient") :]
    assert page.count("Dutch") == 1  # with the patient's name, not again at what they said
