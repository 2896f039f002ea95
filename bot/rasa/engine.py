"""Rasa as the channel's assistant: words are understood here, the dialogue is Rasa's.

Understanding stays on this side because safety comes first in it, on every engine; and because a text that Rasa is
handed together with its meaning is never searched for a payload such as `/intent{...}`.
"""

import json
from typing import Any

import httpx2

from bot.engine import events
from bot.engine.domain import REQUESTED_SLOT, Domain
from bot.engine.errors import TurnFailed
from bot.engine.hearing import hear
from bot.engine.types import Interpreter, Turn, UserMessage
from bot.rasa.history import shortened
from bot.rasa.translation import translated

STATE = "rasa 1"  # what the state is called that only this engine can read
TURN_PATH = "/webhooks/voorop/turn"
LARGEST_ANSWER = 16_000_000
TIMEOUT_SECONDS = 30.0


class RasaEngine:
    """The assistant on Rasa's process at `url`. Close it when done."""

    def __init__(
        self,
        domain: Domain,
        interpreter: Interpreter,
        url: str,
        token: str,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._domain = domain
        self._interpreter = interpreter
        self._influencing = frozenset(slot.name for slot in domain.slots.values() if slot.influence)
        self._client = httpx2.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=TIMEOUT_SECONDS,
            follow_redirects=False,
            trust_env=False,  # what is said goes to this machine's Rasa, past any proxy of the environment
            transport=transport,
        )

    async def handle(self, conversation: str, state: dict[str, Any] | None, message: UserMessage) -> Turn:
        """One message, until Rasa listens again. `state` is that of the turn before, None at first.

        Raises TurnFailed; then nothing of the turn counts, as Rasa kept nothing.
        """
        before = _checked(state)
        slots = before["slots"]
        question = slots.get(REQUESTED_SLOT) if before["loop"] else None
        parsed = await hear(message, self._domain, self._interpreter, language=slots.get("language"), question=question)
        user = events.user(message, parsed)
        said = {"text": message.text, "parse_data": user["parse_data"], "metadata": user["metadata"]}
        answer = await self._ask({"conversation": conversation, "events": before["events"], "message": said})
        found, slots, loop = answer["events"], answer["slots"], answer["active_loop"]
        kept = shortened([*before["events"], *found], self._influencing)
        after = {"engine": STATE, "events": kept, "slots": slots, "loop": loop}
        turned = translated(found, slots)
        messages = tuple(events.bot_message(event) for event in turned if event["event"] == "bot")
        return Turn(after, turned, messages, slots, slots.get(REQUESTED_SLOT) if loop else None)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _ask(self, call: dict[str, Any]) -> dict[str, Any]:
        try:
            async with self._client.stream("POST", TURN_PATH, json=call) as response:
                body = bytearray()
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > LARGEST_ANSWER:
                        raise TurnFailed(f"Rasa answered with more than {LARGEST_ANSWER} bytes")
        except httpx2.HTTPError as error:
            raise TurnFailed(f"Rasa did not answer: {type(error).__name__}") from error
        if response.status_code != httpx2.codes.OK:
            raise TurnFailed(f"Rasa answered with status {response.status_code}")
        try:
            answer = json.loads(body)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not {"events", "slots", "active_loop"} <= answer.keys():
            raise TurnFailed("Rasa answered with something other than a turn")
        return answer


def _checked(state: dict[str, Any] | None) -> dict[str, Any]:
    if state is None:
        return {"events": [], "slots": {}, "loop": None}
    if state.get("engine") != STATE:
        raise TurnFailed("the conversation was begun on another engine, and goes on there")
    return state
