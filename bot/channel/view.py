"""What the chat shows, as data: the shapes of the chat interface (contracts.md section 6) before they become JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from locales import Language, languages


@dataclass(frozen=True)
class Part:
    """A run of a message's text. `voice`: it is what a person said, in their own `lang` (None: not known)."""

    text: str
    voice: bool
    lang: str | None
    dir: str

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "voice": self.voice, "lang": self.lang, "dir": self.dir}


@dataclass(frozen=True)
class Choice:
    """A button. `id` is made by the server and is good for the question that offered it, and nothing else."""

    id: str
    label: str
    value: str

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "label": self.label, "value": self.value}


@dataclass(frozen=True)
class Message:
    """One message in one language. `message_id` is the sender's own id of it (None for the bot's).

    `choices` holds only what can still be chosen: an earlier question has none left.
    """

    seq: int
    sender: str
    key: str
    kind: str
    text: str
    parts: tuple[Part, ...]
    lang: str
    dir: str
    choices: tuple[Choice, ...] = ()
    items: tuple[Mapping[str, Any], ...] = ()
    message_id: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "seq": self.seq,
            "from": self.sender,
            "key": self.key,
            "kind": self.kind,
            "text": self.text,
            "parts": [part.as_json() for part in self.parts],
            "lang": self.lang,
            "dir": self.dir,
            "choices": [choice.as_json() for choice in self.choices],
            "items": [dict(item) for item in self.items],
            "message_id": self.message_id,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Message":
        return cls(
            seq=data["seq"],
            sender=data["from"],
            key=data["key"],
            kind=data["kind"],
            text=data["text"],
            parts=tuple(Part(**part) for part in data["parts"]),
            lang=data["lang"],
            dir=data["dir"],
            choices=tuple(Choice(**choice) for choice in data["choices"]),
            items=tuple(data["items"]),
            message_id=data["message_id"],
        )


@dataclass(frozen=True)
class Progress:
    """How many parts of the conversation are done."""

    done: int
    of: int

    def as_json(self) -> dict[str, int]:
        return {"done": self.done, "of": self.of}


@dataclass(frozen=True)
class Incoming:
    """What a person sends: typed text, one or more choices, both, or a `move` that the page offers at any moment.

    `typed_by` is self, helper or staff.
    """

    id: str
    text: str | None = None
    choices: tuple[str, ...] = ()
    typed_by: str | None = None
    move: str | None = None


@dataclass(frozen=True)
class Reply:
    """The answer to one message: the new messages (the person's own first) and where the conversation stands."""

    messages: tuple[Message, ...]
    question: str | None
    progress: Progress
    state: str
    language: str

    def as_json(self) -> dict[str, Any]:
        return {
            "messages": [message.as_json() for message in self.messages],
            "question": self.question,
            "progress": self.progress.as_json(),
            "state": self.state,
            "language": self.language,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Reply":
        return cls(
            messages=tuple(Message.from_json(message) for message in data["messages"]),
            question=data["question"],
            progress=Progress(**data["progress"]),
            state=data["state"],
            language=data["language"],
        )


@dataclass(frozen=True)
class ConversationView:
    """The whole conversation as it stands, in the language chosen now."""

    role: str
    language: str
    state: str
    question: str | None
    progress: Progress
    messages: tuple[Message, ...]

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages one can switch to."""
        return languages()

    def as_json(self) -> dict[str, Any]:
        return {
            "role": self.role,
            "language": self.language,
            "languages": [{"code": each.code, "name": each.name, "dir": each.dir} for each in self.languages],
            "state": self.state,
            "question": self.question,
            "progress": self.progress.as_json(),
            "messages": [message.as_json() for message in self.messages],
        }


@dataclass(frozen=True)
class Opened:
    """An invitation was accepted: a new session token (shown once, stored only as a hash) and the conversation."""

    session_token: str
    expires: datetime
    view: ConversationView
