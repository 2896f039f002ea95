"""Starting: processes that start at once on nothing make one installation."""

import subprocess
import sys
from pathlib import Path

import pytest

from records.database import create_engine, read
from tests.postgresql import ROOT
from voorop.stores import MIGRATIONS

START = """
import sys
from pathlib import Path
from voorop.installation import opened_records
from voorop.settings import Settings
with opened_records(Settings(sys.argv[1], Path(sys.argv[2]))) as records:
    records.care_plan.create_practice("one")
    print(records.keys.newest_id, records.keys.derive("which secret").hex())
"""


@pytest.mark.postgresql_every_day
def test_processes_that_start_at_once_share_one_secret_and_one_set_of_tables(database_url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", START, database_url, str(tmp_path / "deep" / "secret")]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(3)
    ]
    told = [process.communicate() for process in started]
    assert [error for _, error in told] == ["", "", ""]
    assert len({secret for secret, _ in told}) == 1
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["secret"]
    engine = create_engine(database_url)
    with read(engine) as connection:
        assert all(each.revision_on(connection) == each.newest for each in MIGRATIONS)
    engine.dispose()
