"""A PostgreSQL server of the tests' own: a folder, a socket in it, no port, and every commit on the disk."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path

import psycopg

ROOT = Path(__file__).parents[1]
USER = "voorop"
SECONDS_TO_START = 60
SETTINGS = {"fsync": "on", "listen_addresses": "", "shared_buffers": "32MB", "max_connections": "100"}


def installed_programs() -> Path | None:
    """The folder of initdb and postgres, or None when no server is installed."""
    found = subprocess.run([ROOT / "scripts" / "find-postgresql"], capture_output=True, text=True, check=False)
    return Path(found.stdout.strip()) if found.returncode == 0 else None


def version(programs: Path) -> str:
    """What the server says of itself, `postgres (PostgreSQL) 15.18`."""
    return subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()


class PostgreSQL:
    """Runs from `start` to `stop`; every database on it is made for one test."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        # not below pytest's folder: the server runs as another user, and a socket's path has at most 107 characters
        self._folder = Path(tempfile.mkdtemp(prefix="voorop-pg-"))
        self._as = _server_user()
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)

    def start(self) -> None:
        """Returns once it answers. Raises AssertionError with what it said when it does not."""
        if self._as is not None:
            os.chown(self._folder, *self._as)
        data = self._folder / "data"
        self._run("initdb", "--pgdata", data, "--username", USER, "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [self._programs / "postgres", "-D", data, "-k", self._folder, *options]
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **self._other_user())
        until = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                psycopg.connect(self._where("postgres")).close()
            except psycopg.OperationalError:
                ended, late = self._process.poll() is not None, time.monotonic() > until
                assert not ended, self._log()
                assert not late, self._log()
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """At once: nothing of it is needed again."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(SECONDS_TO_START)
        shutil.rmtree(self._folder, ignore_errors=True)

    def create(self, template: str = "template1", more: str = "") -> str:
        """The name of a new database that begins as `template`, to which nobody may be connected."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._command(f"CREATE DATABASE {name} TEMPLATE {template} {more}")
        return name

    def drop(self, name: str) -> None:
        self._command(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        """What VOOROP_DATABASE_URL would be."""
        return f"postgresql://{USER}@/{name}?host={self._folder}"

    def _command(self, command: str) -> None:
        with psycopg.connect(self._where("postgres"), autocommit=True) as connection:
            connection.execute(command.encode())

    def _where(self, name: str) -> str:
        return f"host={self._folder} user={USER} dbname={name}"

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [self._programs / program, *arguments]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **self._other_user())
        assert ended.returncode == 0, ended.stderr

    def _other_user(self) -> dict[str, object]:
        return {} if self._as is None else {"user": self._as[0], "group": self._as[1], "extra_groups": []}

    def _log(self) -> str:
        return (self._folder / "log").read_text("utf-8", "replace")


def _server_user() -> tuple[int, int] | None:
    """User and group to run the server as: PostgreSQL refuses to be root. None: whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    names = {known.pw_name: (known.pw_uid, known.pw_gid) for known in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]
