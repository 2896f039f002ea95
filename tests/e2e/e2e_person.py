"""A patient or caregiver at the chat API, who chooses by the value of a choice and never by its label."""

import json
import uuid
from typing import Any

import httpx2
from e2e_server import Invitation, Server

Reply = dict[str, Any]


class Person:
    """One conversation. `question`, `state` and `messages` are as the program told them last."""

    def __init__(self, server: Server, invitation: Invitation) -> None:
        self.visit = invitation.visit
        self.role = invitation.role
        self.language = invitation.language
        self.http = server.client()
        opened = self.http.post("/api/chat/open", json={"token": invitation.token})
        assert opened.status_code == 201, opened.text
        self._take(opened.json())
        self.messages: list[dict[str, Any]] = opened.json()["messages"]

    def _take(self, told: Reply) -> None:
        self.question, self.state, self.progress = told["question"], told["state"], told["progress"]

    def sends(self, *, id: str | None = None, **body: Any) -> httpx2.Response:
        """One message, whatever comes of it."""
        return self.http.post("/api/chat/messages", json={"id": id or str(uuid.uuid4()), **body})

    def sends_raw(self, text: str) -> httpx2.Response:
        """One message whose text is `text` between quotes in the JSON, as it stands."""
        raw = f'{{"id": "{uuid.uuid4()}", "text": "{text}"}}'
        return self.http.post("/api/chat/messages", content=raw, headers={"Content-Type": "application/json"})

    def says(self, text: str, *, id: str | None = None) -> Reply:
        return self._told(self.sends(id=id, text=text))

    def chooses(self, *values: str, id: str | None = None) -> Reply:
        choices = [self.choice(value) for value in values]
        return self._told(self.sends(id=id, **({"choice": choices[0]} if len(choices) == 1 else {"choices": choices})))

    def moves(self, move: str) -> Reply:
        return self._told(self.sends(move=move))

    def answers(self, answer: str) -> Reply:
        """`=value` chooses, anything else is typed."""
        return self.chooses(answer[1:]) if answer.startswith("=") else self.says(answer)

    def _told(self, answer: httpx2.Response) -> Reply:
        assert answer.status_code == 200, f"{self.question}: {answer.status_code} {answer.text}"
        told: Reply = answer.json()
        self._take(told)
        self.messages += told["messages"]
        return told

    def choice(self, value: str) -> str:
        """The id of the newest choice with a value."""
        for message in reversed(self.reads()["messages"]):
            for choice in message["choices"]:
                if choice["value"] == value:
                    return str(choice["id"])
        raise AssertionError(f"no choice {value} at {self.question}")

    def reads(self) -> Reply:
        answer = self.http.get("/api/chat")
        assert answer.status_code == 200, answer.status_code
        told: Reply = answer.json()
        self._take(told)
        self.messages = told["messages"]
        return told

    def change_of(self, words: str) -> str:
        """The value of the choice that changes the answer with these words."""
        said = next(m for m in reversed(self.reads()["messages"]) if m["from"] == "person" and m["text"] == words)
        return f"change:{said['message_id']}"

    @property
    def said(self) -> list[str]:
        """What the program holds that this person typed or chose, oldest first."""
        return [message["text"] for message in self.messages if message["from"] != "bot"]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the summary or of what is shared."""
        rows: list[dict[str, Any]] = self.messages[-1]["items"]
        return rows

    def everything(self) -> str:
        return json.dumps(self.reads(), ensure_ascii=False)


def is_kind_refusal(answer: httpx2.Response, typed: str) -> bool:
    """4xx in the shape of contracts.md section 6 that says something, and nothing of what was typed."""
    body = answer.json()
    error = body["error"]
    return (
        400 <= answer.status_code < 500
        and set(body) == {"error"}
        and set(error) == {"code", "message", "field"}
        and bool(error["message"])
        and (not typed or typed[:20] not in answer.text)
    )
