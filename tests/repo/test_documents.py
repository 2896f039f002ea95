"""The documents say what the code does: settings, commands, questions, moves; and their links lead somewhere."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.nlu.gate import GateSettings
from bot.nlu.moves import MOVES
from tests.repo.house import DOCS, ROOT, files, name_of, table_names
from voorop.cli import main
from voorop.settings import PREFIX, Settings

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
DOCUMENT_IN_CODE = re.compile(r"\bdocs/[\w/-]+\.md\b")
NO_TEXT_YET = {"language_offer"}
MARKDOWN = sorted(name_of(path) for path in files(".md"))


def yaml(path: str) -> Any:
    return YAML(typ="safe").load(ROOT / path)


def form_questions() -> list[str]:
    return list(yaml("bot/domain.yml")["forms"]["interview_form"]["required_slots"])


def question_texts() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "bot" / "responses").glob("*.yml")):
        for name, variations in YAML(typ="safe").load(path)["responses"].items():
            if name.startswith("utter_ask_"):
                for variation in variations:
                    yield name.removeprefix("utter_ask_"), " ".join(variation["text"].split())


def test_the_table_of_settings_names_every_setting_and_no_other() -> None:
    described = table_names("reference/settings.md", rf"{PREFIX}[A-Z_]+")
    assert sorted(described) == sorted(PREFIX + field.name.upper() for field in fields(Settings))


def test_the_table_of_understanding_names_every_threshold() -> None:
    described = table_names("reference/settings.md", r"[a-z]+_(?:words|certainty|doubt|probability)")
    assert sorted(described) == sorted(field.name for field in fields(GateSettings))


def test_the_page_on_the_command_line_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = re.findall(r"^    ([a-z][a-z-]+)(?: |$)", capsys.readouterr().out, re.MULTILINE)
    described = [row.split()[1] for row in table_names("reference/command-line.md", r"voorop [a-z-]+[^`]*")]
    assert sorted(told) == sorted(described)


def test_the_page_of_questions_holds_the_keys_of_the_form_and_no_other() -> None:
    assert sorted(table_names("reference/questions.md", "[a-z_]+")) == sorted(form_questions())


@pytest.mark.parametrize("key", form_questions())
def test_the_page_of_questions_quotes_the_texts_of(key: str) -> None:
    rows = (DOCS / "reference" / "questions.md").read_text("utf-8").splitlines()
    row = next(row for row in rows if row.startswith(f"| `{key}` |"))
    quoted = set(re.findall(r'"([^"]+)"', row.split("|")[2]))
    asked = {text for name, text in question_texts() if name == key}
    assert quoted == asked
    assert asked or key in NO_TEXT_YET


def test_the_page_of_moves_holds_every_move_and_the_assistant_knows_them() -> None:
    described = table_names("reference/moves.md", "[a-z_]+")
    assert sorted(described) == sorted(MOVES)
    assert set(yaml("bot/domain.yml")["intents"]) >= MOVES


@pytest.mark.parametrize("document", MARKDOWN)
def test_every_relative_link_leads_somewhere_in(document: str) -> None:
    path = ROOT / document
    text = CODE_BLOCK.sub("", path.read_text("utf-8"))
    lost = [target for target in LINK.findall(text) if "://" not in target and not _leads_somewhere(path, target)]
    assert lost == []


def test_documents_that_code_and_data_name_are_there() -> None:
    named = {
        (name_of(path), document)
        for path in files(".py", ".yml", ".html", ".js", ".css", ".toml")
        for document in DOCUMENT_IN_CODE.findall(path.read_text("utf-8"))
    }
    assert [pair for pair in sorted(named) if not (ROOT / pair[1]).is_file()] == []


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) < 120


def _leads_somewhere(document: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    path = (document.parent / name).resolve() if name else document
    if not path.exists():
        return False
    return not anchor or anchor in {_anchor(heading) for heading in HEADING.findall(path.read_text("utf-8"))}


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
