"""Which question comes next, as people meet it."""

from dataclasses import replace

import pytest

from actions.elicitation.goal_words import goal_statement
from actions.elicitation.interview import Interview
from actions.elicitation.listening import AVOIDS, BECAUSE, WANTS
from actions.elicitation.moving import previous_answer
from actions.elicitation.next_question import MOST_GOALS, goal_of, next_question, turned_to
from actions.elicitation.probes import next_probe
from actions.elicitation.progress import progress
from tests.elicitation.talking import Person, at_goal, at_summary, with_goal


def test_a_clear_goal_leads_from_welcome_to_closing_in_the_order_of_the_path() -> None:
    person = at_summary().yes().yes()
    assert person.asked == [
        "welcome",
        "typical_day",
        "matters_most",
        "life_goal",
        "probe_meaning",
        "goal_readback",
        "goal_importance",
        "goal_obstacle",
        "goal_support",
        "more_goals",
        "goal_support",
        "goal_support",
        "care_burden",
        "care_burden",
        "visit_question",
        "summary",
        "share",
        None,
    ]


def test_two_goals_lead_to_the_one_thing() -> None:
    person = with_goal().yes().say("cook for my sister").yes().choose("5").say("money").say("nobody").no()
    assert person.question == "one_thing"


def test_no_more_than_three_goals_are_asked_for() -> None:
    person = with_goal()
    for _ in range(MOST_GOALS - 1):
        assert person.question == "more_goals"
        person.yes().say("another thing with Piet").yes().choose("5").say("money").say("nobody")
    assert person.question == "one_thing"


def test_a_goal_named_at_once_instead_of_yes_is_taken_as_the_next_goal() -> None:
    person = with_goal().say("cook for my sister")
    assert person.question == "goal_readback"
    assert [answer.words for answer in person.interview.statements(2)] == ["cook for my sister"]


@pytest.mark.parametrize(
    ("words", "probe"),
    [("pain", "probe_beyond_symptom"), ("vague", "probe_missing"), ("both", "probe_split")],
)
def test_a_probe_asks_for_the_one_thing_that_is_missing(words: str, probe: str) -> None:
    assert at_goal().say(words).question == probe


def test_a_probe_for_what_is_missing_names_the_most_helpful_element() -> None:
    person = at_goal().say("vague")
    probe = next_probe(person.interview, 1)
    assert probe is not None
    assert probe.missing == "who"


def test_after_a_symptom_the_answer_comes_down_to_something_one_can_picture() -> None:
    person = at_goal().say("pain").say("vague walking").say("with Mieke")
    assert person.asked[4:] == ["probe_beyond_symptom", "probe_missing", "goal_readback"]
    statement = goal_statement(person.interview, 1)
    assert statement is not None
    assert statement.words == "vague walking"


@pytest.mark.parametrize("answers", [("pain", "pain", "pain"), ("vague", "vague", "vague"), ("both", "pain", "vague")])
def test_no_goal_gets_more_than_two_probes(answers: tuple[str, ...]) -> None:
    person = at_goal()
    for words in answers:
        person.say(words)
    assert sum(1 for asked in person.asked if asked and asked.startswith("probe_")) <= 2


def test_a_wish_told_instead_of_a_moment_becomes_the_goal() -> None:
    person = at_goal().say("free, I have no goals").say("I want to see my children in Nador", signs=(WANTS,))
    statement = goal_statement(person.interview, 1)
    assert statement is not None
    assert statement.words == "I want to see my children in Nador"


def test_what_someone_wants_to_be_is_asked_for_as_a_moment_and_then_as_something_to_picture() -> None:
    person = at_goal().say("free").say("free as a bird")
    assert person.asked[4:] == ["probe_moment", "probe_missing"]
    assert turned_to(person.interview, "probe_missing") == "what"


def test_a_moment_that_went_well_does_not_take_the_place_of_the_wish() -> None:
    person = at_goal().say("free in my head").say("last month I went to the market with my son")
    statement = goal_statement(person.interview, 1)
    assert statement is not None
    assert statement.words == "free in my head"
    assert [said.words for said in person.interview.statements(1)][1] == "last month I went to the market with my son"


def test_what_someone_does_not_want_is_turned_to_what_they_want_instead_once() -> None:
    person = at_goal().say("vague, not a home", signs=(AVOIDS,))
    assert (person.question, turned_to(person.interview, "probe_missing")) == ("probe_missing", "instead")
    assert person.say("vague, not there", signs=(AVOIDS,)).question == "probe_meaning"


def test_what_is_wanted_instead_is_what_is_read_back() -> None:
    person = at_goal().say("vague, not a home", signs=(AVOIDS,)).say("stay with Mieke in our street").skip()
    statement = goal_statement(person.interview, 1)
    assert statement is not None
    assert statement.words == "stay with Mieke in our street"


def test_who_or_where_alone_fills_the_gap_and_leads_on() -> None:
    person = at_goal().say("vague").say("free")  # with whom? "free" would be a value on its own
    assert "probe_moment" not in person.asked


def test_why_it_matters_is_asked_of_a_clear_first_goal_unless_it_was_told() -> None:
    assert at_goal().say("walk with Mieke").question == "probe_meaning"
    assert at_goal().say("walk with Mieke, it rests me", signs=(BECAUSE,)).question == "goal_readback"


def test_a_later_goal_gets_one_probe() -> None:
    person = with_goal().say("vague").say("still vague")
    assert person.asked[-2:] == ["probe_missing", "goal_readback"]


def test_what_was_left_aside_of_two_goals_is_asked_for_afterwards() -> None:
    person = at_goal().say("both").say("walk with Mieke").skip()
    person.yes().choose("8").say("the stairs").say("my daughter")
    assert (person.question, turned_to(person.interview, "more_goals")) == ("more_goals", "other")


def test_the_goal_that_comes_first_is_asked_about_further() -> None:
    person = with_goal().yes().say("cook for my sister").yes().choose("5").say("money").say("nobody").no().choose("g2")
    assert (person.question, turned_to(person.interview, "goal_support")) == ("goal_support", "own")
    person.say("I peel the potatoes")
    assert (person.question, turned_to(person.interview, "goal_support")) == ("goal_support", "expects")
    person.skip()
    assert person.question == "care_burden"
    assert [answer.words for answer in person.interview.standing("goal_support", 2)] == [
        "nobody",
        "I peel the potatoes",
        "",
    ]


def test_a_language_is_asked_about_before_the_interview_goes_on() -> None:
    person = at_goal()
    person.interview = replace(person.interview, offered_language="fr")
    assert person.question == "language_offer"
    assert person.no().question == "life_goal"


def test_a_skipped_probe_is_not_replaced_by_another() -> None:
    assert at_goal().say("pain").skip().question == "goal_readback"


def test_i_have_no_goals_is_met_with_what_to_keep_and_what_worries_and_then_accepted() -> None:
    person = at_goal()
    turns = [turned_to(person.interview, "life_goal")]
    for _ in range(2):
        person.no()
        turns.append(turned_to(person.interview, "life_goal"))
    person.no()
    assert turns == ["", "keep", "worry"]
    assert person.question == "care_burden"


def test_words_that_tell_of_no_goal_are_kept_and_lead_the_same_way() -> None:
    person = at_goal().say("hm, I have no goals")
    assert (person.question, turned_to(person.interview, "life_goal")) == ("life_goal", "keep")
    person.say("my garden with Mieke")
    assert person.question == "probe_meaning"
    assert "hm, I have no goals" in [answer.words for answer in person.interview.standing()]


def test_a_skipped_goal_is_accepted_at_once() -> None:
    assert at_goal().skip().question == "care_burden"


def test_the_care_is_asked_about_from_both_sides() -> None:
    person = with_goal().no().say("I exercise").say("advice")
    assert turned_to(person.interview, "care_burden") == ""
    person.say("the pills")
    assert (person.question, turned_to(person.interview, "care_burden")) == ("care_burden", "helps")


def test_what_someone_says_no_to_at_readback_is_asked_again_and_read_back() -> None:
    person = at_goal().say("walk with Mieke").skip().no()
    assert (person.question, turned_to(person.interview, "life_goal")) == ("life_goal", "again")
    person.say("walk with Mieke in the park")
    statement = goal_statement(person.interview, 1)
    assert statement is not None
    assert (person.question, statement.words) == ("goal_readback", "walk with Mieke in the park")


def test_the_right_words_typed_at_readback_become_the_goal() -> None:
    person = at_goal().say("walk with Mieke").skip().say("no, with Marie")
    statement = goal_statement(person.interview, 1)
    assert statement is not None
    assert (person.question, statement.words) == ("goal_importance", "no, with Marie")
    assert [answer.words for answer in person.interview.statements(1)] == ["walk with Mieke", "no, with Marie"]


def test_what_readback_only_adds_to_stays_the_goal() -> None:
    person = at_goal().say("walk with Mieke").skip().say("hm, with Marie")
    statement = goal_statement(person.interview, 1)
    assert statement is not None
    assert (person.question, statement.words) == ("goal_importance", "walk with Mieke")
    assert [answer.words for answer in person.interview.statements(1)] == ["walk with Mieke", "hm, with Marie"]


def test_an_answer_that_is_given_again_is_about_its_own_goal() -> None:
    person = with_goal().yes().say("cook for the children").yes().choose("9")
    obstacle = person.interview.last("goal_obstacle", 1)
    assert obstacle is not None
    person.interview = replace(person.interview, reopened=obstacle.id)
    assert goal_of(person.interview, "goal_obstacle") == 1


def test_going_back_reaches_any_earlier_answer_and_keeps_the_later_ones() -> None:
    person = with_goal()
    walked = []
    while (before := previous_answer(person.interview)) is not None:
        walked.append(before.question)
        person.interview = replace(person.interview, reopened=before.id)
    assert walked == [
        "goal_support",
        "goal_obstacle",
        "goal_importance",
        "probe_meaning",
        "life_goal",
        "matters_most",
        "typical_day",
    ]
    person.say("I sleep late now")
    assert person.question == "more_goals"
    assert [answer.words for answer in person.interview.standing("typical_day")] == ["I sleep late now"]


def test_another_goal_statement_is_read_back_again_but_keeps_its_importance() -> None:
    person = with_goal()
    statement = person.interview.statements(1)[0]
    person.interview = replace(person.interview, reopened=statement.id)
    person.say("swim with Mieke on Mondays")
    assert person.question == "goal_readback"
    person.yes()
    assert person.question == "more_goals"


def test_danger_comes_before_everything_and_takes_two_steps_back() -> None:
    person = at_goal()
    person.interview = replace(person.interview, safety="safety")
    assert person.question == "safety"
    person.yes()
    assert person.question == "safety_continue"
    person.yes()
    assert person.question == "life_goal"


def test_whoever_stops_after_danger_is_paused() -> None:
    person = at_goal()
    person.interview = replace(person.interview, safety="safety")
    assert person.no().question == "paused"


def test_an_answer_typed_in_a_pause_is_the_answer_to_the_question_before_it() -> None:
    person = at_goal()
    person.interview = replace(person.interview, paused=True)
    person.say("walk with Mieke")
    assert [answer.words for answer in person.interview.statements(1)] == ["walk with Mieke"]


def test_words_instead_of_yes_at_the_welcome_are_kept() -> None:
    person = Person().say("I am Maria")
    assert person.question == "typical_day"
    assert [answer.words for answer in person.interview.standing()] == ["I am Maria"]


def test_not_now_at_the_welcome_pauses() -> None:
    assert Person().no().question == "paused"


def test_the_caregivers_path() -> None:
    person = Person(Interview(role="caregiver")).yes().choose("child")
    for words in ("busy", "being home", "my sleep", "the nights", "who can help?"):
        person.say(words)
    assert person.yes().yes().asked == [
        "welcome",
        "caregiver_relation",
        "caregiver_day",
        "caregiver_for_them",
        "caregiver_own",
        "caregiver_load",
        "visit_question",
        "summary",
        "share",
        None,
    ]


def test_progress_never_runs_back_for_a_second_goal() -> None:
    parts = []
    person = with_goal()
    for step in (person.yes, lambda: person.say("cook for my sister"), person.yes):
        step()
        parts.append(progress(person.interview, person.question))
    assert parts == [{"done": 5, "of": 8}] * 3


def test_the_end_is_the_last_part() -> None:
    assert progress(Interview(), None) == {"done": 8, "of": 8}
    assert progress(Interview(), "paused") is None


def test_a_finished_interview_has_no_question_until_an_answer_is_changed() -> None:
    person = at_summary().yes().yes()
    assert person.question is None
    statement = person.interview.statements(1)[0]
    assert next_question(replace(person.interview, reopened=statement.id)) == "life_goal"
