"""Several workers on one PostgreSQL: whatever is killed, no word is lost, none is doubled, the order is kept."""

import asyncio
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import sqlalchemy as sa
from e2e_crowd import Crowd, in_order, said
from e2e_workers import Process, Processes, invitations, is_running

from tests.postgresql import PostgreSQL
from tests.stored import Stored


@pytest.fixture
def empty_url(postgresql: PostgreSQL) -> Iterator[str]:
    name = postgresql.create()
    yield postgresql.url(name)
    postgresql.drop(name)


@pytest.mark.parametrize(
    ("people", "messages", "seconds_between_kills"),
    [(40, 4, 4.0), pytest.param(2_000, 5, 10.0, marks=pytest.mark.thorough)],
)
def test_workers_that_are_killed_lose_nothing_double_nothing_and_keep_the_order(
    empty_url: str, tmp_path: Path, people: int, messages: int, seconds_between_kills: float
) -> None:
    secret, chance, done = tmp_path / "secret", random.Random(people), threading.Event()  # noqa: S311 - not a secret
    with Processes(3, empty_url, secret) as processes:
        crowd = Crowd(processes.urls, chance)
        tokens = invitations(empty_url, secret, people)
        killing = threading.Thread(target=processes.kill_now_and_then, args=(done, seconds_between_kills, chance))
        killing.start()
        try:
            talks = asyncio.run(crowd.talk(tokens, messages))
        finally:
            done.set()
            killing.join()
        standing = asyncio.run(crowd.read(talks))
    assert len(standing) == people
    for talk, view, again in standing:
        assert in_order(said(view), talk.batches)
        assert again == list(talk.answers.values())[-1]
    assert processes.kills > 0
    heard = {text for talk in talks for batch in talk.batches for text in batch}
    assert _words_in_the_care_plan(empty_url, secret) <= heard


def _words_in_the_care_plan(url: str, secret: Path) -> set[str]:
    """Every answer of every contribution that stands; the trail of who wrote holds."""
    stored = Stored(url, secret)
    assert stored.care_plan.first_broken_audit_entry() is None
    table = stored.care_plan.books.context.tables.contributions
    with stored.engine.connect() as connection:
        rows = connection.execute(sa.select(table.c.visit, table.c.body).order_by(table.c.version)).all()
    stored.close()
    newest = {row.visit: row.body for row in rows}
    return {answer["words"] for body in newest.values() for answer in body["answers"]}


def test_one_program_with_several_workers_replaces_those_that_die_and_ends_them_all(
    empty_url: str, tmp_path: Path
) -> None:
    program = Process(empty_url, tmp_path / "secret", "--workers", "2")
    program.begin()
    program.wait_until_it_answers()
    killed, other = before = program.workers
    os.kill(killed, signal.SIGKILL)
    until = time.monotonic() + 60
    while len(program.workers) < 2 or killed in program.workers:
        assert time.monotonic() < until
        assert httpx2.get(f"{program.url}/readyz").status_code == 200
        time.sleep(0.2)
    assert other in program.workers
    workers = {*before, *program.workers}
    program.end()
    assert not any(is_running(worker) for worker in workers)


def test_workers_end_with_a_program_that_is_killed(empty_url: str, tmp_path: Path) -> None:
    program = Process(empty_url, tmp_path / "secret", "--workers", "2")
    program.begin()
    program.wait_until_it_answers()
    workers = program.workers
    program.end(signal.SIGKILL)
    until = time.monotonic() + 30
    while any(is_running(worker) for worker in workers):
        assert time.monotonic() < until
        time.sleep(0.1)
