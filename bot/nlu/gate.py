"""When a prediction counts as a move. Pure: scores and the open question in, a decision out.

People answer with words that look like moves: "I want to stop taking so many pills". On an open question
a move therefore has to be the whole message in meaning: certain and short. When in doubt it is content,
which is kept verbatim (product.md 2.3). The numbers were chosen on development sentences and stand in
bot/config.yml under voorop: understanding; bot.nlu.calibrate proposes others by cross-validation.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from bot.nlu.errors import SettingsError
from bot.nlu.moves import CONTENT, REPORT_CRISIS, QuestionKind, kind_of
from bot.nlu.text import words

_CHARACTERS_PER_WORD = 14  # generous; for writing without spaces
_AGAINST = 2.0  # how much the score of content weighs against that of a move
_ANSWERS = frozenset({"affirm", "deny", "unsure"})
_FAVOUR = 0.5  # added to the score of an answer to a yes-or-no question
# Nobody says yes or no to an open question: "nobody, no" and "I cannot say no" tell something.
_SELDOM = frozenset({"affirm", "deny"})
_DISFAVOUR = 0.6  # taken off theirs on an open question
_ASKING = ("?", "؟")
_FEW, _UNKNOWN = 2, 0.4  # so few words, of which no example consists, have to be more certain on an open question
_LONG_ANSWER = 5  # words; a longer yes or no may well say something else too
# Where somebody has to say yes or no to being sure, the move itself is a yes.
_SURE = frozenset({"delete_everything", "start_over"})
# After danger nothing else is understood: whoever writes "I will call that number" has answered.
_AFTER_DANGER = frozenset({"safety", "safety_continue"})
_HEARD_AFTER_DANGER = _ANSWERS | {"pause", "goodbye"}
_MOST_WORDS_OF_NUMBER = 4  # "an 8 I think"; a longer one says something about the number
_CODE = ("/", "<", "{", "[", "\\")  # how what a program reads begins; nobody asks for something like that


@dataclass(frozen=True)
class GateSettings:
    """Least certainty of a move (see `Gate.decide`) and most words for it, by what is being asked."""

    open_certainty: float = 0.9
    open_words: int = 20
    other_certainty: float = 0.3
    other_words: int = 20
    answer_certainty: float = -0.3
    crisis_probability: float = 0.6
    sign_probability: float = 0.02

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
            if name.endswith("_certainty") and not -3 <= value <= 3:
                raise SettingsError(f"{name} must lie between -3 and 3")
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

    def may_be_danger(self, probabilities: Mapping[str, float]) -> bool:
        """Whether the classifier leaves standing what the rules find between the lines."""
        return probabilities.get(REPORT_CRISIS, 0.0) >= self._settings.sign_probability

    def decide(self, text: str, scores: Mapping[str, float], question: str | None) -> Decision:
        """`scores` tells how well each move and content fits, between about -1 and 1.

        Certainty is the score of the move less twice that of content, favour and doubt counted in.
        Danger is not decided here but by `is_danger`: what falls short of it is content.
        """
        kind = kind_of(question)
        moves = {move: score + _favour(move, kind) for move, score in scores.items() if move != CONTENT}
        if not moves:
            return Decision(CONTENT, 1.0)
        move = max(moves, key=lambda name: moves[name])
        certain = moves[move] - _AGAINST * scores.get(CONTENT, 0.0) - _doubt(text, kind)
        if question == "clarify_move" and move in _SURE:
            move = "affirm"
        is_content = (
            self.too_long(text, question)
            or move == REPORT_CRISIS
            or _is_answer(text, move, question, kind)
            or certain < self._least_certainty(text, move, kind)
        )
        likely = 1 / (1 + math.exp(-2 * certain))
        return Decision(CONTENT, 1 - likely) if is_content else Decision(move, likely)

    def _most_words(self, kind: QuestionKind) -> int:
        return self._settings.open_words if kind is QuestionKind.OPEN else self._settings.other_words

    def _least_certainty(self, text: str, move: str, kind: QuestionKind) -> float:
        if kind is QuestionKind.YES_NO and move in _ANSWERS and words(text) <= _LONG_ANSWER:
            return self._settings.answer_certainty
        return self._settings.open_certainty if kind is QuestionKind.OPEN else self._settings.other_certainty


def _is_answer(text: str, move: str, question: str | None, kind: QuestionKind) -> bool:
    """Whether what looks like a move is just what the open question asks for."""
    if text.lstrip().startswith(_CODE):
        return True
    if question == "visit_question" and (move == "ask_medical" or any(mark in text for mark in _ASKING)):
        return True  # it is the very question for the visit
    if question in _AFTER_DANGER and move not in _HEARD_AFTER_DANGER:
        return True
    if question == "language_offer" and move == "switch_language":
        return True  # it names the language to go on in
    if kind is QuestionKind.OPEN and not any(char.isalpha() for char in text):
        return True
    is_number = any(char.isdecimal() for char in text) and words(text) <= _MOST_WORDS_OF_NUMBER
    return kind is QuestionKind.SCALE and is_number


def _doubt(text: str, kind: QuestionKind) -> float:
    """What the form of the words takes off the certainty of a move."""
    return _UNKNOWN if kind is QuestionKind.OPEN and words(text) <= _FEW else 0.0


def _favour(move: str, kind: QuestionKind) -> float:
    """What the question alone tells of a move: "we can begin" is a yes when that was asked."""
    if kind is QuestionKind.YES_NO:
        return _FAVOUR if move in _ANSWERS else 0.0
    return -_DISFAVOUR if kind is QuestionKind.OPEN and move in _SELDOM else 0.0
