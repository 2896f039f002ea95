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
from bot.nlu.occasions import OCCASIONS, PLAIN
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
_UNLIKE = -0.5  # a message that fits no move better than this is like nothing that was trained, a name for instance
_MORE = 0.4  # how much more certain a move has to be where an answer comes near it
_LONG_ANSWER = 5  # words; a longer yes or no may well say something else too
# Moves that lead away from an open question; the others are answered at once, and lose nothing when they are not.
_LEADS_AWAY = frozenset("pause goodbye finish back skip ask_human start_over delete_everything".split())
_MOST_WORDS_OF_NUMBER = 4  # "an 8 I think"; a longer one says something about the number
_CODE = ("/", "<", "{", "[", "\\")  # how what a program reads begins; nobody asks for something like that


@dataclass(frozen=True)
class GateSettings:
    """Least certainty of a move (see `Gate.decide`) and most words for it, by what is being asked. From `open_doubt` on
    it is asked afterwards whether a move was meant. Of several sentences one tells of danger from `story_probability`
    on, of a single one from `crisis_probability` on: the more are judged, the likelier that one only sounds like it.
    """

    open_certainty: float = 0.91
    open_doubt: float = 0.8
    open_words: int = 20
    other_certainty: float = 0.25
    other_words: int = 20
    answer_certainty: float = -0.3
    crisis_probability: float = 0.73
    story_probability: float = 0.965
    sign_probability: float = 0.1

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
            if name.endswith(("_certainty", "_doubt")) and not -3 <= value <= 3:
                raise SettingsError(f"{name} must lie between -3 and 3")
            values[name] = int(value) if name.endswith("_words") else float(value)
        return replace(cls(), **values)  # type: ignore[arg-type]  # names and values were checked above


@dataclass(frozen=True)
class Decision:
    """A move or `content`, and how sure it is. doubt: the move that this content may be, or empty."""

    intent: str
    confidence: float
    doubt: str = ""


class Gate:
    """Decides with one set of settings."""

    def __init__(self, settings: GateSettings) -> None:
        self._settings = settings

    def too_long(self, text: str, question: str | None) -> bool:
        """Whether the length alone makes it content, so that nothing needs to be classified."""
        most = self._most_words(kind_of(question))
        return words(text) > most or len(text) > most * _CHARACTERS_PER_WORD

    def is_danger(self, probabilities: Mapping[str, float], *, of_several: bool) -> bool:
        """Whether the classifier alone suffices to speak of danger, whatever is being asked."""
        least = self._settings.story_probability if of_several else self._settings.crisis_probability
        return probabilities.get(REPORT_CRISIS, 0.0) >= least

    def may_be_danger(self, probabilities: Mapping[str, float]) -> bool:
        """Whether the classifier leaves standing what the rules find between the lines."""
        return probabilities.get(REPORT_CRISIS, 0.0) >= self._settings.sign_probability

    def decide(self, text: str, scores: Mapping[str, float], question: str | None) -> Decision:
        """`scores` tells how well each move and content fits, between about -1 and 1.

        Certainty is the score of the move less twice that of content, favour and doubt counted in.
        Danger is not decided here but by `is_danger`: what falls short of it is content.
        """
        kind, occasion = kind_of(question), OCCASIONS.get(question or "", PLAIN)
        moves = {move: score + _favour(move, kind) for move, score in scores.items() if move != CONTENT}
        if not moves:
            return Decision(CONTENT, 1.0)
        move = max(moves, key=lambda name: moves[name])
        unlike = question is not None and moves[move] < _UNLIKE
        certain = moves[move] - _AGAINST * scores.get(CONTENT, 0.0) - _doubt(text, kind)
        if words(text) <= _LONG_ANSWER:
            move = occasion.means.get(move, move)
        likely = 1 / (1 + math.exp(-2 * certain))
        if unlike or self.too_long(text, question) or move == REPORT_CRISIS or _is_answer(text, move, question, kind):
            return Decision(CONTENT, 1 - likely)
        mistaken = occasion.easily_mistaken
        if certain >= self._least_certainty(text, move, kind) + (_MORE if move in mistaken else 0):
            return Decision(move, likely)
        may_lead_away = move in _LEADS_AWAY - mistaken
        doubtful = kind is QuestionKind.OPEN and may_lead_away and certain >= self._settings.open_doubt
        return Decision(CONTENT, 1 - likely, move if doubtful else "")

    def _most_words(self, kind: QuestionKind) -> int:
        return self._settings.open_words if kind is QuestionKind.OPEN else self._settings.other_words

    def _least_certainty(self, text: str, move: str, kind: QuestionKind) -> float:
        if kind is QuestionKind.YES_NO and move in _ANSWERS and words(text) <= _LONG_ANSWER:
            return self._settings.answer_certainty
        asks_medical = move == "ask_medical" and _is_asking(text)  # nothing is lost: it is kept, as a question
        is_open = kind is QuestionKind.OPEN and not asks_medical
        return self._settings.open_certainty if is_open else self._settings.other_certainty


def _is_answer(text: str, move: str, question: str | None, kind: QuestionKind) -> bool:
    """Whether what looks like a move is just what the open question asks for."""
    if text.lstrip().startswith(_CODE):
        return True
    if OCCASIONS.get(question or "", PLAIN).takes_as_content(move, _is_asking(text)):
        return True
    if kind is QuestionKind.OPEN and not any(char.isalpha() for char in text):
        return True
    is_number = any(char.isdecimal() for char in text) and words(text) <= _MOST_WORDS_OF_NUMBER
    return kind is QuestionKind.SCALE and is_number


def _is_asking(text: str) -> bool:
    return any(mark in text for mark in _ASKING)


def _doubt(text: str, kind: QuestionKind) -> float:
    """What the form of the words takes off the certainty of a move."""
    return _UNKNOWN if kind is QuestionKind.OPEN and words(text) <= _FEW else 0.0


def _favour(move: str, kind: QuestionKind) -> float:
    """What the question alone tells of a move: "we can begin" is a yes when that was asked."""
    if kind is QuestionKind.YES_NO:
        return _FAVOUR if move in _ANSWERS else 0.0
    return -_DISFAVOUR if kind is QuestionKind.OPEN and move in _SELDOM else 0.0
