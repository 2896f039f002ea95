"""The house itself: small files that say what they own, named dependencies, no traces of where it was built."""

import ast
import re
from pathlib import Path

import pytest

from tests.repo.house import PACKAGES, ROOT, files, name_of

LONGEST = 400
LONG_SENTENCE_LISTS = ("data/", "tests/")  # examples and test sentences are lists, which may be long
CODE = (".css", ".html", ".js", ".py")
LISTS = (".yaml", ".yml")

# Written in parts, so that this file does not hold what it looks for.
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "debian" + ".org", "npm" + "js.", "npm" + "js.org")
MACHINE_PATH = re.compile(r"(?<![\w.*-])/(?:wo" + r"rk|ro" + r"ot)(?![\w-])")

REASON = re.compile(r'^    "[^"]+",\s+# \S.{5,}$')


def test_no_code_file_is_longer_than_it_can_be_read() -> None:
    long = {
        name_of(path): lines
        for path in files(*CODE, *LISTS)
        if not (path.suffix in LISTS and name_of(path).startswith(LONG_SENTENCE_LISTS))
        and (lines := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert long == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_says_what_it_owns_in(package: str) -> None:
    silent = [
        name_of(path)
        for path in files(".py")
        if path.is_relative_to(ROOT / package) and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in files(".py") if name_of(path).startswith(tuple(f"{name}/" for name in PACKAGES))}
    assert [name_of(folder) for folder in sorted(folders) if not _is_package(folder)] == []


def test_no_file_names_a_registry_or_a_folder_of_the_machine_it_was_made_on() -> None:
    found = []
    for path in files():
        text = path.read_text("utf-8", errors="replace")
        if any(host in text for host in HOSTS) or MACHINE_PATH.search(text):
            found.append(name_of(path))
    assert found == []


def test_every_dependency_has_its_reason_beside_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    listed: list[str] = []
    inside = False
    for line in lines:
        if inside and line == "]":
            inside = False
        if inside:
            listed.append(line)
        if line in ("dependencies = [", "dev = ["):
            inside = True
    assert len(listed) > 20
    assert [line for line in listed if not REASON.match(line)] == []


def test_the_lock_files_name_versions_and_hashes_only() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.lock")):
        odd = [
            line
            for line in lock.read_text("utf-8").splitlines()
            if line.strip()
            and not re.match(r"[\w.\[\]-]+==\S+( ; .*)? \\$|    --hash=sha256:[0-9a-f]{64}( \\)?$|\s*#", line)
        ]
        assert odd == [], lock.name


def test_every_target_that_the_documents_name_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        target
        for path in files(".md")
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text("utf-8"), re.M)
    }
    assert {"run", "test"} <= named
    assert named - targets == set()


def test_the_licence_is_the_full_text_that_pyproject_names() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert all(f"\n   {number}. " in text for number in range(1, 10))


def _is_package(folder: Path) -> bool:
    # Alembic runs migrations as scripts of a folder, not as modules of a package.
    return (folder / "__init__.py").is_file() or "migrations" in folder.parts
