"""Unfolds rules and stories into training dialogues, and dialogues into examples the policies learn from."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from bot.engine import events
from bot.engine.domain import ACTION_LISTEN, Domain
from bot.engine.errors import ConfigurationError
from bot.engine.features import State
from bot.engine.stories import Segment
from bot.engine.tracker import Tracker
from bot.engine.types import Event

_MOST_DIALOGUES = 10_000


@dataclass(frozen=True)
class TrainingDialogue:
    """One way through a story, or one rule, with every event written out."""

    name: str
    is_rule: bool
    events: tuple[Event, ...]
    file: Path
    line: int

    def tracker(self, domain: Domain) -> Tracker:
        """The tracker at its end."""
        tracker = Tracker(self.name, domain)
        tracker.update(*self.events)
        return tracker

    def examples(self, domain: Domain) -> Iterator[tuple[list[State], str]]:
        """The steps so far and the action that followed, for each action that can be predicted."""
        tracker = self.tracker(domain)
        states = tracker.states(only_set_slots=self.is_rule)
        actions = [event for event in tracker.applied if event["event"] == "action"]
        for place, event in enumerate(actions):
            if not event.get("unpredictable"):
                yield states[: place + 1], event["name"]


def unfold(segments: list[Segment], domain: Domain) -> list[TrainingDialogue]:
    """Every way through the segments; checkpoints that lead nowhere or in a circle are refused."""
    _check_checkpoints(segments)
    by_start: dict[str, list[tuple[Segment, tuple[tuple[str, Any], ...]]]] = {}
    for segment in segments:
        for start in segment.starts:
            by_start.setdefault(start.name, []).append((segment, start.conditions))
    found: list[TrainingDialogue] = []

    def follow(segment: Segment, before: tuple[Event, ...], names: tuple[str, ...], seen: tuple[str, ...]) -> None:
        names = names if segment.name in names else (*names, segment.name)
        for parts in product(*segment.parts):
            path = _explicit(before, parts, segment, domain)
            if not segment.ends:
                place = (segment.file, segment.line)
                found.append(TrainingDialogue(" > ".join(names), segment.is_rule, path, *place))
                if len(found) > _MOST_DIALOGUES:
                    raise ConfigurationError("the stories unfold into too many dialogues", *place)
            for end in segment.ends:
                if end in seen:
                    raise ConfigurationError(f"the checkpoint '{end}' leads back to itself", segment.file, segment.line)
                for following, conditions in by_start[end]:
                    if _holds(conditions, path, domain):
                        follow(following, path, names, (*seen, end))

    for segment in segments:
        if not segment.starts:
            follow(segment, (), (), ())
    return found


def _check_checkpoints(segments: list[Segment]) -> None:
    starts = {start.name for segment in segments for start in segment.starts}
    ends = {end for segment in segments for end in segment.ends}
    for segment in segments:
        for start in segment.starts:
            if start.name not in ends:
                raise ConfigurationError(f"no story leads to the checkpoint '{start.name}'", segment.file, segment.line)
        for end in segment.ends:
            if end not in starts:
                raise ConfigurationError(f"no story goes on at the checkpoint '{end}'", segment.file, segment.line)


def _explicit(
    before: tuple[Event, ...], parts: tuple[Event, ...], segment: Segment, domain: Domain
) -> tuple[Event, ...]:
    """The events with the listening written out, and the slots that entities fill."""
    path = list(before)
    if not before:
        parts = _mark_first_action(parts)
    for event in parts:
        if event["event"] == "user":
            _listen(path)
            path.append(event)
            path += _slots_from_entities(event, domain)
        else:
            path.append(event)
    if not segment.ends:
        _listen(path)
    return tuple(path)


def _listen(path: list[Event]) -> None:
    if not path or path[-1]["event"] != "action" or path[-1]["name"] != ACTION_LISTEN:
        path.append(events.action(ACTION_LISTEN))


def _mark_first_action(parts: tuple[Event, ...]) -> tuple[Event, ...]:
    """An action that opens a dialogue has nothing before it from which it could be predicted."""
    for place, event in enumerate(parts):
        if event["event"] == "user":
            break
        if event["event"] == "action":
            return (*parts[:place], event | {"unpredictable": True}, *parts[place + 1 :])
    return parts


def _slots_from_entities(event: Event, domain: Domain) -> Iterator[Event]:
    entities = event["parse_data"]["entities"]
    for slot in domain.slots.values():
        values = [
            item["value"]
            for mapping in slot.mappings
            if mapping.type == "from_entity"
            and not (mapping.conditions and mapping.conditions[0].active_loop is not None)
            for item in entities
            if item["entity"] == mapping.entity
        ]
        if values:
            yield events.slot(slot.name, values if slot.type == "list" else values[-1])


def _holds(conditions: tuple[tuple[str, Any], ...], path: tuple[Event, ...], domain: Domain) -> bool:
    values = dict(domain.initial_slots)
    values |= {event["name"]: event["value"] for event in path if event["event"] == "slot"}
    return all(values.get(name) == value for name, value in conditions)
