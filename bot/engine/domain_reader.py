"""Reads domain files (Rasa 3.6 format) into a Domain and refuses what the engine does not implement."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.engine.domain import (
    DEFAULT_INTENTS,
    REQUESTED_SLOT,
    SESSION_METADATA_SLOT,
    UNSUPPORTED_ACTIONS,
    Domain,
    Form,
)
from bot.engine.errors import ConfigurationError
from bot.engine.response_reader import read_response
from bot.engine.slot_reader import check_mappings, read_slot
from bot.engine.slots import Slot
from bot.engine.yaml_files import Rows, Table, plain

DOMAIN_KEYS = ("intents", "entities", "slots", "forms", "responses", "actions", "session_config", "e2e_actions")
_LISTS = ("intents", "entities", "actions")
_TABLES = ("slots", "forms", "responses", "session_config")
_OWN_SLOTS = (REQUESTED_SLOT, SESSION_METADATA_SLOT)


def read_domain(files: list[Table]) -> Domain:
    """Merge the domain files and check them as a whole."""
    reader = _Reader()
    for file in files:
        reader.add(file)
    return reader.domain()


class _Reader:
    def __init__(self) -> None:
        self.raw: dict[str, Any] = {"version": "3.1", "session_config": {}, "e2e_actions": []}
        self.raw |= {key: [] for key in _LISTS} | {key: {} for key in _TABLES}
        self.places: dict[str, tuple[Path, int]] = {}
        self.used: dict[str, tuple[Any, list[str]]] = {}
        self.ignored_entities: set[str] = set()
        self.forms: dict[str, Form] = {}
        self.slots: dict[str, Slot] = {}
        self.tables: list[tuple[str, str, Table]] = []

    def add(self, file: Table) -> None:
        file.only((*DOMAIN_KEYS, "version"), "a domain file")
        if file.get("e2e_actions"):
            raise file.error("end-to-end actions are not supported", "e2e_actions")
        for key in _LISTS:
            rows = file.rows(key, "the domain")
            for line, item in rows.numbered():
                name = self._listed(key, item, rows.file, line)
                self._place(f"{key}:{name}", rows.file, line)
                self.raw[key].append(plain(item))
        for key in _TABLES:
            table = file.table(key, "the domain")
            for name, value in table.items():
                line = table.lines[name]
                self._place(f"{key}:{name}", table.file, line)
                self.raw[key][name] = plain(value)
                if key == "session_config":
                    self._session(table, name)
                elif key == "responses":
                    continue
                elif isinstance(value, Table):
                    self.tables.append((key, name, value))
                elif key == "forms" and value is None:
                    self.tables.append((key, name, Table(table.file, line)))
                else:
                    raise table.error(f"'{name}' under {key} must be a mapping", name)
            if key == "responses":
                self._responses(table)

    def _place(self, name: str, file: Path, line: int) -> None:
        if name in self.places:
            other, there = self.places[name]
            raise ConfigurationError(f"'{name}' is already defined at {other}:{there}", file, line)
        self.places[name] = (file, line)

    def _listed(self, key: str, item: Any, file: Path, line: int) -> str:
        if isinstance(item, str):
            if key == "intents":
                self.used[item] = (True, [])
            if key == "actions" and item in UNSUPPORTED_ACTIONS:
                raise ConfigurationError(f"the action '{item}' is not supported", file, line)
            return item
        if not isinstance(item, Table) or len(item) != 1:
            raise ConfigurationError(f"an item of {key} must be a name", file, line)
        name, options = next(iter(item.items()))
        if not isinstance(options, Table):
            raise ConfigurationError(f"'{name}' must be a name, or have keys below it", file, line)
        if key == "intents":
            options.only(("use_entities", "ignore_entities"), f"intent {name}")
            ignored = options.rows("ignore_entities", f"intent {name}").texts("an entity")
            self.used[name] = (plain(options.get("use_entities", True)), ignored)
        elif key == "entities":
            options.only(("influence_conversation",), f"entity {name}")
            if not options.flag("influence_conversation", True, f"entity {name}"):
                self.ignored_entities.add(name)
        else:
            options.only(("send_domain",), f"action {name}")
        return name

    def _session(self, table: Table, name: str) -> None:
        table.only(("session_expiration_time", "carry_over_slots_to_new_session"), "session_config")
        minutes = table.get("session_expiration_time", 60)
        if isinstance(minutes, bool) or not isinstance(minutes, int | float) or minutes < 0:
            raise table.error("'session_expiration_time' must be a number of minutes", "session_expiration_time")
        table.flag("carry_over_slots_to_new_session", True, "session_config")

    def _responses(self, table: Table) -> None:
        for name, value in table.items():
            if not isinstance(value, Rows) or not value:
                raise table.error(f"the response '{name}' must be a list with a variation or more", name)
            if not name.startswith("utter_"):
                raise table.error(f"the name of the response '{name}' must start with utter_", name)
            self.tables.append(("responses", name, table))

    def domain(self) -> Domain:
        intents = tuple(dict.fromkeys((*self.used, *DEFAULT_INTENTS)))
        entities = tuple(next(iter(item)) if isinstance(item, dict) else item for item in self.raw["entities"])
        for key, name, table in self.tables:
            if key == "slots":
                self.slots[name] = read_slot(name, table)
            elif key == "forms":
                self.forms[name] = _read_form(name, table, intents)
        for name in _OWN_SLOTS:
            self.slots.setdefault(name, Slot(name, "any", influence=False))
        actions = tuple(next(iter(item)) if isinstance(item, dict) else item for item in self.raw["actions"])
        for key, name, table in self.tables:
            if key == "slots":
                check_mappings(self.slots[name], table, intents, entities, self.forms, actions)
            elif key == "forms":
                self._check_form(self.forms[name], table)
        responses = {
            name: read_response(name, table[name], self.slots) for key, name, table in self.tables if key == "responses"
        }
        self.raw["actions"] = list(dict.fromkeys((*self.raw["actions"], *responses)))
        session = self.raw["session_config"]
        return Domain(
            intents=intents,
            entities=entities,
            slots=self.slots,
            forms=self.forms,
            responses=responses,
            actions=actions,
            used_entities=self._used_entities(entities, intents),
            session_expiration_minutes=float(session.setdefault("session_expiration_time", 60)),
            carry_over_slots=bool(session.setdefault("carry_over_slots_to_new_session", True)),
            raw=self.raw,
            places=self.places,
        )

    def _check_form(self, form: Form, table: Table) -> None:
        for line, name in table.rows("required_slots", f"form {form.name}").numbered():
            if name not in self.slots:
                raise ConfigurationError(
                    f"the form '{form.name}' asks for '{name}', which is no slot", table.file, line
                )

    def _used_entities(self, entities: tuple[str, ...], intents: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for intent in intents:
            used, ignored = self.used.get(intent, (True, []))
            names = set(entities) if used is True else set(used or ())
            unknown = (names | set(ignored)) - set(entities)
            if unknown:
                file, line = self.places[f"intents:{intent}"]
                raise ConfigurationError(f"unknown entity '{min(unknown)}' of intent '{intent}'", file, line)
            found[intent] = frozenset(names - set(ignored) - self.ignored_entities)
        return found


def _read_form(name: str, table: Table, intents: tuple[str, ...]) -> Form:
    what = f"form {name}"
    table.only(("required_slots", "ignored_intents"), what)
    required = table.rows("required_slots", what).texts("a required slot")
    ignored = table.get("ignored_intents") or []
    names = [ignored] if isinstance(ignored, str) else list(ignored)
    for intent in names:
        if intent not in intents:
            raise table.error(f"unknown intent '{intent}' in {what}", "ignored_intents")
    return Form(name, tuple(required), tuple(names))
