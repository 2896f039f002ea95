"""The list of a day and one visit on one screen, over HTTP with a real care plan."""

import re
from typing import Any

from clinician_house import DAY, House
from clinician_scenes import ARABIC_PATIENT, DANGER, FALLING, FRENCH_CAREGIVER, HOME, PARK, contribution, goal, item
from starlette.testclient import TestClient

HOSTILE = (
    "<script>alert(1)</script>",
    "{{7*7}}",
    "/restart",
    '"><img src=x onerror=alert(1)>',
    "abc\u202edcba\u2066 tail",
)


def said(text: str, lang: str, direction: str, *, block: bool = False) -> str:
    """How words of a person stand in a page: isolated, in their language and direction."""
    return f'<bdi class="voice{" block" if block else ""}" lang="{lang}" dir="{direction}">{text}</bdi>'


def test_the_list_tells_in_words_how_far_everybody_is(house: House, browser: TestClient) -> None:
    nl, fr, en, ar = house.visits
    house.say(nl, contribution(goal(), state="started"))
    house.say(fr, contribution(goal(lang="fr"), language="fr"))
    house.say(ar, ARABIC_PATIENT)
    house.warn(ar, DANGER, lang="ar")
    browser.get(f"/clinician/visits/{fr}")
    house.care_plan.mark_visit(house.actor(), en, "discussed")
    page = browser.get("/clinician").text
    assert re.search(r"Monday 23 November</span>.*4 visits</span>.*1 new</span>", page, re.S)
    lines = page.split('<li class="visit-line')[1:]
    assert [re.search(r"<bdi>(\d\d:\d\d)</bdi>", line)[1] for line in lines] == ["09:00", "09:20", "09:40", "10:00"]  # type: ignore[index]
    for line, words in zip(lines, ("nothing yet", "read", "discussed", "new"), strict=True):
        assert f">{words}</span>" in line
    assert "begun, not finished" in lines[0]
    assert "not begun yet" in lines[0]
    assert "finished" in lines[1]
    assert '<bdi lang="ar" dir="rtl">العربية</bdi>' in lines[3]
    assert "Read first: 1 quote" in lines[3]
    assert PARK not in page
    assert DANGER not in page


def test_another_day_is_one_link_away(browser: TestClient) -> None:
    assert "There are no visits on this day." in browser.get("/clinician?day=2026-11-24").text
    page = browser.get("/clinician?day=2026-11-24").text
    assert f'href="/clinician?day={DAY}"' in page
    assert 'href="/clinician?day=2026-11-25"' in page
    for day in ("yesterday", "0001-01-01", "9999-12-31", "2026-02-30"):
        assert "Monday 23 November" in browser.get("/clinician", params={"day": day}).text


def test_one_screen_shows_the_exact_words_in_their_language(house: House, browser: TestClient) -> None:
    visit = house.visits[3]
    house.say(visit, ARABIC_PATIENT)
    house.say(visit, FRENCH_CAREGIVER, "caregiver")
    house.warn(visit, DANGER, lang="ar")
    page = browser.get(f"/clinician/visits/{visit}").text
    flags, patient, caregiver = page.index('class="flags"'), page.index("side patient"), page.index("side caregiver")
    assert flags < patient < caregiver
    for words, lang, direction, place in (
        (PARK, "ar", "rtl", patient),
        (HOME, "ar", "rtl", patient),
        ("Terug leren fietsen, al is het maar tot de bakker", "nl", "ltr", patient),
        (FALLING.replace("'", "&#39;"), "fr", "ltr", caregiver),
    ):
        assert page.index(said(words, lang, direction, block=True)) > place
    assert flags < page.index(said(DANGER, "ar", "rtl")) < patient
    assert "<span>The person wrote</span> <span>about suicide or self-harm</span>" in page
    first, second = page.index(PARK), page.index(HOME)
    assert first < second < caregiver
    for words in ("وجع الركبة", "ابنتي تساعدني", "لأنهم فرحي", "أدوية كثيرة في الصباح", "هل أحتاج كل هذه الأدوية؟"):
        assert patient < page.index(said(words, "ar", "rtl")) < caregiver
    for text in ("Family and friends", "<b>9/10</b>", "within 3 months", "by 05/2027", "11 minutes", "a helper typed"):
        assert text in page


def test_the_language_of_words_is_named_when_it_is_not_the_readers(house: House, browser: TestClient) -> None:
    visit = house.visits[3]
    house.say(visit, contribution(goal(HOME, lang="ar"), goal("My garden", "g2", "en"), language="ar"))
    page = browser.get(f"/clinician/visits/{visit}").text
    foreign, own = page.split('<article class="goal')[1:]
    assert "<span>Arabic</span>" in foreign
    assert "<span>English</span>" not in own


def test_opening_a_visit_marks_it_as_read_and_new_words_make_it_new_again(house: House, browser: TestClient) -> None:
    visit = house.visits[0]
    house.say(visit, contribution(goal()))
    browser.get(f"/clinician/visits/{visit}")
    state = house.care_plan.visit_for(house.actor(), visit).state
    assert state == "read"
    house.say(visit, contribution(goal("Nog iets.")))
    assert house.care_plan.visit_for(house.actor(), visit).state == "new"


def test_a_visit_is_discussed_or_not_yet_after_all(house: House, browser: TestClient) -> None:
    visit = house.visits[0]
    path = f"/clinician/visits/{visit}"
    assert browser.post(f"{path}/state", data={"state": "discussed"}).headers["location"] == path
    assert "Not discussed yet" in browser.get(path).text
    assert house.care_plan.visit_for(house.actor(), visit).state == "discussed"
    browser.post(f"{path}/state", data={"state": "new"})
    assert "We discussed it" in browser.get(path).text
    assert browser.post(f"{path}/state", data={"state": "gone"}).status_code == 422


def test_before_it_is_sent_only_that_somebody_has_begun_is_shown(house: House, browser: TestClient) -> None:
    visit = house.visits[0]
    answers = [item("Ik sta om acht op", question="typical_day", typed_by="self")]
    house.say(visit, contribution(goal("Nog niet gestuurd"), state="started", answers=answers))
    page = browser.get(f"/clinician/visits/{visit}").text
    assert "They have begun, and have not sent anything yet." in page
    assert "They have not begun yet." in page
    assert "Nog niet gestuurd" not in page
    assert "Ik sta om acht op" not in page


def test_what_is_not_shared_is_never_in_the_page(house: House, browser: TestClient) -> None:
    visit = house.visits[0]
    secret = "dit blijft van mij"
    kept = item(secret, shared=False)
    house.say(
        visit,
        contribution(
            goal("Gedeeld", statements=[kept, item("Gedeeld")], obstacles=[kept]),
            goal(secret, "g2", shared=False),
            questions=[kept],
            burdens=[kept],
            helps=[kept],
            answers=[kept],
        ),
    )
    page = browser.get(f"/clinician/visits/{visit}").text
    assert "Gedeeld" in page
    assert secret not in page


def test_who_where_how_often_and_when_stand_beside_the_goal_in_the_persons_words(
    house: House, browser: TestClient
) -> None:
    visit = house.visits[0]
    parts = [item("met Lena", part="who"), item("elke zondag", part="how_often")]
    house.say(visit, contribution(goal("Wandelen", parts=[*parts, item("thuis", part="where", shared=False)])))
    page = browser.get(f"/clinician/visits/{visit}").text
    assert page.index("Who") < page.index("met Lena<") < page.index("How often") < page.index("elke zondag")
    assert "thuis" not in page


def test_somebody_who_shares_nothing_is_respected(house: House, browser: TestClient) -> None:
    house.say(house.visits[0], contribution(goal(shared=False)))
    assert "They are finished and share nothing." in browser.get(f"/clinician/visits/{house.visits[0]}").text


def test_whatever_people_type_is_inert(house: House, browser: TestClient) -> None:
    visit = house.visits[0]
    for place, text in enumerate(HOSTILE):
        goals = (goal(text, "g1", obstacles=[item(text)], expects=[item(text, of=text)]),)
        everything: dict[str, Any] = {name: [item(text)] for name in ("questions", "burdens", "helps", "answers")}
        house.say(visit, contribution(*goals, **everything))
        house.warn(visit, f"{text} {place}")
        page = browser.get(f"/clinician/visits/{visit}").text
        for tag in ("<script>alert", "<img", "49"):
            assert tag not in re.sub(r"[0-9a-f]{32}", "", page)
    assert said("abc\u202edcba\u2066 tail", "nl", "ltr", block=True) in page
    outside = re.sub(r"<bdi[^>]*>[^<]*</bdi>|<textarea[^>]*>[^<]*</textarea>", "", page)
    assert "\u202e" not in outside


def test_more_than_three_goals_are_folded_and_the_first_stands_first(house: House, browser: TestClient) -> None:
    visit = house.visits[0]
    house.say(visit, contribution(*(goal(f"Doel {n}", f"g{n}", first=n == 5) for n in range(1, 6))))
    page = browser.get(f"/clinician/visits/{visit}").text
    assert re.findall(r'block" lang="nl" dir="ltr">(Doel \d)', page) == [
        "Doel 5",
        "Doel 1",
        "Doel 2",
        "Doel 3",
        "Doel 4",
    ]
    assert page.index("And more") < page.index("Doel 3")


def test_the_next_visit_of_the_day_is_one_link_away(house: House, browser: TestClient) -> None:
    first, second, *_, last = house.visits
    assert f'rel="next" href="/clinician/visits/{second}"' in browser.get(f"/clinician/visits/{first}").text
    assert 'rel="next"' not in browser.get(f"/clinician/visits/{last}").text


def test_another_practices_visit_does_not_exist(house: House) -> None:
    visit = house.visits[0]
    house.say(visit, contribution(goal()))
    others = house.others()
    for answer in (
        others.get(f"/clinician/visits/{visit}"),
        others.post(f"/clinician/visits/{visit}/state", data={"state": "discussed"}),
        others.post(f"/clinician/goals/{house.goal_ids(visit)[0]}/review", data={"version": "1", "decision": "accept"}),
    ):
        assert answer.status_code == 404
        assert "We cannot find this." in answer.text
        assert "Weer naar de markt" not in answer.text
    assert house.care_plan.visit_for(house.actor(), visit).state == "new"
