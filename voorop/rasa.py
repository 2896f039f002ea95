"""Rasa as a process of its own on this machine: trained when the files changed, then started in our place."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from records.keys import Keys
from voorop.engines import BOT, RASA_KEY, STORIES
from voorop.errors import CommandError
from voorop.serving import LOOPBACK
from voorop.settings import PROJECT, Settings

PROGRAM = PROJECT / ".rasa-venv" / "bin" / "rasa"
ACTIONS_URL = "http://127.0.0.1:5055"
QUIETLY = {  # it reports to nobody, and its libraries' old age is no news to whoever runs it
    "RASA_TELEMETRY_ENABLED": "false",
    "PYTHONPATH": str(PROJECT),
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "LOG_LEVEL": "WARNING",  # at DEBUG it writes down what people say
    "LOG_LEVEL_LIBRARIES": "ERROR",
}
# What any program needs. Everything else stays here: there may be a password in it, or a wish for more logs.
OF_THE_MACHINE = ("PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TMPDIR", "LD_LIBRARY_PATH")
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")  # of an action server over https


def train(program: Path, folder: Path) -> Path:
    """The trained dialogue for the files as they are now, kept in `folder`; trained when it is not there.

    Understanding is not trained: Voorop understands words itself, before Rasa is asked.

    Raises:
        CommandError: Rasa does not train the files.
    """
    name = f"rasa-{_digest()}"
    model = folder / f"{name}.tar.gz"
    if model.is_file():
        return model
    print("Training Rasa (half a minute, once)", file=sys.stderr, flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    files = ["--config", str(BOT / "config.yml"), "--domain", str(BOT), "--stories", str(STORIES)]
    command = [str(program), "train", "core", *files, "--out", str(folder), "--fixed-model-name", name]
    trained = subprocess.run(  # noqa: S603 - a program that the operator names, no shell
        command, cwd=folder, env=_of_the_machine(os.environ), capture_output=True, text=True, check=False
    )
    if trained.returncode != 0 or not model.is_file():
        raise CommandError(f"Rasa did not train the assistant:\n{(trained.stdout + trained.stderr)[-2000:]}")
    return model


def command(program: Path, model: Path, port: int) -> list[str]:
    """The command that serves a model on this machine only, without Rasa's own interface."""
    served = ["run", "--model", str(model), "--interface", LOOPBACK, "--port", str(port)]
    files = ["--credentials", str(BOT / "credentials.yml"), "--endpoints", str(BOT / "endpoints.yml")]
    return [str(program), *served, *files, "--log-file", os.devnull]


def environment(around: Mapping[str, str], keys: Keys, actions_url: str) -> dict[str, str]:
    """All that Rasa is told: what `bot/credentials.yml` and `bot/endpoints.yml` ask for, that it is quiet, and of
    the environment `around` only what any program needs.
    """
    return {**_of_the_machine(around), "ENGINE_TOKEN": keys.derive(RASA_KEY).hex(), "ACTIONS_URL": actions_url}


def run(settings: Settings, program: Path, port: int, actions_url: str) -> None:
    """Become Rasa, serving the assistant; returns never.

    Raises:
        CommandError: Rasa is not installed, or does not train the files.
    """
    if not program.is_file():
        raise CommandError(f"there is no Rasa at {program}; `make rasa` installs it, and needs Python 3.10")
    settings.secret_file.parent.mkdir(parents=True, exist_ok=True)
    model = train(program, settings.models)
    told = environment(os.environ, Keys.load(settings.secret_file), actions_url)
    os.chdir(settings.models)
    os.execve(program, command(program, model, port), told)  # noqa: S606 - as above


def _of_the_machine(around: Mapping[str, str]) -> dict[str, str]:
    kept = {name: around[name] for name in (*OF_THE_MACHINE, *CERTIFICATES) if name in around}
    return kept | {name: value for name, value in around.items() if name.startswith("LC_")} | QUIETLY


def _digest() -> str:
    digest = hashlib.sha256()
    for path in sorted([*BOT.rglob("*.yml"), *STORIES.rglob("*.yml")]):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(PROJECT)} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]
