"""Several workers on one PostgreSQL: whatever is killed, no word is lost, none is doubled, the order is kept."""

import asyncio
import os
import random
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx2
import pytest
import sqlalchemy as sa
from e2e_crowd import in_order, read, said, saved, talk
from e2e_workers import Process, invitations, is_running

from tests.postgresql import PostgreSQL
from tests.stored import Stored


@pytest.fixture
def empty_url(postgresql: PostgreSQL) -> Iterator[str]:
    name = postgresql.create()
    yield postgresql.url(name)
    postgresql.drop(name)


@pytest.mark.parametrize(
    ("people", "messages", "messages_between_kills"),
    [pytest.param(16, 5, 12, marks=pytest.mark.thorough), pytest.param(2_000, 5, 100, marks=pytest.mark.endurance)],
)
def test_workers_that_are_killed_lose_nothing_double_nothing_and_keep_the_order(
    empty_url: str, tmp_path: Path, people: int, messages: int, messages_between_kills: int
) -> None:
    secret, chance = tmp_path / "secret", random.Random(people)  # noqa: S311 - not a secret
    with Process(empty_url, secret, "--workers", "3") as program:
        visits = invitations(empty_url, secret, people)
        kill = partial(program.kill_a_worker, chance)
        talks = asyncio.run(talk(program.url, list(visits), messages, chance, kill, messages_between_kills))
        standing = asyncio.run(read(program.url, talks))
    assert program.kills > 3
    assert len(standing) == people
    for person, view, again in standing:
        assert in_order(said(view), person.batches)
        assert again == list(person.answers.values())[-1]
    told = _answers_in_the_care_plan(empty_url, secret)
    assert set(told) == set(visits.values())
    for person, view, _ in standing:
        assert told[visits[person.token]] == saved(view) != []


def _answers_in_the_care_plan(url: str, secret: Path) -> dict[str, list[str]]:
    """The answers of the contribution that stands, by visit; the trail of who wrote holds."""
    stored = Stored(url, secret)
    assert stored.care_plan.first_broken_audit_entry() is None
    table = stored.care_plan.books.context.tables.contributions
    with stored.engine.connect() as connection:
        rows = connection.execute(sa.select(table.c.visit, table.c.body).order_by(table.c.version)).all()
    stored.close()
    return {row.visit: [answer["words"] for answer in row.body["answers"]] for row in rows}  # the newest comes last


@pytest.mark.thorough
def test_workers_that_die_are_replaced_and_all_end_with_their_program(empty_url: str, tmp_path: Path) -> None:
    with Process(empty_url, tmp_path / "secret", "--workers", "2") as program:
        killed, other = program.workers
        os.kill(killed, signal.SIGKILL)
        until = time.monotonic() + 60
        while len(program.workers) < 2 or killed in program.workers:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert other in program.workers
        assert httpx2.get(f"{program.url}/readyz").status_code == 200
        workers = program.workers
        program.end()
        assert not any(is_running(worker) for worker in workers)
        program.begin()
        program.wait_until_it_answers()
        workers = program.workers
        program.end(signal.SIGKILL)
        until = time.monotonic() + 60
        while any(is_running(worker) for worker in workers):
            assert time.monotonic() < until
            time.sleep(0.05)


def test_several_workers_need_postgresql(tmp_path: Path) -> None:
    program = Process(f"sqlite:///{tmp_path / 'voorop.db'}", tmp_path / "secret", "--workers", "2")
    program.begin()
    assert program.end(signal.SIGCONT) == 1  # a signal that changes nothing
