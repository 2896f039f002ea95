"""How well the same design of classifier does on public sets of intents, trained on each set's own sentences alone."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.nlu.encoder import Encoder, SentenceEncoder
from bot.nlu.training import fit
from bot.nlu.training_data import Example


@dataclass(frozen=True)
class Accuracy:
    """Of the test sentences whose intent is trained at all; no threshold."""

    name: str
    intents: int
    trained: int
    tested: int
    right: int


def measure_intents(folder: Path) -> list[Accuracy]:
    """Each `train/<name>_train.csv` with its `test/<name>_test.csv`, in English, laid out as HINT3's.

    Columns: `sentence` and `label`.

    Raises:
        OSError: a set has no test file.
        KeyError: a file has other columns.
    """
    encoder = SentenceEncoder()
    names = sorted(path.stem.removesuffix("_train") for path in (folder / "train").glob("*_train.csv"))
    return [
        _measure(
            name,
            _sentences(folder / "train" / f"{name}_train.csv"),
            _sentences(folder / "test" / f"{name}_test.csv"),
            encoder,
        )
        for name in names
    ]


def _measure(name: str, train: Sequence[Example], test: Sequence[Example], encoder: Encoder) -> Accuracy:
    classifier = fit(train, encoder.encode([one.text for one in train]))
    in_scope = [one for one in test if one.intent in classifier.labels]
    found = classifier.predict([one.text for one in in_scope], encoder)
    right = sum(
        max(prediction.scores, key=lambda label: prediction.scores[label]) == one.intent
        for prediction, one in zip(found, in_scope, strict=True)
    )
    return Accuracy(name, len(classifier.labels), len(train), len(in_scope), right)


def _sentences(path: Path) -> list[Example]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["sentence"].strip(), row["label"]) for row in csv.DictReader(file)]
    return [Example(text, label, "en") for text, label in rows if text]
