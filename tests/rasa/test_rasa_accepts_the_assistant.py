"""Rasa 3.6 itself reads bot/ and data/ as they are. `make test-rasa` installs it and says where it is.

It validates all files; it learns from a part of the sentences, since from all of them it takes several minutes.
"""

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from rasa_world import RASA

from bot.nlu.encoder import SentenceEncoder

PROJECT = Path(__file__).parents[2]
NLU = PROJECT / "data" / "nlu"
LEARNT = 12  # one sentence of so many, and the first of every list
YES = {"nl": "ja", "fr": "oui", "en": "yes", "ar": "نعم"}
PARSE = """
import asyncio, json, sys
from rasa.core.agent import load_agent
async def parse():
    agent = await load_agent(model_path=sys.argv[1])
    return [(await agent.parse_message(text))["intent"]["name"] for text in sys.argv[2:]]
print(json.dumps(asyncio.run(parse())))
"""
SENTENCES = ["Ik wil weer wandelen.", "أريد أن أمشي من جديد.", "Я хочу снова гулять.", "我想再去散步。"]
FEATURES = """
import json, sys
from bot.rasa.inside.featurizer import SentenceFeaturizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
featurizer = SentenceFeaturizer(SentenceFeaturizer.get_default_config(), "ours")
heard, learnt = ([Message(data={"text": text}) for text in sys.argv[1:]] for _ in range(2))
featurizer.process(heard)
featurizer.process_training_data(TrainingData(learnt))
vectors = lambda messages: [message.get_dense_features("text")[1].features.tolist() for message in messages]
print(json.dumps([vectors(heard), vectors(learnt)]))
"""

pytestmark = [
    pytest.mark.rasa,
    pytest.mark.skipif(not RASA, reason="TEST_RASA names no Rasa; `make test-rasa` installs one"),
]

FILES = ["--config", str(PROJECT / "bot" / "config.yml"), "--domain", str(PROJECT / "bot")]
STORIES = str(PROJECT / "data" / "stories")


def rasa(*arguments: str, folder: Path, program: str = RASA) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "NO_COLOR": "1", "PYTHONPATH": path}
    return subprocess.run(
        [program, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def a_part_of_the_sentences(folder: Path) -> Path:
    for path in NLU.rglob("*.yml"):
        kept, place = [], 0
        for line in path.read_text("utf-8").splitlines():
            is_sentence = line.startswith("    - ")
            place = place + 1 if is_sentence else 0
            if not is_sentence or place <= 2 or place % LEARNT == 0:
                kept.append(line)
        part = folder / "nlu" / path.relative_to(NLU)
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder / "nlu"


def test_rasa_finds_nothing_wrong_in_the_assistant(tmp_path: Path) -> None:
    validated = rasa("data", "validate", *FILES, "--data", str(NLU), STORIES, folder=tmp_path)
    told = validated.stdout + validated.stderr
    assert validated.returncode == 0, told[-3000:]
    # The warnings that stay are about utterances which only actions say. An example of two intents would be a mistake.
    assert "multiple different intents" not in told, told[-3000:]


def test_rasa_learns_the_assistant_with_our_encoder(tmp_path: Path) -> None:
    part = str(a_part_of_the_sentences(tmp_path))
    named = ["--out", "models", "--fixed-model-name", "voorop"]
    trained = rasa("train", *FILES, "--data", part, STORIES, *named, folder=tmp_path)
    assert trained.returncode == 0, trained.stdout[-3000:] + trained.stderr[-3000:]
    model = str(tmp_path / "models" / "voorop.tar.gz")
    python = str(Path(RASA).with_name("python"))
    parsed = rasa("-c", PARSE, model, *YES.values(), folder=tmp_path, program=python)
    assert parsed.returncode == 0, parsed.stderr[-3000:]
    assert json.loads(parsed.stdout.splitlines()[-1]) == ["affirm"] * len(YES)


def test_the_featurizer_gives_the_vectors_of_our_encoder(tmp_path: Path) -> None:
    python = str(Path(RASA).with_name("python"))
    made = rasa("-c", FEATURES, *SENTENCES, folder=tmp_path, program=python)
    assert made.returncode == 0, made.stderr[-3000:]
    ours = SentenceEncoder().encode(SENTENCES)
    assert np.abs(ours).max(axis=1).min() > 0.05
    heard, learnt = (np.array(vectors)[:, 0] for vectors in json.loads(made.stdout.splitlines()[-1]))
    np.testing.assert_allclose(heard, ours, atol=1e-5)
    np.testing.assert_allclose(learnt, ours, atol=1e-3)  # vectors of examples are kept rounded
