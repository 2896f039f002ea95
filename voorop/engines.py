"""The engine that runs the conversation: the built-in one, or Rasa in a process of its own."""

import httpx2

from actions.registry import Actions
from actions.surroundings import SERVICE_KEY, surroundings
from bot.engine.action_runner import HttpActionRunner
from bot.engine.assistant import Assistant
from bot.engine.domain import Domain
from bot.engine.loading import load_files
from bot.engine.types import ActionRunner, Interpreter
from bot.nlu.understanding import Understanding
from bot.rasa.engine import RasaEngine
from records.keys import Keys
from voorop.action_runner import InProcessActions
from voorop.settings import PROJECT, Settings
from voorop.understanding import load_reader

BOT = PROJECT / "bot"
STORIES = PROJECT / "data" / "stories"
RASA_KEY = "rasa"  # label of the secret that Rasa's process shares with us, in both directions


def load_engine(
    settings: Settings, understanding: Understanding, keys: Keys, client: httpx2.AsyncClient
) -> Assistant | RasaEngine:
    """The engine that the settings name. client: of the care-plan API, for the actions in this process.

    Raises:
        ConfigurationError: a file of the assistant cannot be used.
    """
    if settings.engine == "rasa":
        return RasaEngine(load_domain(understanding), understanding, settings.rasa_url, keys.derive(RASA_KEY).hex())
    return Assistant.load(
        BOT, [STORIES], interpreter=understanding, actions=_action_runner(settings, understanding, keys, client)
    )


def load_domain(interpreter: Interpreter | None = None) -> Domain:
    """The assistant's domain, checked together with everything else that the built-in engine reads."""
    return load_files(BOT, [STORIES], getattr(interpreter, "intents", ())).domain


def _action_runner(
    settings: Settings, understanding: Understanding, keys: Keys, client: httpx2.AsyncClient
) -> ActionRunner:
    if settings.actions_url:
        return HttpActionRunner(settings.actions_url, keys.derive(SERVICE_KEY).hex())
    return InProcessActions(Actions(surroundings(client, load_reader(settings, understanding.encoder))))
