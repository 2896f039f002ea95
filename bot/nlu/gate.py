"""When a prediction counts as a move. Pure: probabilities and the open question in, a decision out.

People answer with words that look like moves: "I want to stop taking so many pills". On an open question
a move therefore has to be the whole message in meaning: likely and short. When in doubt it is content,
which is kept verbatim (product.md 2.3). The numbers come from cross-validation (bot.nlu.calibrate) and
stand in bot/config.yml under voorop: understanding.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from bot.nlu.errors import SettingsError
from bot.nlu.moves import CONTENT, REPORT_CRISIS, QuestionKind, kind_of
from bot.nlu.text import words

_CHARACTERS_PER_WORD = 14  # generous; for writing without spaces
_ANSWERS = frozenset({"affirm", "deny", "unsure"})
_ANSWER_WEIGHT = 3.0  # how much likelier than another move they are on a yes-or-no question
# What looks like one of these at the question for the visit is that question.
_VISIT_QUESTIONS = frozenset({"ask_medical", "ask_privacy", "ask_bot", "ask_human", "out_of_scope", "switch_language"})
_CODE = ("/", "<", "{", "[", "\\")  # how what a program reads begins; nobody asks for something like that
_TELLING = frozenset({QuestionKind.OPEN, QuestionKind.SCALE})  # the answer is content


@dataclass(frozen=True)
class GateSettings:
    """Least probability and most words for a move, by what is being asked."""

    open_probability: float = 0.825
    open_words: int = 12
    other_probability: float = 0.625
    other_words: int = 12
    answer_probability: float = 0.625
    crisis_probability: float = 0.7

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> "GateSettings":
        """Defaults for what the mapping leaves out; raises SettingsError for what it should not hold."""
        known = {field.name: field.type for field in fields(cls)}
        values: dict[str, int | float] = {}
        for name, value in mapping.items():
            if name not in known:
                raise SettingsError(f"unknown setting of understanding: {name}")
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise SettingsError(f"{name} must be a number")
            if name.endswith("_words") and (value < 1 or value != int(value)):
                raise SettingsError(f"{name} must be a whole number above 0")
            if name.endswith("_probability") and not 0 <= value <= 1:
                raise SettingsError(f"{name} must lie between 0 and 1")
            values[name] = int(value) if name.endswith("_words") else float(value)
        return replace(cls(), **values)  # type: ignore[arg-type]  # names and values were checked above


@dataclass(frozen=True)
class Decision:
    """A move or `content`, and how sure the classifier was of it."""

    intent: str
    confidence: float


class Gate:
    """Decides with one set of settings."""

    def __init__(self, settings: GateSettings) -> None:
        self._settings = settings

    def too_long(self, text: str, question: str | None) -> bool:
        """Whether the length alone makes it content, so that nothing needs to be classified."""
        most = self._most_words(kind_of(question))
        return words(text) > most or len(text) > most * _CHARACTERS_PER_WORD

    def is_danger(self, probabilities: Mapping[str, float]) -> bool:
        """Whether the classifier alone suffices to speak of danger, whatever is being asked."""
        return probabilities.get(REPORT_CRISIS, 0.0) >= self._settings.crisis_probability

    def decide(self, text: str, probabilities: Mapping[str, float], question: str | None) -> Decision:
        """`probabilities` holds one number per move and one for content, together 1.

        What is weighed is the chance of any move at all: two moves that resemble each other do not make
        it content. Danger is not decided here but by `is_danger`: what falls short of it is content.
        """
        content = Decision(CONTENT, probabilities.get(CONTENT, 0.0))
        moves = _expected(probabilities, kind_of(question))
        if not moves or self.too_long(text, question):
            return content
        move = max(moves, key=lambda name: moves[name])
        if move == REPORT_CRISIS or self._is_answer(text, move, question):
            return content
        any_move = 1.0 - content.confidence
        return Decision(move, any_move) if any_move >= self._least_probability(move, kind_of(question)) else content

    def _is_answer(self, text: str, move: str, question: str | None) -> bool:
        """Whether what looks like a move is just what the open question asks for."""
        if text.lstrip().startswith(_CODE):
            return True
        if question == "visit_question":
            return move in _VISIT_QUESTIONS
        if kind_of(question) is QuestionKind.OPEN and not any(char.isalpha() for char in text):
            return True
        return kind_of(question) is QuestionKind.SCALE and any(char.isdecimal() for char in text)

    def _most_words(self, kind: QuestionKind) -> int:
        return self._settings.open_words if kind in _TELLING else self._settings.other_words

    def _least_probability(self, move: str, kind: QuestionKind) -> float:
        if kind is QuestionKind.YES_NO and move in _ANSWERS:
            return self._settings.answer_probability
        if kind in _TELLING:
            return self._settings.open_probability
        return self._settings.other_probability


def _expected(probabilities: Mapping[str, float], kind: QuestionKind) -> dict[str, float]:
    """The moves alone, by how well they fit the question: "we can begin" is a yes when that was asked."""
    moves = {move: chance for move, chance in probabilities.items() if move != CONTENT}
    if kind is not QuestionKind.YES_NO:
        return moves
    fitting = {move: chance * (_ANSWER_WEIGHT if move in _ANSWERS else 1.0) for move, chance in moves.items()}
    shared = sum(moves.values()) / (sum(fitting.values()) or 1.0)
    return {move: chance * shared for move, chance in fitting.items()}
