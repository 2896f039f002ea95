"""Plays an interview over the pure rules: a person who says things, and an assessor that knows a few words."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from actions.elicitation.assessment import Assessment
from actions.elicitation.assessor import RuleAssessor
from actions.elicitation.interview import Interview
from actions.elicitation.listening import Listener
from actions.elicitation.next_question import next_question
from actions.elicitation.parts import Part
from actions.elicitation.recording import Said, record, skip

LISTENER = Listener.load(Path(__file__).parents[2] / "data" / "listening")
LISTS = RuleAssessor.load(Path(__file__).parents[2] / "data" / "assessment")
CONCRETE = Assessment("functional", "concrete", (), False, "leisure_community")
VAGUE = Assessment("functional", "vague", ("who", "where"), False, "leisure_community")
SYMPTOM = Assessment("symptom_disease", "vague", ("what",), False, "body_symptoms")
VALUE = Assessment("fundamental", "vague", ("what", "who"), False, "feelings_energy")
TWO = Assessment("functional", "concrete", (), True, "leisure_community")


class WordAssessor:
    """Finds its assessment by a word in the text; everything else is concrete."""

    known = {"vague": VAGUE, "pain": SYMPTOM, "both": TWO, "free": VALUE, "hm": Assessment("none")}

    def wishes(self, text: str, lang: str | None) -> tuple[str, ...]:
        """What stands around "and both"."""
        return tuple(text.split(" and both "))

    def parts(self, text: str, lang: str | None) -> tuple[Part, ...]:
        """What comes after "with"."""
        before, lead, who = text.partition("with ")
        return (Part("who", lead + who),) if lead else ()

    def assess(self, text: str, lang: str | None) -> Assessment:
        return next((found for word, found in self.known.items() if word in text), CONCRETE)

    def meant(self, wishes: Sequence[str], said: str, place: int | None) -> int | None:
        return LISTS.meant(wishes, said, place)

    def turns_down(self, said: str) -> bool:
        return LISTS.turns_down(said)


@dataclass
class Person:
    """Answers whatever is open. `asked` is every question so far, oldest first."""

    interview: Interview = field(default_factory=Interview)
    asked: list[str | None] = field(default_factory=list)
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.asked.append(next_question(self.interview))

    @property
    def question(self) -> str | None:
        return next_question(self.interview)

    def say(
        self, text: str = "", *, move: str = "", choose: tuple[str, ...] = (), signs: tuple[str, ...] = ()
    ) -> "Person":
        assert self.question is not None
        heard = replace(LISTENER.hear(text, "en"), signs=signs)
        said = Said(id=f"m{next(self.ids)}", text=text, lang="en", choices=choose, move=move, **vars(heard))
        self.interview = record(self.interview, self.question, said, WordAssessor())
        self.asked.append(self.question)
        return self

    def yes(self) -> "Person":
        return self.say(move="affirm")

    def no(self) -> "Person":
        return self.say(move="deny")

    def choose(self, value: str) -> "Person":
        return self.say(choose=(value,))

    def skip(self) -> "Person":
        assert self.question is not None
        said = Said(id=f"m{next(self.ids)}")
        self.interview = skip(self.interview, self.question, said)
        self.asked.append(self.question)
        return self


@dataclass
class Speaker(Person):
    """Somebody who speaks a real language: read and heard by the lists of data/."""

    lang: str = "en"

    def say(
        self, text: str = "", *, move: str = "", choose: tuple[str, ...] = (), signs: tuple[str, ...] = ()
    ) -> "Person":
        assert self.question is not None
        heard = vars(LISTENER.hear(text, self.lang))
        said = Said(id=f"m{next(self.ids)}", text=text, lang=self.lang, choices=choose, move=move, **heard)
        self.interview = record(self.interview, self.question, said, LISTS)
        self.asked.append(self.question)
        return self


def at_goal() -> Person:
    """Somebody who is asked what they would like."""
    return Person().yes().say("I get up and read").choose("family_friends")


def with_goal(words: str = "walk with Mieke on Sundays") -> Person:
    """Somebody whose first goal is complete, and who is asked whether there is more."""
    return at_goal().say(words).say("it gives me air").yes().choose("8").say("the stairs").say("my daughter")


def at_summary() -> Person:
    """Somebody to whom everything is read back."""
    return with_goal().no().say("I exercise").say("advice").say("too many pills").say("the nurse").say("may I drive?")
