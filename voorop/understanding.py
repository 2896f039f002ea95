"""Puts the understanding together: safety rules first, then the classifier with the thresholds of config.yml."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from actions.safety.rules import SafetyRules
from bot.nlu.understanding import Understanding
from locales import languages
from voorop.settings import PROJECT, Settings

NLU = PROJECT / "data" / "nlu"
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
        safety=lambda text, lang: rules.check(text, lang).category,
        progress=_silent if quiet else _show,
    )


def thresholds(config: Path) -> Mapping[str, Any]:
    """What stands in `voorop: understanding:` of the assistant's configuration."""
    ours = YAML(typ="safe").load(config).get("voorop") or {}
    return dict(ours.get("understanding") or {})


def _show(stage: str, done: int, of: int) -> None:
    what = "reading the examples" if stage == "encode" else "learning"
    end = "\n" if done == of else ""
    print(f"\rTraining the understanding: {what} {done}/{of}  ", end=end, file=sys.stderr, flush=True)


def _silent(stage: str, done: int, of: int) -> None:
    pass
