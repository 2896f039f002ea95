"""Finds and reads all files of a bot, and checks what only shows in the whole."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.engine.config import Config, read_config
from bot.engine.domain import DEFAULT_ACTIONS, Domain
from bot.engine.domain_reader import DOMAIN_KEYS, read_domain
from bot.engine.errors import ConfigurationError
from bot.engine.stories import Segment, read_stories
from bot.engine.training import TrainingDialogue, unfold
from bot.engine.yaml_files import load_yaml, top_level_keys, yaml_paths

CONFIG_FILE = "config.yml"
_FOR_RASA_ONLY = ("endpoints.yml", "credentials.yml")
_NLU_ONLY = {"nlu", "version"}


@dataclass(frozen=True)
class Files:
    """Everything that was read."""

    config: Config
    domain: Domain
    dialogues: list[TrainingDialogue]


def load_files(bot_dir: Path, data_dirs: Sequence[Path], intents: Collection[str]) -> Files:
    """Read `config.yml` and the domain below `bot_dir`, rules and stories below `data_dirs`.

    `intents` are those the interpreter may give, if it tells.
    """
    config_file = bot_dir / CONFIG_FILE
    if not config_file.is_file():
        raise ConfigurationError("there is no such file", config_file)
    config = read_config(load_yaml(config_file))
    domain = _read_domain(bot_dir)
    for intent in sorted(intents):
        if intent not in domain.intents:
            raise ConfigurationError(f"the interpreter gives the intent '{intent}', unknown here", bot_dir)
    _check_references(domain, config, config_file)
    segments = [segment for folder in data_dirs for segment in _read_data(folder, domain)]
    return Files(config, domain, unfold(segments, domain))


def _read_domain(bot_dir: Path) -> Domain:
    left_out = (CONFIG_FILE, *_FOR_RASA_ONLY)
    files = [load_yaml(path) for path in yaml_paths(bot_dir) if path.name not in left_out]
    if not any(key in file for file in files for key in DOMAIN_KEYS):
        raise ConfigurationError("there is no domain file", bot_dir)
    return read_domain(files)


def _read_data(folder: Path, domain: Domain) -> list[Segment]:
    if not folder.is_dir():
        raise ConfigurationError("there is no such folder", folder)
    found: list[Segment] = []
    for path in yaml_paths(folder):
        if top_level_keys(path) - _NLU_ONLY:
            found += read_stories(load_yaml(path), domain)
    return found


def _check_references(domain: Domain, config: Config, config_file: Path) -> None:
    for name in domain.actions:
        file, line = domain.places[f"actions:{name}"]
        if name.startswith("utter_") and name not in domain.responses:
            raise ConfigurationError(f"the response '{name}' is listed but not defined", file, line)
        form = name.removeprefix("validate_")
        if name.startswith("validate_") and form not in domain.forms:
            raise ConfigurationError(f"'{name}' validates '{form}', which is no form", file, line)
    for form_name in domain.forms:
        if form_name in DEFAULT_ACTIONS or form_name in domain.responses:
            file, line = domain.places[f"forms:{form_name}"]
            raise ConfigurationError(f"a form cannot have the name of an action: '{form_name}'", file, line)
    rules = config.rules
    if rules and rules.fallback_action and rules.fallback_action not in domain.action_names:
        raise ConfigurationError(f"unknown fallback action '{rules.fallback_action}'", config_file, rules.line)
