"""Rasa 3.6 itself reads bot/ and data/ as they are. `make test-rasa` installs it and says where it is."""

import os
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
RASA = os.environ.get("TEST_RASA", "")

pytestmark = [
    pytest.mark.rasa,
    pytest.mark.skipif(not RASA, reason="TEST_RASA names no Rasa; `make test-rasa` installs one"),
]

FILES = ["--config", str(PROJECT / "bot" / "config.yml"), "--domain", str(PROJECT / "bot")]
DATA = ["--data", str(PROJECT / "data" / "nlu"), str(PROJECT / "data" / "stories")]


def rasa(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "NO_COLOR": "1"}
    return subprocess.run(
        [RASA, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def test_rasa_finds_nothing_wrong_in_the_assistant(tmp_path: Path) -> None:
    validated = rasa("data", "validate", *FILES, *DATA, folder=tmp_path)
    told = validated.stdout + validated.stderr
    assert validated.returncode == 0, told[-3000:]
    # The warnings that stay are about utterances which only actions say. An example of two intents would be a mistake.
    assert "multiple different intents" not in told, told[-3000:]


def test_rasa_trains_the_assistant(tmp_path: Path) -> None:
    trained = rasa("train", *FILES, *DATA, "--out", "models", folder=tmp_path)
    assert trained.returncode == 0, trained.stdout[-3000:] + trained.stderr[-3000:]
    assert list((tmp_path / "models").glob("*.tar.gz"))
