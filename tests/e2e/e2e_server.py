"""The real program as a process of its own: started, killed without warning, and started again on the same data."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

PROJECT = Path(__file__).parents[2]
VOOROP = (sys.executable, "-c", "import sys; from voorop.cli import main; sys.exit(main())")


def surroundings(**settings: str) -> dict[str, str]:
    """The environment without settings of whoever runs the tests, and with `settings`."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("VOOROP_")}
    return own | settings


@dataclass(frozen=True)
class Invitation:
    """A link of the demonstration."""

    token: str
    code: str
    language: str
    visit: str
    role: str


class Server:
    """`voorop demo` on one folder and, from its first start on, one port. `settings` are those of its environment."""

    def __init__(self, data: Path, visits: int, **settings: str) -> None:
        self._data = data
        self._visits = visits
        self._settings = settings
        self._process: subprocess.Popen[str] | None = None
        self._given: set[str] = set()
        self._clients: list[httpx2.Client] = []
        self.links: dict[str, Any] = {}
        self.url = ""

    def start(self) -> None:
        """Returns once the program says that it is ready.

        Raises:
            AssertionError: it ended instead; with what it said about that.
        """
        port = self.url.rpartition(":")[2] or "0"
        command = [*VOOROP, "demo", "--json", "--port", port, "--data", str(self._data)]
        with self.log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [*command, "--visits", str(self._visits)],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=PROJECT,
                env=surroundings(**self._settings),
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self.log.read_text("utf-8")
        self.links = json.loads(line)
        self.url = self.links["url"]

    def kill(self) -> None:
        """As a power cut does it: no handler runs, nothing is flushed."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        for client in self._clients:
            client.close()
        self._end(signal.SIGTERM)

    def client(self, **headers: str) -> httpx2.Client:
        """A client with cookies of its own, closed when the server stops."""
        client = httpx2.Client(base_url=self.url, timeout=60, verify=False, headers=headers)
        self._clients.append(client)
        return client

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        self._process.wait(30)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process = None

    @property
    def log(self) -> Path:
        return self._data.with_suffix(".log")

    def invitation(self, role: str, language: str) -> Invitation:
        """One to a visit that nobody used yet.

        Raises:
            StopIteration: the demonstration has too few visits.
        """
        links = (link for link in self.links[role] if link["language"] == language and link["visit"] not in self._given)
        return self.invitation_to(next(links)["visit"], role)

    def invitation_to(self, visit: str, role: str) -> Invitation:
        link = next(link for link in self.links[role] if link["visit"] == visit)
        self._given.add(visit)
        return Invitation(link["token"], link["code"], link["language"], visit, role)


class Clinician:
    """Signed in at the care-plan API."""

    def __init__(self, server: Server) -> None:
        self.http = server.client(Origin=server.url)
        answer = self.http.post("/api/v1/login", json=server.links["clinician"])
        assert answer.status_code == 204

    def visit(self, visit: str) -> dict[str, Any]:
        return self._read(f"/api/v1/visits/{visit}")

    def goals(self, visit: str, role: str | None = None) -> list[dict[str, Any]]:
        found = self._read(f"/api/v1/visits/{visit}/goals")["goals"]
        return [goal for goal in found if role in (None, goal["role"])]

    def everything(self, visit: str) -> str:
        """All that the API tells about a visit, as one text to look for words in."""
        return json.dumps([self.visit(visit), self.goals(visit)], ensure_ascii=False)

    def page(self, visit: str) -> str:
        """The page of a visit, as the browser gets it."""
        entered = self.http.get(f"/clinician/visits/{visit}")
        assert entered.status_code == 200
        return entered.text

    def _read(self, path: str) -> dict[str, Any]:
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.status_code
        found: dict[str, Any] = answer.json()
        return found
