"""The two trained models: the stored one if it is fresh, else one trained anew and stored. No stale one in silence.

The reader of statements has a folder of its own below the models', with its own embeddings, so that training one
model throws away nothing of the other.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.nlu.classifier import IntentClassifier
from bot.nlu.embedding_cache import CachedEncoder
from bot.nlu.encoder import Encoder, Vectors, encode_all
from bot.nlu.model_file import ModelFile, fingerprint
from bot.nlu.statement_data import Statement, load_statements, statement_files
from bot.nlu.statements import StatementModel
from bot.nlu.training_data import Example, load_examples, training_files

Progress = Callable[[str, int, int], None]  # stage ("encode" or "fit"), how much is done, of how much

Row = TypeVar("Row", Example, Statement)
Model = TypeVar("Model", IntentClassifier, StatementModel)
Fit = Callable[[Sequence[Row], Vectors, Callable[[int, int], None]], Model]

INTENTS, STATEMENTS = "understanding", "statements"
# The code that shapes features and texts; a change in it makes a stored model stale.
_CODE = ("encoder.py", "features.py", "kernel_ridge.py", "many_texts.py", "text.py", "training.py")


def load_or_train(
    nlu_dir: Path, models_dir: Path, encoder: Encoder, progress: Progress = lambda *_: None
) -> IntentClassifier:
    """The classifier of intents."""
    file = _intents(nlu_dir, models_dir, encoder)
    stored = file.load()
    if stored is not None:
        return IntentClassifier.from_arrays(stored)
    # Only here: scipy takes half a second to load, which a start with a stored model can do without.
    from bot.nlu.training import fit

    return _train(fit, load_examples(nlu_dir), file, encoder, progress)


def load_or_train_statements(
    statements_dir: Path, models_dir: Path, encoder: Encoder, progress: Progress = lambda *_: None
) -> StatementModel:
    """The model that reads statements."""
    file = _statements(statements_dir, models_dir, encoder)
    stored = file.load()
    if stored is not None:
        return StatementModel.from_arrays(stored)
    from bot.nlu.training import fit_statements

    return _train(fit_statements, load_statements(statements_dir), file, encoder, progress)


def _train(fit: Fit[Row, Model], rows: Sequence[Row], file: ModelFile, encoder: Encoder, progress: Progress) -> Model:
    """Encodes what is to be learnt, fits and stores."""
    cached = CachedEncoder(encoder, file.folder)
    vectors = encode_all([row.text for row in rows], cached, partial(progress, "encode"))
    cached.save()
    trained = fit(rows, vectors, partial(progress, "fit"))
    file.save(trained.to_arrays())
    return trained


def is_fresh(nlu_dir: Path, models_dir: Path, encoder: Encoder) -> bool:
    """Whether the stored classifier of intents can be used as it is."""
    return _intents(nlu_dir, models_dir, encoder).is_fresh()


def are_statements_fresh(statements_dir: Path, models_dir: Path, encoder: Encoder) -> bool:
    """Whether the stored model that reads statements can be used as it is."""
    return _statements(statements_dir, models_dir, encoder).is_fresh()


def _intents(nlu_dir: Path, models_dir: Path, encoder: Encoder) -> ModelFile:
    inputs = fingerprint(training_files(nlu_dir), (*_CODE, "classifier.py"), encoder.identity)
    return ModelFile(models_dir, INTENTS, inputs)


def _statements(statements_dir: Path, models_dir: Path, encoder: Encoder) -> ModelFile:
    code = (*_CODE, "statement_data.py")
    inputs = fingerprint(statement_files(statements_dir), code, encoder.identity)
    return ModelFile(models_dir / STATEMENTS, STATEMENTS, inputs)
