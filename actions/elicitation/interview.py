"""The interview: everything one person has answered that stands, as a value that changes by whole answers.

It travels as JSON in the slot `interview`. Words are kept verbatim. What a changed or removed answer said is in the
conversation's messages; here it would make every later turn dearer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from actions.elicitation.assessment import Assessment
from actions.elicitation.parts import Part

WORDS, CHOICE, NONE, SKIPPED = "words", "choice", "none", "skipped"
STATEMENTS = frozenset(
    {"life_goal", "probe_moment", "probe_meaning", "probe_missing", "probe_beyond_symptom", "probe_split"}
)
PER_GOAL = STATEMENTS | {"goal_readback", "goal_importance", "goal_obstacle", "goal_support", "more_goals"}


@dataclass(frozen=True)
class Answer:
    """One answer to one question.

    id: the client's message id. kind: `words` (said), `choice` (buttons only), `none` (said there is nothing, or did
    not know), `skipped`. goal: number of the goal it is about, from 1. turned_to: which way the question was put.
    signs, care_worker, number, place: what was heard in the words (listening.Heard). wish: the stretch of them that
    tells a wish before any was asked for (earlier). chosen, left: of several wishes in one sentence, the one that these
    words point to and those kept for later (splitting). parts: with whom, where, how often, when, as far as a statement
    says it.
    """

    id: str
    question: str
    kind: str
    words: str = ""
    lang: str = ""
    typed_by: str = "self"
    choices: tuple[str, ...] = ()
    goal: int | None = None
    turned_to: str = ""
    assessment: Assessment | None = None
    signs: tuple[str, ...] = ()
    care_worker: str = ""
    number: int | None = None
    place: int | None = None
    wish: str = ""
    chosen: str = ""
    left: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    shared: bool = True

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        told = dict(data)
        for name in TUPLES & told.keys():
            told[name] = tuple(told[name])
        if "parts" in told:
            told["parts"] = tuple(Part(**part) for part in told["parts"])
        if told.get("assessment"):
            told["assessment"] = Assessment.from_json(told["assessment"])
        return cls(**told)

    def to_json(self) -> dict[str, Any]:
        """Without what is as it mostly is: every turn reads and writes all answers."""
        told = {name: value for name, value in vars(self).items() if name in ALWAYS or value != MOSTLY[name]}
        if self.parts:
            told["parts"] = [vars(part) for part in self.parts]
        if self.assessment:
            told["assessment"] = self.assessment.to_json()
        return told


ALWAYS = frozenset({"id", "question", "kind", "words"})
MOSTLY = {known.name: known.default for known in fields(Answer)}
TUPLES = frozenset({"choices", "signs", "left"})


@dataclass(frozen=True)
class Interview:
    """What one person has said, and where the conversation stands.

    goal: number of the goal that is spoken about, from 1. reopened: id of the answer that is being given again.
    asked_for: a move that waits for a yes or no. doubtful: id of the answer that may have been that move, empty when it
    was asked for plainly; clarified: places of the conversation where such a doubt was raised. offered_language: the
    language that is being offered; language_settled: an offer was made, and is made once. safety: the question that
    stands open after danger, or empty. flagged: the words that raised a flag since the numbers stand on the screen.
    unsent_flags: flags that the care plan has not taken yet, each with the id of the message that raised it (`cause`).
    """

    role: str = "patient"
    started: str = ""  # ISO 8601, UTC
    answers: tuple[Answer, ...] = ()
    goal: int = 1
    reopened: str | None = None
    asked_for: str | None = None
    doubtful: str = ""
    clarified: tuple[str, ...] = ()
    offered_language: str = ""
    language_settled: bool = False
    safety: str = ""
    paused: bool = False
    to_summary: bool = False
    submitted: bool = False
    confirmed_words: Mapping[int, str] = field(default_factory=dict)
    flagged: tuple[str, ...] = ()
    unsent_flags: tuple[Mapping[str, str], ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Self:
        """An interview from the slot's JSON; an empty slot is a new interview."""
        if not data:
            return cls()
        answers = tuple(Answer.from_json(answer) for answer in data["answers"])
        confirmed = {int(goal): words for goal, words in data["confirmed_words"].items()}
        unsent = tuple(data["unsent_flags"])
        lists = {name: tuple(data.get(name, ())) for name in ("clarified", "flagged")}
        return cls(**{**data, **lists, "answers": answers, "confirmed_words": confirmed, "unsent_flags": unsent})

    def to_json(self) -> dict[str, Any]:
        return vars(self) | {
            "answers": [answer.to_json() for answer in self.answers],
            "confirmed_words": {str(goal): answer for goal, answer in self.confirmed_words.items()},
        }

    def standing(self, question: str | None = None, goal: int | None = None) -> Iterator[Answer]:
        """The answers, oldest first, about a question and a goal where given."""
        for answer in self.answers:
            if question in (None, answer.question) and goal in (None, answer.goal):
                yield answer

    def answered(self, question: str, goal: int | None = None) -> bool:
        return any(True for _ in self.standing(question, goal))

    def last(self, question: str, goal: int | None = None) -> Answer | None:
        return next(reversed(list(self.standing(question, goal))), None)

    def by_id(self, answer_id: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.id == answer_id), None)

    def statements(self, goal: int) -> tuple[Answer, ...]:
        """What was said about a goal, probes included, oldest first."""
        return tuple(a for a in self.standing(goal=goal) if a.question in STATEMENTS and a.kind == WORDS)

    def goals(self) -> tuple[int, ...]:
        """Numbers of the goals that have words, in the order they came up."""
        return tuple(goal for goal in range(1, self.goal + 1) if self.statements(goal))

    def with_answer(self, answer: Answer) -> Self:
        return replace(self, answers=(*self.answers, answer))

    @property
    def given_again(self) -> Answer | None:
        """The answer that is being given again, if there is one."""
        return self.by_id(self.reopened) if self.reopened else None

    def without(self, *ids: str) -> Self:
        """The same interview without the answers with these ids."""
        return replace(self, answers=tuple(answer for answer in self.answers if answer.id not in ids))
