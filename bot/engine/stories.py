"""Reads rules and stories (Rasa 3.6 format) into segments: what lies between two checkpoints.

A segment is a list of parts. A part is the events it may stand for: one, or several with `or`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.engine import events
from bot.engine.domain import UNSUPPORTED_ACTIONS, Domain
from bot.engine.errors import ConfigurationError
from bot.engine.slots import SHOULD_NOT_BE_SET, Slot
from bot.engine.types import Entity, Event, ParseData, UserMessage
from bot.engine.yaml_files import Rows, Table, plain

STORY_KEYS = ("stories", "rules")
RULE_SNIPPET = "..."
_USER_KEYS = ("intent", "entities")
_FILLED_BY_NAME = {"text": "filled", "list": ["filled"]}


@dataclass(frozen=True)
class Checkpoint:
    """Where segments meet; `conditions` are slot values with which one may go on from here."""

    name: str
    conditions: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Segment:
    """Part of a story or rule. No `starts`: a conversation may start here. No `ends`: it waits for the person."""

    name: str
    is_rule: bool
    starts: tuple[Checkpoint, ...]
    parts: tuple[tuple[Event, ...], ...]
    ends: tuple[str, ...]
    file: Path
    line: int


def read_stories(file: Table, domain: Domain) -> list[Segment]:
    """All segments of one file. Its `nlu` is not looked at."""
    file.only((*STORY_KEYS, "version", "nlu"), "a file of stories and rules")
    found: list[Segment] = []
    for key, title in (("rules", "rule"), ("stories", "story")):
        rows = file.rows(key, "the file")
        for line, block in rows.numbered():
            if not isinstance(block, Table):
                raise ConfigurationError(f"an item of {key} must be a mapping", rows.file, line)
            found += _Block(block, title, domain).segments()
    return found


class _Block:
    """One rule or one story."""

    def __init__(self, table: Table, title: str, domain: Domain) -> None:
        self.table, self.domain, self.is_rule = table, domain, title == "rule"
        self.name = table.text(title, f"a {title}")
        self.what = f"{title} '{self.name}'"
        extra = ("condition", "conversation_start", "wait_for_user_input") if self.is_rule else ()
        table.only((title, "steps", "metadata", *extra), self.what)
        if not table.rows("steps", self.what):
            raise table.error(f"the {self.what} has no steps", "steps")

    def segments(self) -> list[Segment]:
        found: list[Segment] = []
        starts: list[Checkpoint] = []
        parts: list[tuple[Event, ...]] = []
        ends: list[str] = []
        if self.is_rule:
            parts += self._before_steps()
        rows = self.table.rows("steps", self.what)
        for line, step in rows.numbered():
            self._must_be_table(step, rows, line)
            if "checkpoint" in step:
                checkpoint = self._checkpoint(step)
                if parts:
                    if checkpoint.conditions:
                        raise step.error("only a checkpoint at the start may have conditions", "slot_was_set")
                    ends.append(checkpoint.name)
                else:
                    starts.append(checkpoint)
                continue
            if ends:
                found.append(self._segment(starts, parts, ends))
                starts, parts, ends = [Checkpoint(name) for name in ends], [], []
            parts += self._step(step, condition=False)
        if self.is_rule and not self.table.flag("wait_for_user_input", True, self.what):
            parts.append((events.action(RULE_SNIPPET),))
        return [*found, self._segment(starts, parts, ends)]

    def _segment(self, starts: list[Checkpoint], parts: list[tuple[Event, ...]], ends: list[str]) -> Segment:
        file, line = self.table.file, self.table.line
        return Segment(self.name, self.is_rule, tuple(starts), tuple(parts), tuple(ends), file, line)

    def _before_steps(self) -> list[tuple[Event, ...]]:
        parts: list[tuple[Event, ...]] = []
        rows = self.table.rows("condition", self.what)
        for line, step in rows.numbered():
            self._must_be_table(step, rows, line)
            step.only(("active_loop", "slot_was_set"), f"a condition of {self.what}")
            parts += self._step(step, condition=True)
        if not self.table.flag("conversation_start", False, self.what):
            parts.append((events.action(RULE_SNIPPET),))
        return parts

    def _must_be_table(self, step: Any, rows: Rows, line: int) -> None:
        if not isinstance(step, Table) or not step:
            raise ConfigurationError(f"a step of {self.what} must be a mapping", rows.file, line)

    def _step(self, step: Table, *, condition: bool) -> list[tuple[Event, ...]]:
        if "user" in step or "bot" in step:
            raise step.error(f"end-to-end steps (user, bot) are not supported, in {self.what}")
        if "intent" in step:
            return [(self._user(step),)]
        if "or" in step:
            step.only(("or",), f"a step of {self.what}")
            return [tuple(self._alternatives(step))]
        if "action" in step:
            return [(self._action(step),)]
        if "slot_was_set" in step:
            step.only(("slot_was_set",), f"a step of {self.what}")
            return [(event,) for event in self._slots(step, condition=condition)]
        if "active_loop" in step:
            return [(self._loop(step),)]
        raise step.error(f"unknown step '{next(iter(step))}' in {self.what}")

    def _user(self, step: Table) -> Event:
        step.only(_USER_KEYS, f"a step of {self.what}")
        intent = step.text("intent", f"a step of {self.what}")
        if intent not in self.domain.intents:
            raise step.error(f"unknown intent '{intent}' in {self.what}", "intent")
        entities = tuple(self._entities(step))
        return events.user(UserMessage("", intent), ParseData(intent, 1.0, entities))

    def _entities(self, step: Table) -> Iterator[Entity]:
        rows = step.rows("entities", self.what)
        for line, item in rows.numbered():
            pairs = item.items() if isinstance(item, Table) else [(item, "")]
            for name, value in pairs:
                if name not in self.domain.entities:
                    raise ConfigurationError(f"unknown entity '{name}' in {self.what}", rows.file, line)
                yield Entity(name, plain(value))

    def _alternatives(self, step: Table) -> Iterator[Event]:
        rows = step.rows("or", self.what)
        if not rows:
            raise step.error(f"an 'or' of {self.what} is empty", "or")
        for line, item in rows.numbered():
            self._must_be_table(item, rows, line)
            if "intent" in item and "user" not in item:
                yield self._user(item)
            elif "slot_was_set" in item:
                yield from self._slots(item, condition=False)
            else:
                raise item.error(f"an 'or' takes only intents and slot_was_set, in {self.what}")

    def _action(self, step: Table) -> Event:
        step.only(("action",), f"a step of {self.what}")
        name = step.text("action", f"a step of {self.what}")
        if name in UNSUPPORTED_ACTIONS:
            raise step.error(f"the action '{name}' is not supported by the built-in engine", "action")
        if name not in self.domain.action_names:
            kind = "response" if name.startswith("utter_") else "action"
            raise step.error(f"unknown {kind} '{name}' in {self.what}", "action")
        return events.action(name)

    def _loop(self, step: Table) -> Event:
        step.only(("active_loop",), f"a step of {self.what}")
        name = step["active_loop"]
        if name is None:
            return events.active_loop(SHOULD_NOT_BE_SET if self.is_rule else None)
        if name not in self.domain.forms:
            raise step.error(f"unknown form '{name}' in {self.what}", "active_loop")
        return events.active_loop(name)

    def _slots(self, step: Table, *, condition: bool) -> Iterator[Event]:
        rows = step.rows("slot_was_set", self.what)
        for line, item in rows.numbered():
            if isinstance(item, str):
                slot = self._slot(item, rows.file, line)
                if slot.influence and slot.type not in _FILLED_BY_NAME:
                    raise ConfigurationError(
                        f"slot '{item}' of type {slot.type} needs a value in {self.what}", rows.file, line
                    )
                pairs: list[tuple[str, Any]] = [(item, _FILLED_BY_NAME.get(slot.type))]
            elif isinstance(item, Table):
                pairs = [(name, plain(value)) for name, value in item.items()]
            else:
                raise ConfigurationError(f"a slot of {self.what} must be a name or a mapping", rows.file, line)
            for name, value in pairs:
                slot = self._slot(name, rows.file, line)
                self._check_value(slot, value, condition, rows.file, line)
                yield events.slot(name, SHOULD_NOT_BE_SET if value is None and self.is_rule else value)

    def _slot(self, name: str, file: Path, line: int) -> Slot:
        if name not in self.domain.slots:
            raise ConfigurationError(f"unknown slot '{name}' in {self.what}", file, line)
        return self.domain.slots[name]

    def _check_value(self, slot: Slot, value: Any, condition: bool, file: Path, line: int) -> None:
        if condition and not slot.influence:
            raise ConfigurationError(
                f"slot '{slot.name}' does not influence the conversation, so the condition of {self.what} "
                "would never count",
                file,
                line,
            )
        if slot.type == "categorical" and value is not None and str(value).lower() not in slot.values:
            raise ConfigurationError(f"'{value}' is no value of slot '{slot.name}', in {self.what}", file, line)

    def _checkpoint(self, step: Table) -> Checkpoint:
        if self.is_rule:
            raise step.error("a rule cannot have checkpoints", "checkpoint")
        step.only(("checkpoint", "slot_was_set"), f"a step of {self.what}")
        found = tuple((event["name"], event["value"]) for event in self._slots(step, condition=False))
        return Checkpoint(step.text("checkpoint", self.what), found)
