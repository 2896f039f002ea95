"""Reads what a statement about a goal says: its level, its clarity, its area of life (contracts.md section 4).

This is the second reader of the assessor: it knows nothing of word lists, and what it has not learnt it
compares with what it has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from bot.nlu.encoder import MAX_WORDS, Encoder, Vectors
from bot.nlu.kernel_ridge import KernelRidge, chances
from bot.nlu.pieces import pieces
from bot.nlu.text import clean, words
from careplan.goals import Level

Likely = dict[str, dict[str, float]]  # field -> value -> probability

NO_GOAL = Level.NONE.value


@dataclass(frozen=True)
class StatementModel:
    """Made by `bot.nlu.training.fit_statements`. labels: the values of each field, in the order of the scores."""

    labels: Mapping[str, tuple[str, ...]]
    ridge: KernelRidge

    def predict(self, texts: Sequence[str], vectors: Vectors) -> list[Likely]:
        """Per text and field how likely each value is, together 1. For `level` `none` the others say nothing."""
        scores = self.ridge.scores(texts, vectors)
        ends = np.cumsum([len(labels) for labels in self.labels.values()])
        fields = [chances(part).tolist() for part in np.split(scores, ends[:-1], axis=1)]
        return [
            {
                field: dict(zip(self.labels[field], row, strict=True))
                for field, row in zip(self.labels, rows, strict=True)
            }
            for rows in zip(*fields, strict=True)
        ]

    def to_arrays(self) -> dict[str, Any]:
        """Everything as arrays of numbers and text, which need no unpickling."""
        labels = [[field, label] for field, several in self.labels.items() for label in several]
        return {"labels": np.array(labels), **self.ridge.to_arrays()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> Self:
        """What `to_arrays` gave. Raises KeyError for one that is missing."""
        labels: dict[str, tuple[str, ...]] = {}
        for field, label in arrays["labels"].tolist():
            labels[field] = (*labels.get(field, ()), label)
        return cls(labels, KernelRidge.from_arrays(arrays))


@dataclass(frozen=True)
class StatementReader:
    """The model with its encoder. With the encoder of the understanding, which has just read the message and
    remembers it, reading a statement costs next to nothing.
    """

    model: StatementModel
    encoder: Encoder

    def read(self, text: str) -> Likely:
        """For `level`, `clarity` and `domain` how likely each value is; empty for a text without a letter."""
        parts = _parts(text)
        return _together(self.model.predict(parts, self.encoder.encode(parts))) if parts else {}


def _parts(text: str) -> list[str]:
    """The whole of a text, or its sentences when it is longer than the encoder reads."""
    parts = pieces(text)
    return parts[:1] if words(clean(text)) <= MAX_WORDS else parts


def _together(several: Sequence[Likely]) -> Likely:
    """What the parts of one text say together. A wish in one of them is a wish, whatever is told around it; on the rest
    a part has as much of a say as it is likely to hold a wish.
    """
    none = min(one["level"][NO_GOAL] for one in several)
    wishes = [1 - one["level"][NO_GOAL] for one in several]
    found = {
        field: {
            value: sum(wish * one[field][value] for wish, one in zip(wishes, several, strict=True)) for value in values
        }
        for field, values in several[0].items()
    }
    found["level"].pop(NO_GOAL)
    totals = {field: sum(values.values()) or 1.0 for field, values in found.items()}
    likely = {field: {value: share / totals[field] for value, share in found[field].items()} for field in found}
    likely["level"] = {value: share * (1 - none) for value, share in likely["level"].items()} | {NO_GOAL: none}
    return likely
