"""Chooses the gate's thresholds by cross-validation on the project's own training data.

    python -m bot.nlu.calibrate [--data data/nlu] [--models var/models]

prints the settings to keep in bot/config.yml under `voorop: understanding:`. Content taken for a move is
worse than the reverse, so the share of content that may be taken for a move is what is held fixed.
"""

import argparse
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedGroupKFold

from bot.nlu.classifier import Prediction
from bot.nlu.embedding_cache import CachedEncoder
from bot.nlu.encoder import SentenceEncoder, Vectors, encode_all
from bot.nlu.gate import Gate, GateSettings
from bot.nlu.moves import CONTENT, REPORT_CRISIS
from bot.nlu.text import clean, fold
from bot.nlu.training import fit
from bot.nlu.training_data import Example, load_examples

FOLDS = 3
NEARLY = 0.8  # cosine of the n-grams of two texts that must not be apart
# The training content is harder than what people say: most of it was written to look like a move. So these
# shares of it may be taken for a move; on ordinary answers the share is a fraction of that.
MOST_TAKEN_WHEN_OPEN = 0.03
MOST_TAKEN_OTHERWISE = 0.06
# Share of what only looks like danger (the content of danger.yml) that the classifier alone may take for it; of
# ordinary answers it is about a tenth of that.
MOST_FALSE_CRISES = 0.01
_WORDS = (12, 16, 20)
_CERTAINTIES = tuple(round(-1 + 0.05 * step, 2) for step in range(61))
_CHANCES = tuple(round(0.1 + 0.025 * step, 3) for step in range(36))
_ANSWERS = frozenset({"affirm", "deny", "unsure"})

Judged = Sequence[tuple[Example, Prediction]]


def out_of_fold(examples: Sequence[Example], vectors: Vectors) -> list[Prediction]:
    """A prediction for each example by a classifier that saw neither it nor what is written nearly the same."""
    found: dict[int, Prediction] = {}
    strata = [f"{example.intent} {example.language}" for example in examples]
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    for seen, unseen in folds.split(vectors, strata, nearly_the_same([example.text for example in examples])):
        classifier = fit([examples[i] for i in seen], vectors[seen])
        predictions = classifier.predict_encoded([examples[i].text for i in unseen], vectors[unseen])
        found.update(zip(unseen.tolist(), predictions, strict=True))
    return [found[index] for index in range(len(examples))]


def nearly_the_same(texts: Sequence[str]) -> list[int]:
    """A number per text, the same for texts that are written nearly the same."""
    spelled = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), dtype=np.float32)
    matrix = spelled.fit_transform([fold(text) for text in texts])
    alike = (matrix @ matrix.T).tocsr()
    alike.data[alike.data < NEARLY] = 0
    alike.eliminate_zeros()
    groups: list[int] = connected_components(alike)[1].tolist()
    return groups


def choose(judged: Judged, lookalikes: Collection[Example]) -> GateSettings:
    """The settings that keep most moves at the shares allowed above. `lookalikes`: what only looks like danger."""
    settings = replace(GateSettings(), crisis_probability=_crisis_probability(judged, frozenset(lookalikes)))
    settings = _best_pair(judged, settings, "open", "life_goal", MOST_TAKEN_WHEN_OPEN)
    settings = _best_pair(judged, settings, "other", None, MOST_TAKEN_OTHERWISE)
    # On these questions an answer is at least as likely as content, however many examples either has.
    answers = [pair for pair in judged if pair[0].intent in _ANSWERS]
    content = [pair for pair in judged if pair[0].intent == CONTENT]
    return _best(
        [replace(settings, answer_certainty=least) for least in _CERTAINTIES],
        lambda tried: _right(answers, tried, "goal_readback") + _right(content, tried, "goal_readback"),
    )


def _best_pair(
    judged: Judged, settings: GateSettings, kind: str, question: str | None, most_taken: float
) -> GateSettings:
    moves = [pair for pair in judged if pair[0].intent != CONTENT]
    content = [pair for pair in judged if pair[0].intent == CONTENT]
    tried = [
        replace(settings, **{f"{kind}_words": most, f"{kind}_certainty": least})  # type: ignore[arg-type]
        for most in _WORDS
        for least in _CERTAINTIES
    ]
    allowed = [one for one in tried if 1 - _right(content, one, question) <= most_taken]
    return _best(allowed or tried[-1:], lambda one: _right(moves, one, question))


def _best(tried: Sequence[GateSettings], score: Callable[[GateSettings], float]) -> GateSettings:
    """The first, that is the strictest on words, that comes within a tenth of a percent of the best."""
    scores = [score(one) for one in tried]
    return next(one for one, reached in zip(tried, scores, strict=True) if reached >= max(scores) - 0.001)


def _right(judged: Judged, settings: GateSettings, question: str | None) -> float:
    gate = Gate(settings)
    right = sum(
        gate.decide(clean(example.text), prediction.scores, question).intent == example.intent
        for example, prediction in judged
    )
    return right / max(len(judged), 1)


def _crisis_probability(judged: Judged, lookalikes: frozenset[Example]) -> float:
    chances = [
        prediction.probabilities.get(REPORT_CRISIS, 0.0) for example, prediction in judged if example in lookalikes
    ]
    for least in _CHANCES:
        if sum(chance >= least for chance in chances) <= MOST_FALSE_CRISES * len(chances):
            return least
    return _CHANCES[-1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the settings as YAML."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.calibrate", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data/nlu"))
    parser.add_argument("--models", type=Path, default=Path("var/models"))
    chosen = parser.parse_args(arguments)
    encoder = CachedEncoder(SentenceEncoder(), chosen.models)
    examples = load_examples(chosen.data)
    vectors = encode_all([example.text for example in examples], encoder, lambda done, of: _say(f"\r{done}/{of}"))
    encoder.save()
    _say("\n")
    lookalikes = [example for example in load_examples(chosen.data, "danger") if example.intent == CONTENT]
    settings = choose(list(zip(examples, out_of_fold(examples, vectors), strict=True)), lookalikes)
    rows = [f"    {name}: {value}" for name, value in asdict(settings).items()]
    sys.stdout.write("\n".join(["voorop:", "  understanding:", *rows]) + "\n")
    return 0


def _say(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
