"""Answers taken into the interview: nothing that was said is lost."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.elicitation.acknowledgement import BEGINNINGS, HARD_BEGINNINGS, MOST_WORDS, acknowledgement, quote
from actions.elicitation.contribution import contribution
from actions.elicitation.interview import Interview
from actions.elicitation.listening import HARD
from actions.elicitation.next_question import next_question
from actions.elicitation.priority import first_goal
from tests.elicitation.talking import Person, at_goal, at_summary, with_goal

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_removing_the_statement_of_a_goal_removes_all_that_was_said_about_it() -> None:
    person = at_summary()
    statement = person.interview.statements(1)[0]
    person.choose(f"remove:{statement.id}")
    assert person.question == "summary"
    assert person.interview.goals() == ()
    assert [answer.words for answer in person.interview.standing() if answer.words] == [
        "I get up and read",
        "too many pills",
        "the nurse",
        "may I drive?",
    ]


def test_changing_an_answer_at_the_summary_comes_back_to_the_summary() -> None:
    person = at_summary()
    burden = next(person.interview.standing("care_burden"))
    person.choose(f"change:{burden.id}")
    assert person.question == "care_burden"
    person.say("the waiting")
    assert person.question == "summary"
    assert contribution(person.interview, "en", NOW)["burdens"][0]["words"] == "the waiting"


def test_what_was_changed_leaves_the_interview() -> None:
    person = at_summary()
    burden = next(person.interview.standing("care_burden"))
    person.choose(f"change:{burden.id}").say("the waiting")
    assert "too many pills" not in {answer.words for answer in person.interview.answers}


def test_each_part_is_shared_or_kept_by_the_persons_choice() -> None:
    person = at_summary().yes()
    burden = next(person.interview.standing("care_burden"))
    person.choose(f"toggle:{burden.id}")
    assert person.question == "share"
    sent = contribution(person.yes().interview, "en", NOW)
    assert [item["shared"] for item in sent["burdens"]] == [False]
    assert sent["goals"][0]["shared"] is True
    assert sent["state"] == "submitted"


def test_sharing_nothing_sends_nothing_that_may_be_read() -> None:
    sent = contribution(at_summary().yes().no().interview, "en", NOW)
    items = [*sent["goals"], *sent["questions"], *sent["burdens"], *sent["helps"], *sent["answers"]]
    assert items
    assert not any(item["shared"] for item in items)


def test_words_typed_at_the_summary_are_kept_as_a_question_for_the_visit() -> None:
    sent = contribution(at_summary().say("and my foot hurts").interview, "en", NOW)
    assert [item["words"] for item in sent["questions"]] == ["may I drive?", "and my foot hurts"]


def test_what_is_added_with_a_yes_or_a_no_at_the_summary_is_kept() -> None:
    person = at_summary().say("yes but add that I am deaf on the left", move="affirm")
    assert person.question == "share"
    kept = [item["words"] for item in contribution(person.interview, "en", NOW)["questions"]]
    assert "yes but add that I am deaf on the left" in kept


def test_a_caregiver_who_does_not_know_leaves_no_draft() -> None:
    person = Person(Interview(role="caregiver")).yes().choose("child").say("busy").say("no idea", move="unsure")
    assert contribution(person.interview, "en", NOW)["goals"] == []


def test_a_goal_draft_holds_the_persons_words_and_what_belongs_to_them() -> None:
    goal = contribution(at_summary().interview, "en", NOW)["goals"][0]
    assert goal["words"] == "walk with Mieke on Sundays"
    assert (goal["importance"], goal["first"], goal["level"], goal["clarity"]) == (8, True, "functional", "concrete")
    assert [item["words"] for item in goal["obstacles"]] == ["the stairs"]
    assert [item["words"] for item in goal["why"]] == ["it gives me air"]
    assert [item["words"] for item in goal["supports"]] == ["my daughter"]
    assert [item["words"] for item in goal["own_part"]] == ["I exercise"]
    assert [item["words"] for item in goal["expects"]] == ["advice"]


def test_exactly_one_of_several_goals_is_first() -> None:
    person = with_goal().say("cook for my sister").yes().choose("5").say("money").say("nobody").no().choose("g2")
    goals = contribution(person.interview, "en", NOW)["goals"]
    assert [goal["first"] for goal in goals] == [False, True]


def test_the_one_thing_may_be_named_in_words() -> None:
    person = with_goal().say("cook for my sister").yes().choose("5").say("money").say("nobody").no().say("the cook one")
    assert first_goal(person.interview) == 2


def test_before_the_next_question_people_hear_their_own_words_never_twice_in_the_same_way() -> None:
    person = with_goal()
    said = []
    for words in ("no", "I exercise", "advice", "the pills"):
        person = person.no() if words == "no" else person.say(words)
        heard = acknowledgement(person.interview, person.interview.answers[-1].id, person.question)
        said.append((heard.response, heard.words) if heard else None)
    assert said[0] is None
    assert [words for _, words in said[1:]] == ["I exercise", "advice", "the pills"]
    ways = [response for response, _ in said[1:]]
    assert all(one != next_one for one, next_one in pairwise(ways))


def test_what_is_hard_is_heard_as_hard() -> None:
    person = at_goal().say("pain since he died", signs=(HARD,))
    heard = acknowledgement(person.interview, person.interview.answers[-1].id, person.question)
    assert heard is not None
    assert heard.response in ("utter_heard_hard", "utter_heard_heavy")


def test_what_helps_is_not_pitied() -> None:
    person = with_goal().no().say("I exercise").say("advice").say("too many pills", signs=(HARD,))
    burden = acknowledgement(person.interview, person.interview.answers[-1].id, person.question)
    person.say("the pills against the pain", signs=(HARD,))
    helps = acknowledgement(person.interview, person.interview.answers[-1].id, person.question)
    assert burden is not None
    assert burden.response in HARD_BEGINNINGS
    assert helps is not None
    assert helps.response in BEGINNINGS


def test_a_long_story_is_quoted_by_its_beginning() -> None:
    assert quote("two words") == "two words"
    quoted = quote("word " * 150)
    assert quoted.endswith(" …")
    assert len(quoted.split()) == MOST_WORDS + 1


def test_a_caregivers_words_are_goals_of_the_caregiver() -> None:
    person = Person(Interview(role="caregiver")).yes().choose("child")
    for words in ("busy", "that she can stay home", "my sleep", "a little more at night", "who can help?"):
        person.say(words)
    sent = contribution(person.interview, "fr", NOW)
    assert [goal["words"] for goal in sent["goals"]] == ["that she can stay home", "my sleep"]
    assert [item["words"] for item in sent["burdens"]] == ["a little more at night"]


def test_minutes_are_counted_from_the_start() -> None:
    interview = Interview(started=(NOW - timedelta(minutes=9)).isoformat())
    assert contribution(interview, "en", NOW)["minutes"] == 9


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.sampled_from(["walk with Mieke", "pain", "vague", "both", "hm", "9", "no idea"])),
        st.tuples(st.just("move"), st.sampled_from(["affirm", "deny", "unsure"])),
        st.tuples(st.just("choose"), st.sampled_from(["family_friends", "nothing", "7", "g1", "affirm", "change:m5"])),
        st.tuples(st.just("skip"), st.just("")),
    ),
    max_size=40,
)


@settings(max_examples=200)
@given(STEPS, st.sampled_from(["patient", "caregiver"]))
def test_whatever_people_answer_there_is_a_question_or_an_end_and_their_words_stay(
    steps: list[tuple[str, str]], role: str
) -> None:
    person = Person(Interview(role=role))
    said, changed = [], set()
    for kind, value in steps:
        if person.question is None:
            break
        open_question, before = person.question, person.interview
        match kind:
            case "say":
                person.say(value)
                said += [value] if open_question not in ("share", "safety", "clarify_move") else []
            case "move":
                person.say(move=value)
            case "choose":
                person.choose(value)
            case _:
                person.skip()
        kept = Interview.from_json(json.loads(json.dumps(person.interview.to_json())))
        assert kept == person.interview
        assert next_question(kept) == person.question
        left = [answer for answer in before.answers if kept.by_id(answer.id) is None]
        assert not left or before.reopened in [answer.id for answer in left], "only a changed answer leaves"
        changed |= {answer.words for answer in left}
    assert {answer.words for answer in person.interview.answers} | changed >= set(said)
    probes = [answer for answer in person.interview.answers if answer.question.startswith("probe_")]
    assert all(sum(1 for probe in probes if probe.goal == goal) <= 2 for goal in (1, 2, 3))
    assert [goal["first"] for goal in contribution(person.interview, "en", NOW)["goals"]].count(True) <= 1


def parts(person: Person, goal: int = 0) -> list[tuple[str, str]]:
    drafts = contribution(person.interview, "en", NOW)["goals"]
    return [(part["part"], part["words"]) for part in drafts[goal]["parts"]]


def test_who_was_named_is_kept_with_its_quote_and_only_if_it_was_said() -> None:
    assert parts(with_goal()) == [("who", "with Mieke on Sundays")]
    assert parts(with_goal("sew")) == []


def test_the_answer_to_with_whom_tells_it_whatever_its_words() -> None:
    assert parts(at_goal().say("vague").say("old Rose")) == [("who", "old Rose")]


def test_a_moment_of_the_past_and_a_reason_tell_no_part_of_the_wish() -> None:
    assert parts(at_goal().say("free").say("I sang with Ann")) == []
    assert parts(at_goal().say("sew").say("it is nice to be with people")) == []


def test_the_confirmed_words_tell_a_part_before_older_ones() -> None:
    person = at_goal().say("walk with Mieke").skip().say("no, with Marie")
    assert parts(person) == [("who", "with Marie")]


def test_a_part_of_words_that_are_kept_private_is_private_too() -> None:
    person = at_summary().yes()
    person.choose(f"toggle:{person.interview.statements(1)[0].id}")
    goal = contribution(person.yes().interview, "en", NOW)["goals"][0]
    assert [part["shared"] for part in goal["parts"]] == [False]
