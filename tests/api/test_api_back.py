"""Sharing with another organisation by consent, the note back to the person, and taking a goal back."""

from datetime import date

import pytest

from api.teamwork.service import Teamwork
from careplan.errors import Invalid, NotFound, TransitionRefused
from careplan.people import Author

TODAY = date(2026, 11, 22)


class Desk:
    """The services of one practice with a visit in which both people spoke."""

    def __init__(self, house, practice, goal, contribution):
        self.house, self.practice, self.visit, self.actor = house, practice, practice.visit, practice.clinician
        self.care_plan, self.teamwork = house.care_plan, Teamwork(house.care_plan.books)
        self.say, self.goal_json, self.contribution = house.say, goal, contribution
        self.speak()
        house.say(practice, contribution(goal(words="Eens een avond vrij.")), "caregiver")
        self.patients, self.caregivers = self.care_plan.goals_for(self.actor, self.visit)
        self.patient, self.caregiver = Author(self.visit, "patient"), Author(self.visit, "caregiver")

    def speak(self, words="Weer naar de markt.", **more):
        said = {"words": words, "lang": "nl", "question": "life_goal", "shared": True}
        day = said | {"words": "Een gewone dag", "question": "typical_day"}
        goal = self.goal_json(words=words, statements=[said])
        self.say(self.practice, self.contribution(goal, answers=[day, said], **more))

    def share(self, *goals, by="patient", **more):
        values = {"organisation": "Thuiszorg Noord", "consent_how": "spoken", "consent_on": TODAY} | more
        return self.teamwork.share(
            self.actor, self.visit, goals=[goal.id for goal in goals or (self.patients,)], consent_by=by, **values
        )

    def seen(self):
        return [goal.words for goal in self.care_plan.goals_for(self.actor, self.visit)]

    def actions(self):
        return [entry.action for entry in self.care_plan.audit_for(self.practice.administrator)]


@pytest.fixture
def desk(house, practice, goal, contribution):
    return Desk(house, practice, goal, contribution)


def test_another_organisation_reads_the_chosen_goals_and_every_opening_is_on_record(desk):
    member = desk.teamwork.add_member(desk.actor, desk.visit, "home_nurse", name="An").id
    desk.teamwork.add_task(desk.actor, desk.patients.id, member, "Mee stappen")
    made = desk.share()
    assert len(made.token) == 22  # 128 bits
    for _ in range(2):
        shared = desk.teamwork.open_share(made.token)
    assert (shared.practice, shared.organisation) == ("noord", "Thuiszorg Noord")
    assert [(goal.words, goal.role) for goal in shared.goals] == [("Weer naar de markt.", "patient")]
    assert [task.what for task in shared.goals[0].tasks] == ["Mee stappen"]
    assert desk.actions()[1:3] == ["open_share", "open_share"]
    known = desk.teamwork.shares_for(desk.actor, desk.visit)[0]
    assert (known.openings, known.state, known.consent["by"]) == (2, "open", "patient")
    assert known.last_opened == "2026-11-22T09:00:00+01:00"


def test_the_token_is_kept_as_a_hash_only(desk, tmp_path):
    token = desk.share().token
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("voorop.db*"))
    assert token.encode() not in stored


def test_a_link_ends_by_itself_by_hand_and_with_what_its_author_shares(desk):
    by_itself, by_hand, kept = desk.share(days=7), desk.share(), desk.share(days=60)
    desk.teamwork.revoke_share(desk.actor, by_hand.id)
    with pytest.raises(NotFound):
        desk.teamwork.open_share(by_hand.token)
    desk.house.clock.move(days=7)
    with pytest.raises(NotFound):
        desk.teamwork.open_share(by_itself.token)
    desk.teamwork.take_back(desk.patient, desk.patients.id)
    assert desk.teamwork.open_share(kept.token).goals == ()
    states = {one.id: one.state for one in desk.teamwork.shares_for(desk.actor, desk.visit)}
    assert states == {by_itself.id: "ended", by_hand.id: "revoked", kept.id: "open"}


@pytest.mark.parametrize("token", ["", "x" * 22, "x" * 23, "a\x00", "é" * 22, "' OR '1'='1' -- xxxxxx"])
def test_a_token_that_opens_nothing_is_not_found(desk, token):
    desk.share()
    with pytest.raises(NotFound):
        desk.teamwork.open_share(token)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"organisation": " "}, "organisation"),
        ({"days": 0}, "days"),
        ({"days": 91}, "days"),
        ({"consent_on": date(2026, 11, 23)}, "consent.on"),
        ({"by": "representative"}, "consent.name"),
        ({"by": "neighbour"}, "consent.by"),
        ({"consent_how": "guessed"}, "consent.how"),
        ({"by": "caregiver"}, "goals"),
    ],
)
def test_nothing_is_shared_without_a_whole_consent(desk, changes, field):
    with pytest.raises(Invalid) as refused:
        desk.share(**changes)
    assert refused.value.field == field
    assert desk.teamwork.shares_for(desk.actor, desk.visit) == ()


def test_a_caregivers_goals_need_the_caregivers_own_consent(desk):
    with pytest.raises(Invalid) as refused:
        desk.share(desk.patients, desk.caregivers)
    assert refused.value.code == "not_covered"
    made = desk.share(desk.caregivers, by="caregiver")
    assert [goal.words for goal in desk.teamwork.open_share(made.token).goals] == ["Eens een avond vrij."]


def test_a_note_reaches_the_one_it_is_for_and_tells_who_read_it(desk):
    assert desk.teamwork.answer_for(desk.patient).read is None
    desk.house.clock.move(hours=2)
    desk.care_plan.visit_for(desk.actor, desk.visit)
    desk.teamwork.write_note(desk.actor, desk.visit, "patient", "Dank u. We praten erover. <b>")
    answer = desk.teamwork.answer_for(desk.patient)
    assert (answer.read.author, answer.read.time) == ("clinician of noord", "2026-11-22T11:00:00+01:00")
    assert [(note.text, note.lang, note.author) for note in answer.notes] == [
        ("Dank u. We praten erover. <b>", "nl", "clinician of noord")
    ]
    assert desk.teamwork.answer_for(desk.caregiver).notes == ()
    assert [goal.words for goal in desk.teamwork.answer_for(desk.caregiver).goals] == ["Eens een avond vrij."]


def test_what_is_sent_after_the_reading_is_not_read_yet(desk):
    desk.care_plan.visit_for(desk.actor, desk.visit)
    desk.house.clock.move(minutes=5)
    desk.speak("Toch liever naar zee.")
    assert desk.teamwork.answer_for(desk.patient).read is None
    assert desk.teamwork.answer_for(desk.caregiver).read is not None


def test_a_goal_that_is_taken_back_is_gone_for_the_practice_and_stays_gone(desk):
    desk.teamwork.take_back(desk.patient, desk.patients.id)
    desk.teamwork.take_back(desk.patient, desk.patients.id)
    assert desk.seen() == ["Eens een avond vrij."]
    transcript = [answer.words for answer in desk.care_plan.transcript_for(desk.actor, desk.visit)]
    assert transcript == ["Een gewone dag"]
    assert desk.care_plan.visit_for(desk.actor, desk.visit).one_thing["patient"] is None
    desk.speak(questions=[{"words": "Nog iets?", "lang": "nl", "question": "after_closing", "shared": True}])
    assert desk.seen() == ["Eens een avond vrij."]
    assert [question.words for question in desk.care_plan.visit_for(desk.actor, desk.visit).questions] == ["Nog iets?"]
    assert [(goal.status, goal.may_take_back) for goal in desk.teamwork.answer_for(desk.patient).goals] == [
        ("withdrawn", False)
    ]
    assert desk.actions().count("take_back_goal") == 1
    desk.speak("Toch weer naar de markt.")
    assert desk.seen() == ["Toch weer naar de markt.", "Eens een avond vrij."]


def test_what_was_accepted_is_not_taken_back(desk):
    desk.care_plan.review_goal(desk.actor, desk.patients.id, 1, "accept")
    assert [goal.may_take_back for goal in desk.teamwork.answer_for(desk.patient).goals] == [False]
    with pytest.raises(TransitionRefused):
        desk.teamwork.take_back(desk.patient, desk.patients.id)
    assert desk.seen()[0] == "Weer naar de markt."


def test_nobody_takes_back_the_goal_of_another(desk, make_practice):
    stranger = Author(make_practice("zuid").visit, "patient")
    for author in (desk.caregiver, stranger, Author(desk.visit, "nobody"), Author("x", "patient")):
        with pytest.raises(NotFound):
            desk.teamwork.take_back(author, desk.patients.id)
    assert desk.seen()[0] == "Weer naar de markt."


def test_who_deletes_everything_leaves_nothing_that_followed_on_it(desk):
    member = desk.teamwork.add_member(desk.actor, desk.visit, "home_nurse", name="An").id
    desk.teamwork.add_task(desk.actor, desk.patients.id, member, "Mee stappen")
    desk.teamwork.write_scaling(desk.actor, desk.patients.id, 0, ["", "", "elke week", "", ""])
    desk.teamwork.score(desk.actor, desk.patients.id, 1, 1, "patient", "goed")
    for role in ("patient", "caregiver"):
        desk.teamwork.write_note(desk.actor, desk.visit, role, "Dank u")
    link = desk.share()
    path = f"/api/v1/visits/{desk.visit}/contributions/patient"
    assert desk.house.service().delete(path, headers=desk.house.key()).status_code == 204
    left = desk.teamwork.report_for(desk.actor, desk.visit)
    assert [note.role for note in left.notes] == ["caregiver"]
    assert [one.goal.role for one in left.goals] == ["caregiver"]
    assert desk.teamwork.open_share(link.token).goals == ()
    tables = desk.care_plan.books.context.tables
    with desk.house.engine.connect() as connection:
        for table in (tables.tasks, tables.task_versions, tables.scalings, tables.scores):
            assert connection.execute(table.select()).all() == []
