"""Marks between patient and caregiver, hints per draft, and the whole visit in one transaction."""

from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from api.db.tables import build_tables
from api.teamwork.service import Teamwork
from careplan.meaning import Meaning
from careplan.people import SERVICE

PREFIX = "/api/v1"


class FirstWords:
    """Texts that begin with the same word mean the same."""

    asked: list[str]

    def __init__(self) -> None:
        self.asked = []

    def meanings(self, words: Sequence[str]) -> Sequence[Meaning]:
        self.asked += words
        return [Meaning("first words", _vector(text.split()[0])) for text in words]


def _vector(word: str) -> tuple[float, ...]:
    return tuple(1.0 if bit == "1" else -1.0 for bit in f"{sum(map(ord, word)) % 251:08b}")


@pytest.fixture
def reader() -> FirstWords:
    return FirstWords()


@pytest.fixture
def say(house, practice, contribution, reader):
    care_plan = house.care_plan.reading(reader)

    def put(*goals, role="patient", **changes):
        body = contribution(*goals, **changes)
        care_plan.put_contribution(SERVICE, practice.visit, role, body, key=next(iter(house.key().values())))

    return put


def marks(house, practice):
    browser = house.browser(practice.logins["clinician"])
    visit = browser.get(f"{PREFIX}/visits/{practice.visit}").json()
    goals = browser.get(f"{PREFIX}/visits/{practice.visit}/goals").json()["goals"]
    words = {goal["id"]: goal["words"] for goal in goals} | {None: None}
    return [(each["kind"], words[each["patient"]], words[each["caregiver"]], each["by"]) for each in visit["marks"]]


def test_a_visit_tells_what_is_the_same_different_or_of_one_only(house, practice, goal, say):
    say(
        goal("g1", words="markt met mijn zus", domain="family_friends"),
        goal("g2", words="thuis blijven", domain="home_life"),
        goal("g3", words="slapen", domain="feelings_energy"),
    )
    assert marks(house, practice) == []
    say(
        goal("c1", words="markt elke week", domain="leisure_community"),
        goal("c2", words="poetshulp", domain="home_life"),
        role="caregiver",
    )
    assert marks(house, practice) == [
        ("same", "markt met mijn zus", "markt elke week", "meaning"),
        ("different", "thuis blijven", "poetshulp", "area"),
        ("only_one", "slapen", None, None),
    ]


def test_what_is_not_shared_is_never_compared(house, practice, goal, say, reader):
    say(goal("g1", words="geheim"), goal("g2", words="open", shared=True))
    say(goal("g1", words="geheim", shared=False), goal("g2", words="open"))
    say(goal("c1", words="geheim"), role="caregiver")
    assert ("only_one", None, "geheim", None) in marks(house, practice)
    assert reader.asked == ["geheim", "open", "open", "geheim"]


def test_words_that_are_not_sent_yet_are_not_read(practice, goal, say, reader):
    say(goal(), state="started")
    assert reader.asked == []


def test_a_review_keeps_the_meaning_and_new_words_get_their_own(house, practice, goal, say):
    say(goal("g1", words="markt met mijn zus"))
    say(goal("c1", words="markt elke week"), role="caregiver")
    first = house.care_plan.goals_for(practice.clinician, practice.visit)[0]
    house.care_plan.review_goal(practice.clinician, first.id, 1, "accept")
    assert [mark[0] for mark in marks(house, practice)] == ["same"]
    say(goal("g1", words="iets anders"))
    assert [mark[0] for mark in marks(house, practice)] == ["only_one", "only_one"]


def test_the_vectors_are_sealed(house, practice, goal, say):
    say(goal())
    kept = build_tables(house.keys).goal_versions.c.meaning
    with house.engine.connect() as connection:
        plain = connection.execute(sa.select(sa.type_coerce(kept, sa.LargeBinary))).scalar_one()
        assert b"first words" not in plain
        assert connection.execute(sa.select(kept)).scalar_one().startswith("first words:")


def test_without_a_reader_the_area_of_life_is_compared(house, practice, goal, contribution):
    house.say(practice, contribution(goal(domain="home_life")))
    house.say(practice, contribution(goal("c1", words="thuis", domain="home_life")), "caregiver")
    assert marks(house, practice) == [("same", "Weer naar de markt.", "thuis", "area")]


def test_a_draft_says_what_is_worth_asking_from_what_is_shared(house, practice, goal, contribution):
    why = {"words": "om mijn zus", "lang": "nl", "question": "probe_meaning", "shared": False}
    house.say(
        practice,
        contribution(
            goal("g1", clarity="vague", missing=["where", "when"]),
            goal("g2", clarity="concrete", why=[why]),
        ),
    )
    goals = house.care_plan.goals_for(practice.clinician, practice.visit)
    assert [(goal.missing, goal.hint) for goal in goals] == [(("where", "when"), "where"), ((), "why")]


@pytest.mark.parametrize("missing", ["who", ["who", "who"], ["whom"], [1], None])
def test_what_is_missing_is_checked(house, practice, goal, contribution, missing):
    path = f"{PREFIX}/visits/{practice.visit}/contributions/patient"
    answer = house.service().put(path, json=contribution(goal(missing=missing)), headers=house.key())
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "goals[0].missing")


def test_a_whole_visit_is_read_in_one_transaction_whatever_it_holds(house, practice, goal, contribution):
    counts = []
    for number in (1, 15):
        house.say(practice, contribution(*(goal(f"g{place}") for place in range(number))))
        with _counting(house.engine) as statements:
            opened = Teamwork(house.care_plan.books).open_visit(practice.clinician, practice.visit).opened
        assert len(opened.goals) == number
        assert [visit.id for visit in opened.same_day] == [practice.visit]
        assert opened.visit.state == "read"
        assert statements.count("COMMIT") == 1
        counts.append(len(statements))
    assert counts[0] == counts[1] < 26


class _counting:
    """Every statement and commit that reaches the database."""

    def __init__(self, engine):
        self._engine, self.statements = engine, []

    def __enter__(self):
        event.listen(self._engine, "before_cursor_execute", self._execute)
        event.listen(self._engine, "commit", self._commit)
        return self.statements

    def __exit__(self, *_):
        event.remove(self._engine, "before_cursor_execute", self._execute)
        event.remove(self._engine, "commit", self._commit)

    def _execute(self, _connection, _cursor, statement, *_):
        self.statements.append(statement)

    def _commit(self, _connection):
        self.statements.append("COMMIT")
