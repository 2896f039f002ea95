"""Says what Rasa's dialogue wants said: the endpoint of Rasa's natural language generation (nlg).

The answer has the words in the conversation's language, for any channel of Rasa; and beside them, which ends up in the
metadata of Rasa's `bot` event, the source text and the values, from which Voorop's channel renders at the edge.
"""

from collections.abc import Mapping
from typing import Any

import locales
from bot.channel.rendering import Renderer
from bot.engine.domain import Domain
from bot.engine.responses import choose, values_of
from bot.engine.types import Button


class UnknownResponse(Exception):
    """The domain has no such response."""


class Responder:
    """Chooses and renders the responses of a domain."""

    def __init__(self, domain: Domain, renderer: Renderer | None = None) -> None:
        self._domain = domain
        self._renderer = renderer or Renderer()

    def answer(self, call: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one call of Rasa: {"response", "arguments", "tracker", ...}; empty if no variation fits.

        Raises:
            UnknownResponse: the domain has no such response.
        """
        name, slots = call["response"], call["tracker"]["slots"]
        if name not in self._domain.responses:
            raise UnknownResponse()
        last = _last_variation(name, call["tracker"]["events"])
        chosen = choose(self._domain, name, slots, last, values_of(call.get("arguments") or {}))
        if chosen is None:
            return {}
        message, variation = chosen
        lang = _language(slots.get("language"))
        answer: dict[str, Any] = {"source": message.text, "values": dict(message.values), "variation": variation}
        answer["buttons"] = [self._button(button, lang) for button in message.buttons]
        if message.text is not None:
            answer["text"] = self._renderer.text(message.text, message.values, lang)
        if message.custom is not None:
            answer["custom"] = dict(message.custom)
        return answer

    def _button(self, button: Button, lang: str) -> dict[str, Any]:
        return {
            "title": self._renderer.text(button.title, button.title_values, lang),
            "payload": button.payload,
            "source_title": button.title,
            "title_values": dict(button.title_values),
        }


def _language(code: Any) -> str:
    return code if locales.is_offered(code) else locales.SOURCE


def _last_variation(name: str, events: list[Mapping[str, Any]]) -> str | None:
    for event in reversed(events):
        told = event.get("metadata") or {}
        if event.get("event") == "bot" and told.get("utter_action") == name and told.get("variation"):
            return str(told["variation"])
    return None
