"""What is asked on about the end of life, a worry, what someone wants to keep, and a complaint that stays: little."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from actions.elicitation.assessor import RuleAssessor
from actions.elicitation.interview import WORDS, Answer, Interview
from actions.elicitation.listening import AVOIDS, BECAUSE, Listener
from actions.elicitation.next_question import turned_to
from actions.elicitation.probes import Probe, next_probe
from tests.elicitation.talking import Person, at_goal

DATA = Path(__file__).parents[2] / "data"
ASSESSOR = RuleAssessor.load(DATA / "assessment")
LISTENER = Listener.load(DATA / "listening")


@dataclass
class Told:
    """What was said about a goal, read and heard by the real rules."""

    lang: str
    interview: Interview = field(default_factory=Interview)

    def say(self, words: str, question: str = "life_goal", way: str = "") -> "Told":
        answer = Answer(
            id=f"m{len(self.interview.answers)}",
            question=question,
            kind=WORDS,
            words=words,
            lang=self.lang,
            goal=1,
            turned_to=way,
            assessment=ASSESSOR.assess(words, self.lang),
            signs=LISTENER.hear(words, self.lang).signs,
        )
        self.interview = self.interview.with_answer(answer)
        return self

    @property
    def probe(self) -> Probe | None:
        return next_probe(self.interview, 1)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nl", "Ik wil waardig sterven"),
        ("nl", "Ik wil niet in het ziekenhuis sterven"),
        ("en", "I want to die with dignity"),
        ("fr", "Je veux mourir dignement"),
        ("ar", "أريد أن أموت بكرامة"),
    ],
)
def test_of_the_end_of_life_one_thing_is_asked_what_is_important_in_it(lang: str, words: str) -> None:
    told = Told(lang).say(words)
    assert told.probe == Probe("probe_meaning", "dying")
    assert turned_to(told.interview, "probe_meaning") == "dying"
    assert told.say("...", "probe_meaning", "dying").probe is None


def test_of_the_end_of_life_nothing_is_asked_when_the_reason_was_told() -> None:
    assert Told("nl").say("Ik wil waardig sterven, omdat mijn vrouw zo heeft afgezien").probe is None


def test_of_the_end_of_life_nothing_is_asked_when_it_was_told_how() -> None:
    assert Told("nl").say("Thuis sterven, in mijn eigen bed met mijn kinderen bij mij").probe is None


@pytest.mark.parametrize(
    "words",
    ["of ik mijn huis kan blijven betalen", "Dat mijn man alleen achterblijft als ik er niet meer ben", "mijn dochter"],
)
def test_a_worry_is_read_back_at_once(words: str) -> None:
    assert Told("nl").say(words, way="worry").probe is None


def test_a_wish_or_a_complaint_told_as_a_worry_is_asked_on_as_what_it_is() -> None:
    wish = "Dat ik mijn kleindochter nooit zie. Ik wil haar elke maand zien in het park."
    assert Told("nl").say(wish, way="worry").probe == Probe("probe_meaning")
    complaint = Told("nl").say("de pijn in mijn been", way="worry")
    assert complaint.probe == Probe("probe_beyond_symptom")
    beyond = complaint.say("elke dag koffie drinken bij mijn buurvrouw", "probe_beyond_symptom")
    assert beyond.probe == Probe("probe_meaning")


@pytest.mark.parametrize("words", ["mijn vrouw", "in mijn huis blijven wonen", "ik wil niet naar een home"])
def test_of_what_is_to_be_kept_nobody_asks_with_whom_how_often_or_of_a_moment(words: str) -> None:
    probe = Told("nl").say(words, way="keep").probe
    assert probe is None or probe.question == "probe_meaning"


def test_what_is_to_be_kept_or_worries_is_not_turned_to_something_else_instead() -> None:
    for no_goals in (1, 2):
        person = at_goal()
        for _ in range(no_goals):
            person.no()
        assert person.say("vague, not a home", signs=(AVOIDS,)).question == "goal_readback"


def test_a_value_to_keep_is_no_moment_to_tell_of() -> None:
    assert at_goal().say("free").question == "probe_moment"
    assert at_goal().no().say("free").question == "goal_readback"


def test_of_two_things_to_keep_one_is_spoken_of_first_and_read_back() -> None:
    person = at_goal().no().say("my dog and both being free")
    assert (person.question, person.say("the second hm").question) == ("probe_split", "goal_readback")


@pytest.mark.parametrize(
    ("lang", "complaint", "answer"),
    [
        ("nl", "Pijn, altijd maar pijn", "Dat gaat toch niet over"),
        ("nl", "Pijn, altijd maar pijn", "Pijn is pijn"),
        ("en", "pain, always pain", "It never stops"),
    ],
)
def test_a_complaint_that_will_not_pass_is_not_asked_about_further(lang: str, complaint: str, answer: str) -> None:
    told = Told(lang).say(complaint)
    assert told.probe == Probe("probe_beyond_symptom")
    assert told.say(answer, "probe_beyond_symptom").probe is None


@pytest.mark.parametrize("words", ["hm", "pain"])
def test_whoever_sees_nothing_beyond_the_complaint_is_read_back(words: str) -> None:
    person = Person().yes().say("I get up").skip().say("pain").say(words)
    assert person.question == "goal_readback"


def test_a_reason_told_with_a_clear_wish_still_leaves_nothing_to_ask() -> None:
    assert at_goal().say("walk with Mieke", signs=(BECAUSE,)).question == "goal_readback"
