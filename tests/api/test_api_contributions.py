"""What the action server writes and what of it the practice sees."""

import pytest

PREFIX = "/api/v1"
WORDS = [
    "أريد أن أمشي مع حفيدتي كل يوم",
    "Ik wil \u202eterug\u202c naar 👩‍👩‍👧 de markt",
    "<script>alert(1)</script> {{7*7}} '; DROP TABLE goals; --",
    "  /restart  ",
    "cafe\u0301 en café",
    "😀",
]


def item(words="Mijn knie.", *, shared=True, question="goal_obstacle", **more):
    return {"words": words, "lang": "nl", "question": question, "shared": shared} | more


@pytest.mark.parametrize("words", WORDS)
def test_words_arrive_verbatim(house, practice, goal, contribution, words):
    house.say(practice, contribution(goal(words=words, statements=[item(words)]), questions=[item(words)]))
    browser = house.browser(practice.logins["clinician"])
    shown = browser.get(f"{PREFIX}/visits/{practice.visit}/goals").json()["goals"][0]
    assert shown["words"] == words
    assert shown["statements"][0]["words"] == words
    assert browser.get(f"{PREFIX}/visits/{practice.visit}").json()["questions"][0]["words"] == words


def test_a_goal_has_the_promised_shape(house, practice, goal, contribution):
    draft = goal(
        importance=8, domain="family_friends", clarity="concrete", time_frame="P3M", first=True,
        why=[item()], obstacles=[item()], supports=[item()], own_part=[item()], expects=[item(of="kinesist")],
        parts=[item("op zondag", part="when"), item("met Mia", part="who", shared=False)],
    )  # fmt: skip
    house.say(practice, contribution(draft))
    shown = house.browser(practice.logins["clinician"]).get(f"{PREFIX}/visits/{practice.visit}/goals").json()
    first = shown["goals"][0]
    assert {"id", "version", "words", "lang", "dir", "role", "typed_by", "level", "domain", "importance", "first",
            "time_frame", "status", "statements", "parts", "why", "obstacles", "supports", "own_part", "expects",
            "clinician_wording", "shared"} <= set(first)  # fmt: skip
    assert (first["status"], first["first"], first["role"], first["dir"]) == ("submitted", True, "patient", "ltr")
    assert first["expects"][0]["of"] == "kinesist"
    assert first["obstacles"][0] | {"of": None, "dir": "ltr"} == first["obstacles"][0]
    assert first["time_frame"] == "P3M"
    assert [(part["part"], part["words"]) for part in first["parts"]] == [("when", "op zondag")]


def test_a_visit_has_the_promised_shape(house, practice, goal, contribution):
    house.say(practice, contribution(goal(), burdens=[item("Te veel pillen")], helps=[item("De buurvrouw")]))
    view = house.browser(practice.logins["clinician"]).get(f"{PREFIX}/visits/{practice.visit}").json()
    assert view["time"] == "2026-11-22T10:00:00+01:00"
    assert [(person["role"], person["state"]) for person in view["people"]] == [
        ("patient", "submitted"),
        ("caregiver", "invited"),
    ]
    assert view["people"][0]["minutes"] == 9
    assert (view["burdens"][0]["words"], view["helps"][0]["role"]) == ("Te veel pillen", "patient")
    assert view["one_thing"]["patient"]
    assert view["one_thing"]["caregiver"] is None
    assert view["flags"] == []


def test_right_to_left_words_say_so(house, practice, goal, contribution):
    house.say(practice, contribution(goal(words="السوق", lang="ar"), goal("g2", words="בית", lang="he")), "caregiver")
    goals = house.browser(practice.logins["clinician"]).get(f"{PREFIX}/visits/{practice.visit}/goals").json()["goals"]
    assert [shown["dir"] for shown in goals] == ["rtl", "rtl"]


def test_nothing_is_shown_before_it_is_sent_except_how_far_somebody_is(house, practice, goal, contribution):
    house.say(practice, contribution(goal(), state="started", questions=[item()], answers=[item()]))
    browser = house.browser(practice.logins["clinician"])
    view = browser.get(f"{PREFIX}/visits/{practice.visit}").json()
    assert view["people"][0]["state"] == "started"
    assert (view["questions"], view["one_thing"]["patient"]) == ([], None)
    assert browser.get(f"{PREFIX}/visits/{practice.visit}/goals").json() == {"goals": []}
    assert browser.get(f"{PREFIX}/visits/{practice.visit}/transcript").json() == {"answers": []}


def test_what_is_not_shared_is_never_shown(house, practice, goal, contribution):
    secret = "geheim-canary"
    house.say(
        practice,
        contribution(
            goal(statements=[item(secret, shared=False), item("open")]),
            goal("g2", words=secret, shared=False, first=True),
            **{name: [item(secret, shared=False)] for name in ("questions", "burdens", "helps", "answers")},
        ),
    )
    browser = house.browser(practice.logins["clinician"])
    visit = f"{PREFIX}/visits/{practice.visit}"
    shown = browser.get(f"{visit}/goals").json()["goals"]
    answers = [browser.get(path).text for path in (visit, f"{visit}/goals", f"{visit}/transcript", f"{visit}/flags")]
    answers.append(browser.get(f"{PREFIX}/goals/{shown[0]['id']}/versions").text)
    assert not any(secret in answer for answer in answers)
    assert [(len(shown), goal["first"]) for goal in shown] == [(1, True)]


def test_a_contribution_put_twice_keeps_its_versions(house, practice, goal, contribution):
    house.say(practice, contribution(goal(words="eerst")))
    house.say(practice, contribution(goal(words="daarna")))
    browser = house.browser(practice.logins["clinician"])
    shown = browser.get(f"{PREFIX}/visits/{practice.visit}/goals").json()["goals"]
    assert [(goal["words"], goal["version"]) for goal in shown] == [("daarna", 2)]
    versions = browser.get(f"{PREFIX}/goals/{shown[0]['id']}/versions").json()["versions"]
    assert [version["words"] for version in versions] == ["eerst", "daarna"]
    assert [version["author"] for version in versions] == ["patient", "patient"]


def test_the_same_contribution_again_makes_no_new_version(house, practice, goal, contribution):
    for _ in range(2):
        house.say(practice, contribution(goal()))
    shown = house.browser(practice.logins["clinician"]).get(f"{PREFIX}/visits/{practice.visit}/goals").json()
    assert shown["goals"][0]["version"] == 1


def test_a_goal_left_out_is_withdrawn(house, practice, goal, contribution):
    house.say(practice, contribution(goal(), goal("g2", words="Rustig slapen")))
    house.say(practice, contribution(goal("g2", words="Rustig slapen")))
    browser = house.browser(practice.logins["clinician"])
    shown = browser.get(f"{PREFIX}/visits/{practice.visit}/goals").json()["goals"]
    assert [goal["words"] for goal in shown] == ["Rustig slapen"]


def test_what_is_changed_after_sending_counts_when_it_is_sent_again(house, practice, goal, contribution):
    house.say(practice, contribution(goal(words="verzonden")))
    house.say(practice, contribution(goal(words="half"), state="started"))
    browser, path = house.browser(practice.logins["clinician"]), f"{PREFIX}/visits/{practice.visit}/goals"
    assert browser.get(path).json()["goals"][0]["words"] == "verzonden"
    house.say(practice, contribution(goal(words="helemaal")))
    assert browser.get(path).json()["goals"][0]["words"] == "helemaal"


def test_the_first_goal_is_exactly_one_per_person(house, practice, goal, contribution):
    house.say(practice, contribution(goal(importance=4), goal("g2", importance=9), goal("g3")))
    house.say(practice, contribution(goal(), goal("g2", first=True)), "caregiver")
    browser = house.browser(practice.logins["clinician"])
    shown = browser.get(f"{PREFIX}/visits/{practice.visit}/goals").json()["goals"]
    assert [(goal["role"], goal["first"]) for goal in shown] == [
        ("patient", False), ("patient", True), ("patient", False), ("caregiver", False), ("caregiver", True),
    ]  # fmt: skip
    one_thing = browser.get(f"{PREFIX}/visits/{practice.visit}").json()["one_thing"]
    assert one_thing == {"patient": shown[1]["id"], "caregiver": shown[4]["id"]}


def test_the_transcript_is_in_order_and_says_who_typed(house, practice, contribution):
    answers = [item("een"), item("twee", typed_by="helper"), item("nee", shared=False)]
    house.say(practice, contribution(answers=answers))
    shown = house.browser(practice.logins["clinician"]).get(f"{PREFIX}/visits/{practice.visit}/transcript").json()
    assert [(answer["words"], answer["typed_by"]) for answer in shown["answers"]] == [
        ("een", "self"),
        ("twee", "helper"),
    ]


def test_a_flag_is_shown_at_once(house, practice, contribution):
    flag = {"category": "violence_abuse", "words": "hij slaat mij", "lang": "nl", "role": "patient", "rule": "nl-1"}
    visit = f"{PREFIX}/visits/{practice.visit}"
    assert house.service().post(f"{visit}/flags", json=flag, headers=house.key()).status_code == 201
    browser = house.browser(practice.logins["clinician"])
    shown = browser.get(f"{visit}/flags").json()["flags"]
    assert [(one["category"], one["words"], one["role"]) for one in shown] == [
        ("violence_abuse", "hij slaat mij", "patient")
    ]
    assert browser.get(visit).json()["flags"] == shown


def test_deleting_leaves_no_word_of_the_person(house, practice, goal, contribution):
    house.say(practice, contribution(goal(), questions=[item()]))
    house.say(practice, contribution(goal(words="van de mantelzorger")), "caregiver")
    visit = f"{PREFIX}/visits/{practice.visit}"
    flag = {"category": "suicide_self_harm", "words": "x", "lang": "nl", "role": "patient"}
    house.service().post(f"{visit}/flags", json=flag, headers=house.key())
    path = f"{visit}/contributions/patient"
    assert house.service().delete(path, headers=house.key()).status_code == 204
    browser = house.browser(practice.logins["clinician"])
    view = browser.get(visit).json()
    assert (view["questions"], view["flags"], view["people"][0]["state"]) == ([], [], "invited")
    assert [goal["role"] for goal in browser.get(f"{visit}/goals").json()["goals"]] == ["caregiver"]
    with house.engine.connect() as connection:
        for table in ("contributions", "goals", "flags"):
            count = f"SELECT count(*) FROM {table} WHERE role = 'patient'"  # noqa: S608
            assert connection.exec_driver_sql(count).scalar() == 0


def test_words_are_sealed_in_the_file(house, practice, goal, contribution, tmp_path):
    house.say(practice, contribution(goal(words="canary-words"), answers=[item("canary-words")]))
    house.client().get("/")
    written = b"".join(path.read_bytes() for path in tmp_path.glob("voorop.db*"))
    assert b"canary-words" not in written
    assert practice.patient_token.encode() not in written
    assert practice.patient_code.replace("-", "").encode() not in written


def test_new_words_make_a_visit_new_again(house, practice, goal, contribution):
    house.say(practice, contribution(goal()))
    browser = house.browser(practice.logins["clinician"])
    path = f"{PREFIX}/visits/{practice.visit}/state"
    assert browser.post(path, json={"state": "read"}).status_code == 204
    house.say(practice, contribution(goal(words="nieuw")))
    listed = browser.get(f"{PREFIX}/visits?day=2026-11-22").json()["visits"]
    assert [visit["state"] for visit in listed] == ["new"]
    browser.post(path, json={"state": "discussed"})
    browser.post(path, json={"state": "read"})
    listed = browser.get(f"{PREFIX}/visits?day=2026-11-22").json()["visits"]
    assert [visit["state"] for visit in listed] == ["discussed"]
