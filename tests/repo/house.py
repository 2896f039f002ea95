"""What the tests of the house itself read: its files, its Makefile, its documents."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PACKAGES = ("actions", "api", "bot", "careplan", "locales", "records", "voorop", "web")
NOT_OURS = frozenset({"__pycache__", "build", "models", "node_modules", "results", "var"})
OURS_THOUGH_HIDDEN = frozenset({".ci"})
COMPILED = frozenset({".mo", ".pyc"})


def files(*suffixes: str) -> Iterator[Path]:
    """Every file of the house with one of these suffixes (all without any); nothing installed, made or stored."""
    for folder, below, names in os.walk(ROOT):
        below[:] = sorted(name for name in below if _is_ours(name))
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix not in COMPILED and (not suffixes or path.suffix in suffixes):
                yield path


def table_names(document: str, pattern: str) -> list[str]:
    """What stands in code marks in the first column of a document's tables and matches the pattern."""
    rows = (DOCS / document).read_text("utf-8").splitlines()
    first_columns = [row.split("|")[1] for row in rows if row.startswith("|")]
    return [name for column in first_columns for name in re.findall(rf"`({pattern})`", column)]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _is_ours(folder: str) -> bool:
    if folder.startswith("."):
        return folder in OURS_THOUGH_HIDDEN
    return folder not in NOT_OURS and not folder.endswith(".egg-info")
