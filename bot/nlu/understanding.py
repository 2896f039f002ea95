"""Understands one message: danger first, then which move it is, if any; and in which language it is.

This is the engine's Interpreter. What a person typed is neither logged nor kept here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anyio import to_thread

from bot.engine.types import Entity, ParseData
from bot.nlu.classifier import IntentClassifier, Prediction
from bot.nlu.danger import SafetyCheck, Spotted, by_rule, spot
from bot.nlu.encoder import Encoder, SentenceEncoder
from bot.nlu.gate import Decision, Gate, GateSettings
from bot.nlu.language import LanguageDetector, lang_offer
from bot.nlu.model_store import Progress, load_or_train
from bot.nlu.moves import CONTENT, REPORT_CRISIS
from bot.nlu.pieces import nothing_left_out, pieces
from bot.nlu.text import clean

MAX_CLASSIFIED = 1000  # characters; a move never comes after them


@dataclass(frozen=True)
class Parsed:
    """`intent` is a move or `content`; `lang_offer` a language to offer; `danger` only for report_crisis.

    calls_for_help: the message tells of calling for help, and of no other danger. doubt: the move that this content may
    be, or empty.
    """

    intent: str
    confidence: float
    lang: str | None
    lang_offer: str | None
    danger: str | None = None
    calls_for_help: bool = False
    doubt: str = ""


@dataclass(frozen=True)
class Understanding:
    """Put together by `Understanding.load`, or from parts."""

    classifier: IntentClassifier
    encoder: Encoder
    detector: LanguageDetector
    gate: Gate = field(default_factory=lambda: Gate(GateSettings()))
    safety: SafetyCheck | None = None

    @classmethod
    def load(
        cls,
        nlu_dir: Path,
        models_dir: Path,
        languages: Sequence[str],
        *,
        settings: Mapping[str, object] | None = None,
        safety: SafetyCheck | None = None,
        progress: Progress = lambda *_: None,
    ) -> "Understanding":
        """Reads the stored model, or trains and stores it. `settings`: bot/config.yml, voorop: understanding."""
        gate = Gate(GateSettings.from_mapping(settings or {}))
        encoder = SentenceEncoder()
        classifier = load_or_train(nlu_dir, models_dir, encoder, progress)
        return cls(classifier, encoder, LanguageDetector(languages), gate, safety)

    async def parse(self, text: str, *, language: str | None, question: str | None) -> ParseData:
        """As the engine asks it; the work is done in a worker thread."""
        parsed = await to_thread.run_sync(self.understand, text, language, question)
        entities = (Entity("danger", parsed.danger),) if parsed.danger else ()
        extra: dict[str, str | bool | None] = {
            "language": parsed.lang,
            "language_offer": parsed.lang_offer,
            "doubt": parsed.doubt,
        }
        if parsed.calls_for_help:
            extra["calls_for_help"] = True
        return ParseData(parsed.intent, parsed.confidence, entities, extra)

    def understand(self, text: str, language: str | None = None, question: str | None = None) -> Parsed:
        """The same at once, for programs. Never raises, whatever the text holds."""
        detected = self.detector.detect(text)
        lang = detected.lang if detected.sure else language or detected.lang
        offer = lang_offer(detected, language)
        spotted, predicted = self._spot(text, lang)
        if spotted:
            return Parsed(REPORT_CRISIS, spotted.confidence, lang, offer, spotted.danger, spotted.calls_for_help)
        decision = self._decide(text[:MAX_CLASSIFIED], question, predicted)
        return Parsed(decision.intent, decision.confidence, lang, offer, doubt=decision.doubt)

    def danger(self, text: str, language: str | None = None) -> Spotted | None:
        """The danger that `understand` would report, and which rule found it."""
        return self._spot(text, language)[0]

    def _spot(self, text: str, lang: str | None) -> tuple[Spotted | None, dict[str, Prediction]]:
        """The danger, and what the classifier saw where it was asked."""
        hits = self.safety(text, lang) if self.safety else ()
        if hits and not hits[0].sign:
            return by_rule(hits), {}
        predicted = self._predict(text)
        return spot(hits, predicted, self.gate, whole=nothing_left_out(text)), predicted

    def _predict(self, text: str) -> dict[str, Prediction]:
        """What the classifier sees in each sentence, and in a short text as a whole."""
        parts = pieces(text)
        return dict(zip(parts, self.classifier.predict(parts, self.encoder), strict=True))

    def _decide(self, text: str, question: str | None, predicted: Mapping[str, Prediction]) -> Decision:
        plain = clean(text)
        if not plain or (any(map(str.isdecimal, plain)) and not any(map(str.isalpha, plain))):
            return Decision(CONTENT, 1.0)  # nothing, or nothing but numbers
        if self.gate.too_long(plain, question):
            return Decision(CONTENT, 1.0)
        prediction = predicted.get(plain) or self.classifier.predict([plain], self.encoder)[0]
        return self.gate.decide(plain, prediction.scores, question)
