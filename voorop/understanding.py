"""Puts the understanding together: safety rules first, then the classifier with the thresholds of config.yml."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from actions.safety.rules import SafetyRules
from bot.nlu.encoder import Encoder, SentenceEncoder
from bot.nlu.model_store import are_statements_fresh, is_fresh, load_or_train_statements
from bot.nlu.statements import StatementReader
from bot.nlu.understanding import Understanding
from locales import languages
from voorop.settings import PROJECT, Settings

NLU = PROJECT / "data" / "nlu"
STATEMENTS = PROJECT / "data" / "assessment" / "statements"
SAFETY = PROJECT / "data" / "safety"
CONFIG = PROJECT / "bot" / "config.yml"


def load_understanding(settings: Settings, *, quiet: bool = False) -> Understanding:
    """The understanding, trained first when its stored model is stale or not there."""
    rules = SafetyRules.load(SAFETY)
    return Understanding.load(
        NLU,
        settings.models,
        [known.code for known in languages()],
        settings=thresholds(CONFIG),
        safety=rules.found,
        progress=_silent if quiet else _show,
    )


def load_reader(settings: Settings, encoder: Encoder, *, quiet: bool = False) -> StatementReader:
    """The reader of statements, trained first when its stored model is stale or not there. encoder: the one of the
    understanding, where there is one: it remembers what it has just read.
    """
    progress = _silent if quiet else _show
    return StatementReader(load_or_train_statements(STATEMENTS, settings.models, encoder, progress), encoder)


def needs_training(settings: Settings) -> bool:
    """Whether loading would train; the encoder is opened for that but reads nothing."""
    encoder = SentenceEncoder()
    return not (is_fresh(NLU, settings.models, encoder) and are_statements_fresh(STATEMENTS, settings.models, encoder))


def thresholds(config: Path) -> Mapping[str, Any]:
    """What stands in `voorop: understanding:` of the assistant's configuration."""
    ours = YAML(typ="safe").load(config).get("voorop") or {}
    return dict(ours.get("understanding") or {})


def _show(stage: str, done: int, of: int) -> None:
    if done < of and not sys.stderr.isatty():
        return  # a log wants to know that it is done, not every step
    what = "reading the examples" if stage == "encode" else "learning"
    end = "\n" if done == of else ""
    print(f"\rTraining the understanding: {what} {done}/{of}  ", end=end, file=sys.stderr, flush=True)


def _silent(stage: str, done: int, of: int) -> None:
    pass
