"""Asks Voorop's own commands for programs (docs/reference/command-line.md): what they say is what is measured."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from voorop.errors import CommandError
from voorop.settings import PROJECT

_VOOROP = (sys.executable, "-c", "import sys; from voorop.cli import main; sys.exit(main())")


def ask(command: str, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with what the command adds to them.

    Raises:
        CommandError: the command failed; it said why on standard error.
    """
    given = "".join(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in rows)
    ended = subprocess.run(  # noqa: S603  our own program, with our own sentences
        [*_VOOROP, command], input=given, stdout=subprocess.PIPE, text=True, cwd=PROJECT, check=False
    )
    if ended.returncode:
        raise CommandError(f"voorop {command} failed")
    return [json.loads(line) for line in ended.stdout.splitlines()]


def held_out_rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each `held_out_<language>.yml` in a folder; none where there is no such file yet."""
    paths = sorted(folder.glob("held_out_*.yml"))
    return {path.stem.removeprefix("held_out_"): YAML(typ="safe").load(path) for path in paths}
