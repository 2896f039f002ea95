"""How long training takes from nothing, as in a fresh clone: ours in all its languages, and Rasa's dialogue."""

import time
from dataclasses import dataclass
from pathlib import Path

from bot.nlu.encoder import SentenceEncoder
from bot.nlu.model_store import load_or_train, load_or_train_statements
from voorop.rasa import train
from voorop.understanding import NLU, STATEMENTS


@dataclass(frozen=True)
class Training:
    """Seconds. rasa: none where there is no Rasa."""

    ours: float
    rasa: float | None


def measure_training(folder: Path, rasa: Path) -> Training:
    """`rasa`: the program."""
    started = time.perf_counter()
    load_or_train(NLU, folder, encoder := SentenceEncoder())
    load_or_train_statements(STATEMENTS, folder, encoder)
    ours = time.perf_counter() - started
    if not rasa.is_file():
        return Training(ours, None)
    started = time.perf_counter()
    train(rasa, folder / "rasa")
    return Training(ours, time.perf_counter() - started)
