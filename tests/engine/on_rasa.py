"""Plays conversations on real Rasa 3.6. Runs in Rasa's own Python, so it uses nothing of this project.

Arguments: the folder of the bot (bot/, data/), the file with the conversations, the action server's address, the file
for the events. A conversation is a list of {"text", "intent", "entities", "words"}; the answer has the events of every
turn. Without an intent Rasa itself reads the text. Words are the address that words the responses of the turn; without
it Rasa takes those of the domain.
"""

import asyncio
import json
import logging
import sys
import time
from pathlib import Path
from typing import Any


async def play(model: str, conversations: list[list[dict[str, Any]]], actions: str) -> list[list[list[Any]]]:
    """The events of every turn of every conversation."""
    from rasa.core.agent import load_agent  # type: ignore[import-not-found]
    from rasa.core.utils import AvailableEndpoints  # type: ignore[import-not-found]
    from rasa.utils.endpoints import EndpointConfig  # type: ignore[import-not-found]

    agent = await load_agent(model_path=model, endpoints=AvailableEndpoints(action=EndpointConfig(actions)))
    played: list[list[list[Any]]] = []
    for number, messages in enumerate(conversations):
        played.append([])
        for message in messages:
            played[-1].append(await turn(agent.processor, str(number), message))
    return played


async def turn(processor: Any, sender: str, message: dict[str, Any]) -> list[Any]:
    """The events of one turn, taken where Rasa saves them."""
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage  # type: ignore[import-not-found]
    from rasa.core.nlg import NaturalLanguageGenerator  # type: ignore[import-not-found]
    from rasa.utils.endpoints import EndpointConfig  # type: ignore[import-not-found]

    words = message.get("words")
    processor.nlg = NaturalLanguageGenerator.create(words and EndpointConfig(words), processor.domain)
    started, saved, save = time.time(), [], processor.tracker_store.save

    async def keep(tracker: Any) -> Any:
        saved.append(tracker)
        return await save(tracker)

    parsed = message.get("intent") and {
        "text": message["text"],
        "intent": {"name": message["intent"], "confidence": 1.0},
        "entities": message.get("entities", []),
        "intent_ranking": [],
    }
    processor.tracker_store.save = keep
    try:
        said = UserMessage(message["text"], CollectingOutputChannel(), sender, parse_data=parsed)
        await processor.handle_message(said)
    finally:
        processor.tracker_store.save = save
    return [event.as_dict() for event in saved[-1].events if event.timestamp > started]


def main() -> None:
    """Train, play, write."""
    from rasa.model_training import train  # type: ignore[import-not-found]

    folder, script, actions, answer = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    logging.disable(logging.CRITICAL)
    files = str(folder / "bot" / "domain.yml"), str(folder / "bot" / "config.yml"), [str(folder / "data")]
    result = train(*files, output=str(folder / "models"))
    if not result.model:
        sys.exit("Rasa did not train the bot")
    played = asyncio.run(play(result.model, json.loads(script.read_text()), actions))
    answer.write_text(json.dumps(played))


if __name__ == "__main__":
    main()
