"""Trains the classifier of intents and the reader of statements: one Cholesky decomposition each, so that the same
data always give the same model.

In cross-validation kernel ridge was better, and quicker, than logistic regression on the same features. Comparing with
a part of the texts only (Nyström's method) would be quicker still, but cost 3 to 8 % of the moves.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy.linalg import cholesky, solve_triangular
from scipy.sparse import csr_array

from bot.nlu.classifier import IntentClassifier
from bot.nlu.encoder import Vectors
from bot.nlu.features import Meaning, Spelling
from bot.nlu.kernel_ridge import WIDTH, KernelRidge, alike
from bot.nlu.solutions import key_of, shipped_solution
from bot.nlu.statement_data import FIELDS, Statement
from bot.nlu.statements import StatementModel
from bot.nlu.text import skeleton
from bot.nlu.training_data import Example

Progress = Callable[[int, int], None]  # how much is done, of how much
Solved = dict[str, Vectors]  # weights by the name of their equations

SPELLING_WEIGHT = 0.2
RIDGE = 0.1
_BLOCK = 2048  # rows and columns that LAPACK decomposes at a time
_ROWS = 512  # of the kernel at a time, which keeps what stands beside it in memory small


def fit(
    examples: Sequence[Example],
    vectors: Vectors,
    progress: Progress = lambda *_: None,
    solved: Solved | None = None,
) -> IntentClassifier:
    """Fits on examples whose embeddings are at hand; `progress` is told how many are compared with all others.

    With `solved`, the equations are solved anew even when their solution is shipped, and the solution is put there.
    """
    texts = [example.text for example in examples]
    of_text = [_label(example) for example in examples]
    labels = tuple(sorted(set(of_text)))
    ridge = _fit_ridge(texts, vectors, _wanted(of_text, labels), progress, solved)
    return IntentClassifier(labels, _known(texts, of_text), ridge)


def fit_statements(
    statements: Sequence[Statement],
    vectors: Vectors,
    progress: Progress = lambda *_: None,
    solved: Solved | None = None,
) -> StatementModel:
    """The same for statements. One that is no goal counts against every clarity and area of life."""
    of_field = {field: [getattr(statement, field) for statement in statements] for field in FIELDS}
    labels = {field: tuple(sorted({label for label in of_field[field] if label})) for field in FIELDS}
    wanted = np.hstack([_wanted(of_field[field], labels[field]) for field in FIELDS])
    return StatementModel(labels, _fit_ridge([one.text for one in statements], vectors, wanted, progress, solved))


def _fit_ridge(
    texts: Sequence[str], vectors: Vectors, wanted: Vectors, progress: Progress, solved: Solved | None
) -> KernelRidge:
    meaning, spelling = Meaning.of(vectors), Spelling.of(texts)
    meant, spelled = meaning.spread(vectors), _rows(spelling, texts)
    key = key_of(texts, vectors, wanted, WIDTH, SPELLING_WEIGHT, RIDGE)
    weights = shipped_solution(key) if solved is None else None
    if weights is None:
        weights = _solve(_kernel(meant, spelled, progress), wanted)
    if solved is not None:
        solved[key] = weights
    return KernelRidge(
        meaning=meaning,
        spelling=spelling,
        examples=meant,
        by_meaning=weights,
        # Linear in the n-grams, so that no training text's spelling needs to be kept.
        by_spelling=np.asarray(SPELLING_WEIGHT * (spelled.T @ weights), dtype=np.float32),
    )


def _wanted(of_text: Sequence[str | None], labels: Sequence[str]) -> Vectors:
    return np.where(np.array(of_text)[:, None] == np.array(labels), 1, -1).astype(np.float32)


def _kernel(meant: Vectors, spelled: Any, progress: Progress) -> Vectors:
    kernel = np.empty((len(meant), len(meant)), dtype=np.float32)
    for start in range(0, len(kernel), _ROWS):
        progress(start, len(kernel))
        rows = slice(start, start + _ROWS)
        kernel[rows] = alike(meant[rows], meant)
        kernel[rows] += SPELLING_WEIGHT * (spelled[rows] @ spelled.T).toarray()
    progress(len(kernel), len(kernel))
    return kernel


def _solve(kernel: Vectors, wanted: Vectors) -> Vectors:
    """Cholesky's decomposition, in place and in blocks: LAPACK crashes beyond some 26,000 rows of float32."""
    kernel[np.diag_indices_from(kernel)] += RIDGE
    size = len(kernel)
    blocks = [(start, min(start + _BLOCK, size)) for start in range(0, size, _BLOCK)]
    for start, end in blocks:
        corner = cholesky(kernel[start:end, start:end], lower=True, check_finite=False)
        kernel[start:end, start:end] = corner
        below = solve_triangular(corner, kernel[end:, start:end].T, lower=True, check_finite=False).T
        kernel[end:, start:end] = below
        for row, stop in (block for block in blocks if block[0] >= end):
            kernel[row:stop, end:stop] -= below[row - end : stop - end] @ below[: stop - end].T
    weights = np.array(wanted, dtype=np.float32)
    for start, end in blocks:
        corner = kernel[start:end, start:end]
        weights[start:end] = solve_triangular(corner, weights[start:end], lower=True, check_finite=False)
        weights[end:] -= kernel[end:, start:end] @ weights[start:end]
    for start, end in reversed(blocks):
        corner = kernel[start:end, start:end]
        weights[start:end] = solve_triangular(corner, weights[start:end], lower=True, trans=1, check_finite=False)
        weights[:start] -= kernel[start:end, :start].T @ weights[start:end]
    return weights


def _rows(spelling: Spelling, texts: Sequence[str]) -> Any:
    rows = [spelling.row(text) for text in texts]
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    places = np.concatenate([places for places, _ in rows])
    weights = np.concatenate([weights for _, weights in rows])
    return csr_array((weights, places, ends), shape=(len(texts), len(spelling.places)))


def _known(texts: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """The label of each text as it is written in short, unless it stands for several."""
    found: dict[str, set[str]] = {}
    for text, label in zip(texts, labels, strict=True):
        found.setdefault(skeleton(text), set()).add(label)
    return {text: min(several) for text, several in found.items() if text and len(several) == 1}


def _label(example: Example) -> str:
    return f"{example.intent}/{example.danger}" if example.danger else example.intent
