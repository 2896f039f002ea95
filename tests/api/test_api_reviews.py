"""A clinician decides about goals: what stands beside the words, and what happens when two decide at once."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careplan.goals import Status, practice_may

PREFIX = "/api/v1"


@pytest.fixture
def desk(house, practice, goal, contribution):
    house.say(practice, contribution(goal(words="Weer naar de markt, alléén.")))
    browser = house.browser(practice.logins["clinician"])
    shown = browser.get(f"{PREFIX}/visits/{practice.visit}/goals").json()["goals"][0]
    return browser, f"{PREFIX}/goals/{shown['id']}"


def review(desk, version, **body):
    browser, path = desk
    return browser.post(f"{path}/review", json=body, headers={"If-Match": f'"{version}"'})


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"decision": "accept"}, "accepted"),
        ({"decision": "change", "wording": "Zelfstandig naar de markt"}, "changed"),
        ({"decision": "to_discuss"}, "to_discuss"),
        ({"decision": "decline", "reason": "Al besproken"}, "declined"),
    ],
)
def test_a_decision_is_a_new_version_beside_the_words(desk, body, status):
    answer = review(desk, 1, **body)
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    after = answer.json()
    assert (after["status"], after["version"]) == (status, 2)
    assert after["words"] == "Weer naar de markt, alléén."
    assert after["clinician_wording"] == body.get("wording")
    browser, path = desk
    versions = browser.get(f"{path}/versions").json()["versions"]
    assert [(one["status"], one["author"], one["decision"]) for one in versions] == [
        ("submitted", "patient", None),
        (status, "clinician of noord", body["decision"]),
    ]
    assert versions[1]["reason"] == body.get("reason")


def test_the_second_of_two_decisions_gets_both_texts(desk):
    review(desk, 1, decision="change", wording="van de eerste")
    answer = review(desk, 1, decision="change", wording="van de tweede")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["current_version"]) == (412, "version_conflict", 2)
    assert (error["current_text"], error["your_text"]) == ("van de eerste", "van de tweede")
    browser, path = desk
    assert browser.get(path).json()["clinician_wording"] == "van de eerste"


def test_new_words_of_the_person_meet_a_decision_about_the_old_ones(house, practice, desk, goal, contribution):
    house.say(practice, contribution(goal(words="Toch liever niet.")))
    answer = review(desk, 1, decision="accept")
    assert (answer.status_code, answer.json()["error"]["current_text"]) == (412, "Toch liever niet.")


def test_a_review_needs_the_version_that_was_seen(desk):
    browser, path = desk
    assert browser.post(f"{path}/review", json={"decision": "accept"}).status_code == 428
    for tag in ("*", 'W/"1"', "1", '"x"', '"1", "2"', '"99999999999999999999"'):
        answer = browser.post(f"{path}/review", json={"decision": "accept"}, headers={"If-Match": tag})
        assert answer.status_code == 412


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"decision": "change"}, "wording"),
        ({"decision": "change", "wording": "   "}, "wording"),
        ({"decision": "decline"}, "reason"),
        ({"decision": "accept", "wording": "x"}, "wording"),
        ({"decision": "burn"}, "decision"),
        ({"decision": "change", "wording": "a\x00b"}, "wording"),
        ({"decision": "change", "wording": "x" * 4001}, "wording"),
        ({}, "decision"),
    ],
)
def test_a_decision_that_says_too_little_or_too_much_is_refused(desk, body, field):
    answer = review(desk, 1, **body)
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, field)


def test_half_a_surrogate_pair_is_refused(desk):
    browser, path = desk
    body = b'{"decision": "change", "wording": "a\\ud800b"}'
    headers = {"If-Match": '"1"', "Content-Type": "application/json"}
    answer = browser.post(f"{path}/review", content=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "characters")


def test_new_words_reopen_the_review_and_the_same_words_keep_it(house, practice, desk, goal, contribution):
    words = "Weer naar de markt, alléén."
    review(desk, 1, decision="change", wording="Zelfstandig naar de markt")
    house.say(practice, contribution(goal(words=words, importance=9)))
    browser, path = desk
    after = browser.get(path).json()
    assert (after["status"], after["clinician_wording"], after["importance"]) == (
        "changed", "Zelfstandig naar de markt", 9,
    )  # fmt: skip
    house.say(practice, contribution(goal(words="Met de bus naar de markt.")))
    after = browser.get(path).json()
    assert (after["status"], after["clinician_wording"]) == ("submitted", None)
    versions = browser.get(f"{path}/versions").json()["versions"]
    assert versions[1]["clinician_wording"] == "Zelfstandig naar de markt"


def test_an_accepted_goal_is_not_withdrawn_by_leaving_it_out(house, practice, desk, contribution):
    review(desk, 1, decision="accept")
    house.say(practice, contribution())
    browser, path = desk
    assert browser.get(path).json()["status"] == "accepted"


def test_a_withdrawn_goal_is_gone_until_its_author_brings_it_back(house, practice, desk, goal, contribution):
    house.say(practice, contribution())
    browser, path = desk
    assert browser.get(path).status_code == 404
    assert review(desk, 2, decision="accept").status_code == 404
    house.say(practice, contribution(goal(words="Weer naar de markt, alléén.")))
    assert browser.get(path).json()["status"] == "submitted"


def test_a_goal_that_is_no_longer_shared_is_gone(house, practice, desk, goal, contribution):
    house.say(practice, contribution(goal(words="Weer naar de markt, alléén.", shared=False)))
    browser, path = desk
    assert browser.get(path).status_code == 404
    assert review(desk, 2, decision="accept").status_code == 404


STEPS = st.lists(
    st.sampled_from(["accept", "change", "to_discuss", "decline", "new words", "leave out", "same again"]),
    max_size=6,
)
BODIES = {
    "accept": {},
    "change": {"wording": "anders gezegd"},
    "to_discuss": {},
    "decline": {"reason": "al besproken"},
}
NUMBERS = itertools.count()


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(steps=STEPS)
def test_any_order_of_steps_keeps_every_word_and_the_allowed_statuses(house, practice, goal, contribution, steps):
    key = f"g{next(NUMBERS)}"
    texts = [f"{key} in eigen woorden 😀"]
    house.say(practice, contribution(goal(key, words=texts[0])))
    shown = house.care_plan.goals_for(practice.clinician, practice.visit)
    goal_id = next(view.id for view in shown if view.words == texts[0])
    browser, path = house.browser(practice.logins["clinician"]), f"{PREFIX}/goals/{goal_id}"
    for step in steps:
        before = browser.get(path).json()
        if step in BODIES:
            answer = review((browser, path), before.get("version", 1), decision=step, **BODIES[step])
            if answer.status_code == 200:
                assert practice_may(Status(before["status"]), Status(answer.json()["status"]))
                assert answer.json()["words"] == before["words"]
        elif step == "leave out":
            house.say(practice, contribution())
        else:
            if step == "new words":
                texts.append(f"{texts[-1]}+")
            house.say(practice, contribution(goal(key, words=texts[-1])))
    house.say(practice, contribution(goal(key, words=texts[-1])))
    versions = browser.get(f"{path}/versions").json()["versions"]
    assert [words for words, _ in itertools.groupby(version["words"] for version in versions)] == texts
    numbers = [version["version"] for version in versions]
    assert numbers == sorted(set(numbers))
    house.say(practice, contribution())
