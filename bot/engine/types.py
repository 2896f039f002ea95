"""The names others use to talk to the engine: messages in, messages out, and what it needs from outside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Event = dict[str, Any]
"""One event in Rasa's JSON form. Never changed once it exists, so trackers may share it."""


@dataclass(frozen=True)
class Entity:
    """One named value in what a person said or chose."""

    entity: str
    value: Any


@dataclass(frozen=True)
class ParseData:
    """What the interpreter made of a text. `extra` joins Rasa's `latest_message` for the actions."""

    intent: str
    confidence: float
    entities: tuple[Entity, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class UserMessage:
    """One message of a person. With `intent` it is a choice the server itself offered; the interpreter
    is not asked, and its text is never taken as the person's own words."""

    text: str
    intent: str | None = None
    entities: tuple[Entity, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Button:
    """A choice the bot offers. The title is unrendered; `title_values` are the values it names."""

    title: str
    payload: str
    title_values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class BotMessage:
    """One message of the bot, not yet rendered: `text` is the source text, `values` what it names."""

    response: str | None
    text: str | None
    values: Mapping[str, Any] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    custom: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Turn:
    """All that one message brought about. `state` is a JSON-able snapshot to hand in with the next one."""

    state: dict[str, Any]
    events: tuple[Event, ...]
    messages: tuple[BotMessage, ...]
    slots: Mapping[str, Any]
    requested_slot: str | None


class Interpreter(Protocol):
    """Gives the intent of a typed text."""

    async def parse(self, text: str, *, language: str | None, question: str | None) -> ParseData:
        """Interpret `text`; `question` is the slot the open question asks for."""
        ...


class ActionRunner(Protocol):
    """Runs custom actions, in process or on an action server."""

    async def run(self, call: dict[str, Any]) -> dict[str, Any]:
        """Answer one call of Rasa's action-server protocol with `{"events": [], "responses": []}`.

        Raises ActionRejected when the action rejects its execution, ActionFailed when it cannot run.
        """
        ...
