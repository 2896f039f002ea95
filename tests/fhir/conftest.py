"""A practice whose care plan is read as FHIR, and others' FHIR programs, started once for the files that use them."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fhir_house import House, Programs, build_house, own_house
from fhir_receiver import Receiver, receiving

from tests.installed import Prepared

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def built(prepare: Callable[[str], Prepared]) -> Prepared:
    """A house in which much has been said and done, to be copied."""
    made = prepare("built")
    build_house(made.folder, made.url).close()
    return made


@pytest.fixture
def house(built: Prepared, tmp_path: Path) -> Iterator[House]:
    with own_house(built, tmp_path) as house:
        yield house


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving(Receiver()) as running:
        yield running


@pytest.fixture(scope="module")
def programs() -> Iterator[Programs]:
    """Validators, a client and an engine that others wrote (checks.mjs)."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: others' FHIR programs cannot judge ours")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.removeprefix("v").split(".")[0]) < 20:
        pytest.skip(f"others' FHIR programs need Node 20, this is {version}")
    if not (HERE / "node_modules" / ".package-lock.json").is_file():
        pytest.skip("others' FHIR programs are not installed: run `make fhir-programs`")
    with subprocess.Popen([node, "checks.mjs"], cwd=HERE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        assert line, "checks.mjs did not start"
        yield Programs(f"http://127.0.0.1:{json.loads(line)['port']}")
        running.terminate()
