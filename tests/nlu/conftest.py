"""A tiny set of training data and a classifier trained on it once."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from actions.safety.rules import SafetyRules
from bot.nlu.encoder import SentenceEncoder
from bot.nlu.language import LanguageDetector
from bot.nlu.model_store import load_or_train
from bot.nlu.understanding import Understanding

ROOT = Path(__file__).parents[2]
LANGUAGES = ("nl", "fr", "en", "ar")

MOVES = {
    "affirm": ["ja", "ja hoor", "dat klopt", "yes", "yes please", "that is right", "oui", "نعم"],
    "deny": ["nee", "nee hoor", "dat klopt niet", "no", "no thanks", "not at all", "non", "لا"],
    "pause": ["stoppen", "ik wil stoppen", "even pauze", "I want to stop for now", "let us pause", "later verder"],
    "repeat": ["nog eens", "kan u dat herhalen", "say that again", "please repeat", "répétez", "أعد السؤال"],
    "ask_medical": ["welke pillen moet ik nemen", "is my blood pressure too high", "wat doe ik tegen de pijn"],
}
CONTENT = [
    "ik wil stoppen met al die pillen",
    "elke dag wandelen met de hond",
    "I want to stop taking so many tablets",
    "go back home to my garden",
    "my children and the grandchildren",
    "avec mon mari au marché",
    "أريد أن أزور ابنتي",
    "slapen zonder pijn",
]
DANGER = ["ik wil dood", "ik maak er een eind aan", "I want to kill myself", "I will end my life"]


def write_training_data(folder: Path) -> Path:
    """The tiny set, all of it in the folder of one language."""
    lines = ['version: "3.1"', "nlu:"]
    for intent, texts in {**MOVES, "content": CONTENT}.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for text in texts)]
    lines += ["- intent: report_crisis", "  examples: |"]
    lines += [f'    - [{text}]{{"entity": "danger", "value": "suicide_self_harm"}}' for text in DANGER]
    (folder / "nl").mkdir(parents=True)
    (folder / "nl" / "moves.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.fixture(scope="session")
def understanding(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceEncoder) -> Understanding:
    folder = tmp_path_factory.mktemp("understanding")
    classifier = load_or_train(write_training_data(folder / "data"), folder / "models", encoder)
    return Understanding(classifier, encoder, LanguageDetector(LANGUAGES))


@pytest.fixture(scope="session")
def trained() -> Understanding:
    """The project's own, as `make train` left it, with the settings of config.yml."""
    rules = SafetyRules.load(ROOT / "data" / "safety")
    config = YAML(typ="safe").load(ROOT / "bot" / "config.yml")
    return Understanding.load(
        ROOT / "data" / "nlu",
        ROOT / "var" / "models",
        LANGUAGES,
        settings=config["voorop"]["understanding"],
        safety=rules.found,
    )
