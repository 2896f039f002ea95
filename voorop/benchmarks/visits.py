"""What reading visits costs a practice with many of them: the page of one, its API, the list of a day.

In a process that has done nothing else: what was measured before made the pages a fifth slower. The database is filled
by SQL alone: one full visit is made as it is in life, and every other one is a copy of its rows with ids of its own.
The copies keep the sealed columns, which open with the same key wherever they stand.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from starlette.testclient import TestClient

from api.context import utc_now
from careplan.people import SERVICE, Role
from records.database import write
from voorop.app import create_app
from voorop.benchmarks.figures import Figure, p95, since
from voorop.benchmarks.full_visit import caregiver_body, flag_body, patient_body
from voorop.demonstration import clinician_of, demonstration_links
from voorop.installation import Records, open_records
from voorop.memory import set_apart
from voorop.settings import Settings

SIZES = (1_000, 10_000, 100_000)
PER_DAY = 60  # visits of one practice on one day
READS = 150
COLUMNS = {"page": "page of a visit", "api": "its API", "day": "page of a day"}  # what is read, and its name
MOST_MILLISECONDS, MOST_AGAINST_FEWEST = 50, 1.2  # aims
NOT_THE_NUMBER = (
    "with more visits in the database the aim is met, so that their number is not what it comes from; no other reason "
    "is known yet."
)
ORIGIN = "http://127.0.0.1"

# Copies of the rows of the visit named by :source, with ids made of the copy's number. Every id is 32 hex digits.
_NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n < :last) "
_VISIT = "printf('%032x', n)"
# Today, then a day before, a day after, ...: a day holds the same visits whatever the database holds.
_DAYS = "((n / :per_day / 2) * (1 - 2 * (n / :per_day % 2)) - n / :per_day % 2) || ' days'"
_MINUTES = "(n % :per_day * 8) || ' minutes'"
_PATIENT = "printf('%032x', n / 4)"  # who comes for the fourth time brings the goals of three earlier visits
_STATUS = "CASE WHEN n % 4 < 3 THEN 'accepted' ELSE v.status END"
_GOAL = "printf('%02x%030x', g.position + 1 + 16 * (g.role = 'caregiver'), n)"


@dataclass(frozen=True)
class Reading:
    """Milliseconds, p95, with so many visits in the database."""

    visits: int
    page: float
    api: float
    day: float

    def of(self, column: str) -> float:
        """One of COLUMNS."""
        return float(getattr(self, column))


def measure_visits(sizes: Sequence[int] = SIZES) -> list[Reading]:
    """One database that grows, read at every size."""
    told = subprocess.run(  # noqa: S603 - this program
        [sys.executable, "-m", __name__, *map(str, sizes)], stdout=subprocess.PIPE, check=True
    )
    return [Reading(**each) for each in json.loads(told.stdout)]


def main(arguments: Sequence[str]) -> int:
    """Prints the measurements at these sizes as JSON."""
    found = []
    with tempfile.TemporaryDirectory() as folder, _practice(Path(folder)) as practice:
        have = 0
        for size in map(int, arguments):
            practice.fill(have, size)
            have = size
            found.append(practice.read(size))
    print(json.dumps([vars(each) for each in found]))
    return 0


def figures_of_visits(found: Sequence[Reading]) -> list[Figure]:
    """Every figure that has an aim: each size, and each against the fewest visits."""
    few, *more = found
    lines = []
    for name, what in COLUMNS.items():
        plain = [
            Figure(f"{what} with {each.visits} visits", each.of(name), "{:.1f} ms", aim=MOST_MILLISECONDS)
            for each in found
        ]
        against = [
            Figure(
                f"{what} with {each.visits} visits against {few.visits}",
                each.of(name) / few.of(name),
                "{:.2f}",
                aim=MOST_AGAINST_FEWEST,
            )
            for each in more
        ]
        lines += [*_excused(plain), *_excused(against)]
    return lines


def _excused(sizes: Sequence[Figure]) -> list[Figure]:
    """Figures of growing sizes: what the largest size does not miss is not the number's doing."""
    return [replace(each, why=NOT_THE_NUMBER) if not sizes[-1].missed else each for each in sizes]


@contextmanager
def _practice(folder: Path) -> Iterator["_Practice"]:
    settings = Settings.from_environment({}, folder)
    records = open_records(settings)
    with TestClient(create_app(settings, records, ORIGIN), base_url=ORIGIN, headers={"Origin": ORIGIN}) as client:
        set_apart()  # as a server does
        yield _Practice(records, client, folder)
    records.engine.dispose()


class _Practice:
    """A practice whose clinician is signed in."""

    def __init__(self, records: Records, client: TestClient, folder: Path) -> None:
        self._records, self._client = records, client
        links = demonstration_links(records.care_plan, folder, 0)
        self._source = self._full_visit(clinician_of(records.care_plan, links))
        answer = client.post("/clinician/sign-in", data=links["clinician"] | {"next": "/clinician"})
        if not answer.history:  # a page of signing in again, which would be quick
            raise RuntimeError("the demonstration's clinician cannot sign in")

    def fill(self, have: int, want: int) -> None:
        """Copies until there are so many visits, spread over the years before and after today."""
        with write(self._records.engine) as connection:
            for statement in _copies():
                connection.execute(
                    sa.text(_with_numbers(statement)),
                    {"source": self._source, "first": have + 1, "last": want, "per_day": PER_DAY},
                )
        with self._records.engine.connect() as connection:
            # years of visits do not stand in the log of the last minute, which the first readers would have to move
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(
                "PRAGMA wal_checkpoint(TRUNCATE)"
            )
        os.sync()  # nor is the disk still busy writing them

    def read(self, size: int) -> Reading:
        """Other visits every time, as a practice reads them."""
        chance = random.Random(size)  # noqa: S311  # no secret
        visits = [f"{chance.randint(1, size):032x}" for _ in range(READS)]
        today = utc_now().date()
        days = [(today + timedelta(days=chance.randint(-5, 5))).isoformat() for _ in range(READS)]
        return Reading(
            visits=size,
            page=self._p95(f"/clinician/visits/{visit}" for visit in visits),
            api=self._p95(f"/api/v1/visits/{visit}" for visit in visits),
            day=self._p95(f"/clinician?day={day}" for day in days),
        )

    def _p95(self, paths: Iterator[str]) -> float:
        taken = []
        for path in paths:
            started = time.perf_counter()
            answer = self._client.get(path)
            taken.append(since(started))
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answers {answer.status_code}")
        return p95(taken[READS // 10 :])  # the first ones warm up templates and statements

    def _full_visit(self, actor: Any) -> str:
        care_plan = self._records.care_plan
        visit = care_plan.create_visit(actor, utc_now()).id
        bodies: dict[Role, Callable[[], dict[str, Any]]] = {
            Role.PATIENT: patient_body,
            Role.CAREGIVER: caregiver_body,
        }
        for role, body in bodies.items():
            care_plan.invite(actor, visit, role, "nl")
            care_plan.put_contribution(SERVICE, visit, role, body(), key=f"benchmark-{role.value}")
        care_plan.add_flag(SERVICE, visit, flag_body(), key="benchmark-flag")
        return visit


def _with_numbers(statement: str) -> str:
    """SQLite wants the recursive table before the SELECT of an INSERT."""
    head, _, select = statement.partition("SELECT")
    return f"{head} {_NUMBERS} SELECT{select}"


def _copies() -> tuple[str, ...]:
    """Which columns are copied is written out, so that a new one that matters is noticed here."""
    return (
        "INSERT INTO patients (id, practice, created_at) "
        f"SELECT DISTINCT {_PATIENT}, practice, created_at FROM visits, numbers WHERE id = :source "
        f"AND {_PATIENT} NOT IN (SELECT id FROM patients)",
        "INSERT INTO visits (id, practice, patient, at, state, created_at) "
        f"SELECT {_VISIT}, practice, {_PATIENT}, datetime(date(at), {_DAYS}, '9 hours', {_MINUTES}), state, created_at "
        "FROM visits, numbers WHERE id = :source",
        "INSERT INTO people (visit, role, name, language, state, typed_by, minutes) "
        f"SELECT {_VISIT}, role, name, language, state, typed_by, minutes FROM people, numbers WHERE visit = :source",
        "INSERT INTO contributions (visit, role, version, state, body, created_at) "
        f"SELECT {_VISIT}, role, version, state, body, created_at FROM contributions, numbers WHERE visit = :source",
        "INSERT INTO goals (id, visit, role, key, position, version) "
        f"SELECT {_GOAL}, {_VISIT}, g.role, g.key, g.position, g.version FROM goals g, numbers "
        "WHERE g.visit = :source",
        "INSERT INTO goal_versions (goal, version, status, domain, draft, meaning, author, source, created_at) "
        f"SELECT {_GOAL}, v.version, {_STATUS}, v.domain, v.draft, v.meaning, v.author, v.source, v.created_at "
        "FROM goals g JOIN goal_versions v ON v.goal = g.id, numbers WHERE g.visit = :source",
        "INSERT INTO flags (id, visit, role, category, words, lang, rule, at) "
        f"SELECT printf('ff%030x', n), {_VISIT}, role, category, words, lang, rule, at FROM flags, numbers "
        "WHERE visit = :source",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
