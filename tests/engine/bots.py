"""Tiny bots for the tests: written to a folder, loaded, and talked to."""

import asyncio
import itertools
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from bot.engine.assistant import Assistant
from bot.engine.errors import ActionFailed, ActionRejected
from bot.engine.payloads import parse_payload
from bot.engine.types import Interpreter, ParseData, Turn, UserMessage

RULES_ONLY = """
recipe: default.v1
language: en
policies:
  - name: RulePolicy
"""


class Words:
    """An interpreter that knows some words by heart; everything else is `content`."""

    def __init__(self, known: Mapping[str, str] | None = None, other: str = "content") -> None:
        self.known = dict(known or {})
        self.other = other
        self.asked: list[tuple[str, str | None, str | None]] = []

    async def parse(self, text: str, *, language: str | None, question: str | None) -> ParseData:
        self.asked.append((text, language, question))
        return ParseData(self.known.get(text, self.other), 0.9)


class Sdk:
    """Runs real rasa_sdk actions in this process."""

    def __init__(self, actions: Iterable[type[Action]] = ()) -> None:
        self.executor = ActionExecutor()
        self.calls: list[dict[str, Any]] = []
        for action in actions:
            self.executor.register_action(action)

    async def run(self, call: dict[str, Any]) -> dict[str, Any]:
        self.calls.append(json.loads(json.dumps(call)))  # the SDK writes into what it gets
        try:
            result = await self.executor.run(call)
        except ActionExecutionRejection as error:
            raise ActionRejected(error.action_name) from error
        except ActionNotFoundException as error:
            raise ActionFailed(str(error)) from error
        assert result is not None
        answer: dict[str, Any] = result.model_dump()
        return answer


class Talk:
    """One conversation with a bot."""

    def __init__(self, assistant: Assistant, name: str = "c1") -> None:
        self.assistant = assistant
        self.name = name
        self.state: dict[str, Any] | None = None
        self.turns: list[Turn] = []

    def send(self, message: UserMessage) -> Turn:
        turn = asyncio.run(self.assistant.handle(self.name, self.state, message))
        self.state = turn.state
        self.turns.append(turn)
        return turn

    def says(self, text: str, **metadata: Any) -> Turn:
        """A typed text."""
        return self.send(UserMessage(text, metadata=metadata))

    def chooses(self, payload: str) -> Turn:
        """A button."""
        intent, entities = parse_payload(payload)
        return self.send(UserMessage(payload, intent, entities))


def write_bot(folder: Path, domain: str, data: str = "", config: str = RULES_ONLY) -> Path:
    """The files of a bot: folder/bot and folder/data."""
    for place, text in (("bot/domain.yml", domain), ("bot/config.yml", config), ("data/all.yml", data)):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, encoding="utf-8")
    return folder


def load(
    folder: Path,
    domain: str,
    data: str = "",
    config: str = RULES_ONLY,
    words: Interpreter | None = None,
    actions: Iterable[type[Action]] | Sdk = (),
) -> Assistant:
    """A bot from texts. Its clock ticks once for every look at it."""
    write_bot(folder, domain, data, config)
    ticks = itertools.count(1.0)
    runner = actions if isinstance(actions, Sdk) else Sdk(actions)
    return Assistant.load(
        folder / "bot",
        [folder / "data"],
        interpreter=words or Words(),
        actions=runner,
        clock=lambda: next(ticks),
    )


def said(turn: Turn) -> list[str | None]:
    """The names of the responses said in a turn."""
    return [message.response for message in turn.messages]


def trace(turn: Turn) -> list[str]:
    """The events of a turn, in short."""
    return [_short(event) for event in turn.events]


def _short(event: Mapping[str, Any]) -> str:
    match event["event"]:
        case "slot":
            return f"slot {event['name']}={event['value']}"
        case "action" | "active_loop" | "action_execution_rejected" as kind:
            return f"{kind} {event['name']}"
        case "user":
            return f"user {event['parse_data']['intent']['name']}"
        case "bot":
            return f"bot {event['metadata']['utter_action']}"
    return str(event["event"])
