"""What stands beside the drafts: marks to check, one question to ask, the picture; and the visit as plain text."""

import re

import pytest
from clinician_house import House
from clinician_scenes import ARABIC_PATIENT, DANGER, FRENCH_CAREGIVER, PARK, contribution, goal, item
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.views import GoalView
from careplan.areas import AreaOfLife
from careplan.hints import Hint
from web.clinician.labels import AREA_IN_SHORT, AREA_OF_LIFE, HINT
from web.clinician.picture import HEIGHT, WIDTH, picture


@pytest.fixture
def full(house: House) -> str:
    """The path of a visit with a patient and a caregiver."""
    visit = house.visits[3]
    house.say(visit, ARABIC_PATIENT)
    house.say(visit, FRENCH_CAREGIVER, "caregiver")
    return f"/clinician/visits/{visit}"


def test_marks_stand_at_both_goals_with_the_words_of_the_other(full: str, browser: TestClient) -> None:
    page = browser.get(full).text
    patient, caregiver = page.index("side patient"), page.index("side caregiver")
    marks = [(found.start(), found[1]) for found in re.finditer(r'class="mark (\w+)"', page)]
    assert [kind for _, kind in marks] == ["same", "only_one", "only_one", "only_one", "same"]
    assert all(patient < place < caregiver for place, _ in marks[:3])
    assert PARK in page[marks[-1][0] :].partition("</p>")[0]
    assert "marks: to check with them" in page
    assert "the same?" in page


def test_one_person_alone_has_no_marks(house: House, browser: TestClient) -> None:
    house.say(house.visits[0], contribution(goal(domain="home_life")))
    page = browser.get(f"/clinician/visits/{house.visits[0]}").text
    assert 'class="mark ' not in page
    assert "marks: to check" not in page


def test_every_open_draft_has_one_question_to_ask(house: House, browser: TestClient) -> None:
    visit = house.visits[0]
    house.say(visit, contribution(goal("Bewegen", clarity="vague", missing=["where"]), goal("Rust", "g2")))
    page = browser.get(f"/clinician/visits/{visit}").text
    assert re.findall(r'<p class="ask">(.*?) <a', page) == [
        "Ask: where would you like to do this?",
        "Ask: why does this matter to you?",
    ]
    assert 'href="/learn/professionals/ask?lang=en"' in page
    house.care_plan.review_goal(house.actor(), house.goal_ids(visit)[0], 1, "accept")
    assert browser.get(f"/clinician/visits/{visit}").text.count('class="ask"') == 1


def test_every_hint_and_every_area_has_its_words() -> None:
    assert set(HINT) == {hint.value for hint in Hint}
    assert set(AREA_IN_SHORT) == set(AREA_OF_LIFE) == {area.value for area in AreaOfLife}


def test_the_picture_is_told_in_a_table_too(full: str, browser: TestClient) -> None:
    page = browser.get(full).text
    drawing = page[page.index("<svg") : page.index("</svg>")]
    assert 'role="img" aria-labelledby="areas-title areas-about"' in drawing
    assert drawing.count("petal of-patient") == 3
    assert drawing.count("petal of-caregiver") == 2
    assert drawing.count("<text") == 12
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>", page)
    assert rows == [
        ("Family and friends", "important: 9/10", "important: 7/10"),
        ("Getting around", "important: 6/10", "not spoken of"),
        ("Life at home", "important: 10/10", "not spoken of"),
        ("Body and complaints", "not spoken of", "important: 9/10"),
    ]
    assert "style=" not in page


def test_without_areas_there_is_no_picture(house: House, browser: TestClient) -> None:
    house.say(house.visits[0], contribution(goal()))
    assert "<svg" not in browser.get(f"/clinician/visits/{house.visits[0]}").text


spoken = st.lists(
    st.tuples(
        st.sampled_from(["patient", "caregiver"]),
        st.sampled_from([None, *(area.value for area in AreaOfLife)]),
        st.one_of(st.none(), st.integers(0, 10)),
    ),
    max_size=8,
)


@given(spoken)
def test_a_picture_stays_in_its_frame_and_shows_what_was_said(said: list[tuple[str, str | None, int | None]]) -> None:
    drawn = picture([_goal(*each) for each in said])
    known = [each for each in said if each[1]]
    if drawn is None:
        assert known == []
        return
    assert len(drawn.areas) == 12
    for area in drawn.areas:
        for role, petal, value in (
            ("patient", area.patient, area.patient_value),
            ("caregiver", area.caregiver, area.caregiver_value),
        ):
            told = [importance for who, domain, importance in known if (who, domain) == (role, area.code)]
            assert bool(petal) == bool(told)
            assert value == max((number for number in told if number is not None), default=None)
            for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", petal or ""):
                assert 0 <= float(x) <= WIDTH
                assert 0 <= float(y) <= HEIGHT


def _goal(role: str, domain: str | None, importance: int | None) -> GoalView:
    plain = dict.fromkeys(GoalView.__dataclass_fields__)
    return GoalView(**plain | {"role": role, "domain": domain, "importance": importance})  # type: ignore[arg-type]


def test_the_visit_can_be_copied_as_plain_text(house: House, full: str, browser: TestClient) -> None:
    house.warn(house.visits[3], DANGER, lang="ar")
    answer = browser.get(f"{full}/text")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    text = answer.text
    assert f'href="{full}/text"' in browser.get(full).text
    places = [text.index(each) for each in ("Read first", f"> {DANGER}", "PATIENT", f"> {PARK}", "CAREGIVER")]
    assert places == sorted(places)
    assert "> qu'elle ne tombe plus, je dors mal à cause de ça\n  (French)" in text
    assert "Family and friends · important: 9/10 · Not reviewed yet" in text
    assert "\n\n\n\n" not in text


def test_nothing_that_people_write_looks_like_a_line_of_ours(house: House, browser: TestClient) -> None:
    visit = house.visits[0]
    forged = "x\r\nPATIENT\u2028Accepted\x85Our wording: <script>alert(1)</script>"
    house.say(visit, contribution(goal(forged, obstacles=[item(forged)]), questions=[item(forged)]))
    text = browser.get(f"/clinician/visits/{visit}/text").text
    lines = text.splitlines()
    assert text.count("<script>alert(1)</script>") == 3
    assert len([line for line in lines if re.match(r" *> (PATIENT|Accepted|Our wording)", line)]) == 9
    assert [line for line in lines if line.startswith(("Accepted", "Our wording"))] == []


def test_the_text_of_another_practices_visit_does_not_exist(house: House, full: str) -> None:
    assert house.others().get(f"{full}/text").status_code == 404
    signed_out = house.browser(signed_in=False).get(f"{full}/text")
    assert (signed_out.status_code, signed_out.headers["location"]) == (303, f"/clinician/sign-in?next={full}")


def test_a_page_is_one_reading_in_the_audit_trail(house: House, full: str, browser: TestClient) -> None:
    before = _entries(house)
    browser.get(full)
    assert _entries(house) - before == 1


def _entries(house: House) -> int:
    with house.care_plan.books.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM audit").scalar_one())
