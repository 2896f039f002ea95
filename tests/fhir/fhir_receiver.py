"""A receiver that behaves badly on command, and otherwise keeps what it took by `ifNoneExist` and conditional PUT."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Receiver:
    """`moods`: how the next requests are answered, one each: a status, `hang`, `drip`, `lost` (taken, but the answer is
    lost) or `page` (a page instead of FHIR); then it behaves."""

    moods: list[Any] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    updates: int = 0
    requests: int = 0
    bodies: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/fhir"

    def take(self, bundle: dict[str, Any]) -> dict[str, Any]:
        answers = []
        for entry in bundle["entry"]:
            request, kind = entry["request"], entry["resource"]["resourceType"]
            condition = request.get("ifNoneExist") or request["url"].partition("?")[2]
            key = f"{kind}?{condition}"
            new = key not in self.kept
            if new or request["method"] == "PUT":
                self.updates += not new
                self.kept[key] = entry["resource"]
            place = f"{kind}/{list(self.kept).index(key)}/_history/1"
            answers.append(
                {"response": {"status": "201 Created" if new else "200", "location": place, "etag": 'W/"1"'}}
            )
        return {"resourceType": "Bundle", "type": "transaction-response", "entry": answers}


@contextmanager
def receiving(receiver: Receiver) -> Iterator[Receiver]:
    """The receiver on a port of this machine, the same one as before when it had one."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["content-length"])).decode()
            body = json.loads(text)
            receiver.bodies.append(text)
            receiver.requests += 1
            receiver.tokens.add(self.headers.get("authorization", ""))
            mood = receiver.moods.pop(0) if receiver.moods else "well"
            if mood == "hang":
                time.sleep(1.5)
                return
            if isinstance(mood, int):
                self._answer(mood, b"{}", receiver.headers)
                return
            if mood == "page":
                self._answer(200, b"<html>please sign in</html>", {})
                return
            answer = json.dumps(receiver.take(body)).encode()
            if mood == "drip":
                self.send_response(200)
                self.end_headers()
                for _ in range(20):
                    time.sleep(0.1)
                    self.wfile.write(b" ")
                    self.wfile.flush()
            elif mood != "lost":
                self._answer(200, answer, {})

        def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {"content-length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                pass  # the sender hung up, as it should

        def log_message(self, *_: object) -> None:
            """Nothing of what was sent is told anywhere."""

    server = ThreadingHTTPServer(("127.0.0.1", receiver.port), Handler)
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield receiver
    server.shutdown()
    server.server_close()
    thread.join()
