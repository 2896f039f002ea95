"""The command line as programs and administrators meet it: clear lines, honest exit codes, JSON lines in order."""

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from e2e_server import PROJECT, VOOROP, surroundings

from bot.engine.assistant import Assistant
from bot.engine.errors import ConfigurationError


def voorop(*arguments: str, given: str = "", cwd: Path = PROJECT, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*VOOROP, *arguments],
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=cwd,
        env=surroundings(**settings),
    )


def is_one_clear_line(ended: subprocess.CompletedProcess[str]) -> bool:
    told = ended.stderr.strip()
    return ended.returncode != 0 and told.startswith("voorop: ") and "\n" not in told and not ended.stdout


def lines(command: str, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    ended = voorop(command, given="".join(json.dumps(row) + "\n" for row in rows))
    assert (ended.returncode, ended.stderr) == (0, "")
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_an_unknown_setting_is_one_clear_line(folder: Path) -> None:
    ended = voorop("demo", "--port", "0", "--data", str(folder), VOOROP_DATABSE_URL="sqlite://")
    assert is_one_clear_line(ended)
    assert "VOOROP_DATABSE_URL" in ended.stderr


@pytest.mark.parametrize(
    "url",
    ["nonsense", "sqlite:////no/such/folder/voorop.sqlite", "mysql://localhost/voorop", "postgresql://localhost:1/x"],
)
def test_a_bad_database_url_is_one_clear_line_without_the_password(folder: Path, url: str) -> None:
    url = url.replace("//localhost", "//voorop:secret-word@localhost")
    ended = voorop("demo", "--port", "0", "--data", str(folder), VOOROP_DATABASE_URL=url)
    assert is_one_clear_line(ended), ended.stderr[-500:]
    assert "secret-word" not in ended.stderr


def test_a_port_in_use_is_one_clear_line(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = voorop("demo", "--port", port, "--data", str(folder))
    assert is_one_clear_line(ended)
    assert port in ended.stderr


def test_a_public_url_without_tls_is_one_clear_line() -> None:
    ended = voorop("serve", "--port", "0", VOOROP_PUBLIC_URL="http://voorop.example")
    assert is_one_clear_line(ended)


@pytest.mark.thorough
def test_a_missing_catalogue_is_one_clear_line(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    left_out = shutil.ignore_patterns(".venv", ".git", "var", "tests", "*.mo", "__pycache__", ".*_cache", ".rasa-venv")
    shutil.copytree(PROJECT, copy, ignore=left_out)
    here = f"import sys; sys.path.insert(0, {str(copy)!r}); from voorop.cli import main; sys.exit(main())"
    ended = subprocess.run(
        [sys.executable, "-c", here, "demo", "--port", "0", "--data", str(tmp_path / "data")],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=copy,
        env=surroundings(),
    )
    assert is_one_clear_line(ended), ended.stderr[-500:]


class Silent:
    """Neither understands nor acts."""

    async def parse(self, text: str, *, language: str | None, question: str | None) -> Any:
        raise AssertionError(text)

    async def run(self, call: dict[str, Any]) -> dict[str, Any]:
        raise AssertionError(call)


@pytest.mark.parametrize("added", ["surprise: 1", "e2e:\n  actions: 1", "session_config: 3"])
def test_what_the_engine_does_not_know_in_the_domain_is_named_with_file_and_line(tmp_path: Path, added: str) -> None:
    shutil.copytree(PROJECT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    domain = tmp_path / "bot" / "domain.yml"
    text = domain.read_text("utf-8").replace('version: "3.1"', f'version: "3.1"\n{added}', 1)
    domain.write_text(text, "utf-8")
    silent = Silent()
    with pytest.raises(ConfigurationError) as told:
        Assistant.load(tmp_path / "bot", [PROJECT / "data" / "stories"], interpreter=silent, actions=silent)
    assert "domain.yml" in str(told.value)
    assert any(char.isdigit() for char in str(told.value).partition("domain.yml")[2])
    assert "\n" not in str(told.value)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("parse", {"intent", "confidence", "lang", "lang_offer"}),
        ("assess", {"level", "clarity", "missing", "multiple", "domain", "time_frame"}),
        ("check-safety", {"category", "rule"}),
        ("detect-language", {"lang", "sure"}),
    ],
)
def test_lines_keep_their_order_and_their_own_fields(command: str, fields: set[str]) -> None:
    texts = ["Ik wil naar de zee.", "/restart", "أريد أن أمشي", "🙂", "", "\x00", "a" * 20_000]
    rows = [{"text": text, "row": number, "mine": {"deep": [1]}} for number, text in enumerate(texts)]
    found = lines(command, *rows)
    assert [row["row"] for row in found] == list(range(len(texts)))
    for given, row in zip(rows, found, strict=True):
        assert (row["text"], row["mine"]) == (given["text"], given["mine"])
        assert fields <= set(row)


def test_moves_danger_languages_and_statements_are_told_apart() -> None:
    assert [row["intent"] for row in lines("parse", {"text": "Ik weet het niet.", "lang": "nl"})] == ["unsure"]
    danger = lines("check-safety", {"text": "Je veux mourir.", "lang": "fr"}, {"text": "J'aime la mer.", "lang": "fr"})
    assert [row["category"] for row in danger] == ["suicide_self_harm", "none"]
    spoken = lines("detect-language", {"text": "Ik wandel elke dag met mijn hond."}, {"text": "أمشي كل يوم مع كلبي."})
    assert [row["lang"] for row in spoken] == ["nl", "ar"]
    (statement,) = lines("assess", {"text": "I want to walk to church with my wife every Sunday.", "lang": "en"})
    assert (statement["level"], statement["clarity"]) == ("functional", "concrete")


@pytest.mark.thorough
@pytest.mark.parametrize("bad", ["secret words", '["secret words"]', '{"txt": "secret words"}', '{"text": 1}'])
@pytest.mark.parametrize("command", ["check-safety", "detect-language"])
def test_a_bad_line_is_named_by_its_number_and_not_repeated(command: str, bad: str) -> None:
    ended = voorop(command, given=f'{{"text": "Goed."}}\n{bad}\n{{"text": "Ook."}}\n')
    assert ended.returncode != 0
    assert ended.stderr.strip().count("\n") == 0
    assert "line 2" in ended.stderr
    assert "secret" not in ended.stderr
    assert len(ended.stdout.splitlines()) <= 1


def test_no_command_tells_how_to_use_it() -> None:
    ended = voorop()
    assert ended.returncode == 2
    assert "usage: voorop" in ended.stderr or "usage:" in ended.stderr


@pytest.mark.thorough
def test_a_visit_is_made_and_everything_about_its_patient_printed(folder: Path) -> None:
    settings = {
        "VOOROP_DATABASE_URL": f"sqlite:///{folder / 'voorop.sqlite'}",
        "VOOROP_SECRET_FILE": str(folder / "secret"),
    }
    assert is_one_clear_line(voorop("invite", "--time", "9:20", "--patient-language", "nl", **settings))
    voorop("user", "anna", "--practice", "The Harbour", given="a password of some length\n", **settings)
    asked = ("invite", "--time", "9:20", "--patient-language", "ar", "--caregiver-language", "fr", "--reference", "12")
    rows = [line.split("\t") for line in voorop(*asked, **settings).stdout.splitlines()]
    assert [(role, language) for role, language, _, _ in rows] == [("patient", "ar"), ("caregiver", "fr")]
    assert is_one_clear_line(voorop(*asked, **settings))
    kept = json.loads(voorop("export", "12", **settings).stdout)
    assert [row["reference"] for row in kept["patients"]] == ["12"]
    assert len(kept["invitations"]) == 2
    assert not any("hash" in name for rows in kept.values() for row in rows for name in row)
    assert is_one_clear_line(voorop("export", "13", **settings))
