"""All that one person has said so far for a visit, as the actions send it to the care-plan API."""

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from careplan.areas import AreaOfLife
from careplan.errors import Invalid
from careplan.goals import Clarity, GoalDraft, Item, Level, Missing, PartOfGoal
from careplan.people import TypedBy
from careplan.reading import LANGUAGE, NAME, Reader

LONGEST_WORDS = 20_000  # several messages of 4,000 characters may become one statement
MOST_GOALS = 20
MOST_ITEMS = 500
MOST_MINUTES = 7 * 24 * 60
TIME_FRAME = re.compile(
    r"\d{4}(-\d{2}(-\d{2})?)?"
    r"|P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?"
)
GOAL_ITEMS = ("statements", "parts", "why", "obstacles", "supports", "own_part", "expects")
PERSON_ITEMS = ("questions", "burdens", "helps", "answers")


class ContributionState(StrEnum):
    """Whether the person is still talking or has sent it."""

    STARTED = "started"
    SUBMITTED = "submitted"


@dataclass(frozen=True)
class Contribution:
    """The whole of what one person said; `answers` are all answers in order."""

    language: str
    state: ContributionState
    typed_by: TypedBy = TypedBy.SELF
    minutes: int | None = None
    goals: tuple[GoalDraft, ...] = ()
    questions: tuple[Item, ...] = ()
    burdens: tuple[Item, ...] = ()
    helps: tuple[Item, ...] = ()
    answers: tuple[Item, ...] = ()


def contribution_from_json(source: object) -> Contribution:
    """Raises Invalid with the path of the first field that is wrong."""
    reader = Reader(source, "", {field.name for field in fields(Contribution)})
    contribution = Contribution(
        language=reader.matching("language", LANGUAGE),
        state=reader.one_of("state", ContributionState),
        typed_by=reader.optional_one_of("typed_by", TypedBy) or TypedBy.SELF,
        minutes=reader.number("minutes", MOST_MINUTES),
        goals=tuple(_goal(member, path) for member, path in reader.objects("goals", MOST_GOALS)),
        **{name: _items(reader, name) for name in PERSON_ITEMS},
    )
    _check_goals(contribution.goals)
    return contribution


def goal_from_json(source: object) -> GoalDraft:
    """Raises Invalid with the path of the first field that is wrong."""
    return _goal(source, "")


def contribution_as_json(contribution: Contribution) -> dict[str, Any]:
    """The same JSON again: reading it gives an equal contribution."""
    return {
        "language": contribution.language,
        "typed_by": contribution.typed_by.value,
        "state": contribution.state.value,
        "minutes": contribution.minutes,
        "goals": [goal_as_json(goal) for goal in contribution.goals],
        **{name: [_item_as_json(item) for item in getattr(contribution, name)] for name in PERSON_ITEMS},
    }


def goal_as_json(goal: GoalDraft) -> dict[str, Any]:
    """The same JSON again: reading it gives an equal goal."""
    values: dict[str, Any] = {
        field.name: getattr(goal, field.name) for field in fields(goal) if field.name not in GOAL_ITEMS
    }
    plain = {name: value.value if isinstance(value, StrEnum) else value for name, value in values.items()}
    plain["missing"] = [element.value for element in goal.missing]
    return plain | {name: [_item_as_json(item) for item in getattr(goal, name)] for name in GOAL_ITEMS}


def _goal(source: object, path: str) -> GoalDraft:
    reader = Reader(source, path, {field.name for field in fields(GoalDraft)})
    time_frame = None
    if reader.optional_text("time_frame", 64) is not None:
        time_frame = reader.matching("time_frame", TIME_FRAME)
    return GoalDraft(
        key=reader.matching("key", NAME),
        words=reader.text("words", LONGEST_WORDS),
        lang=reader.matching("lang", LANGUAGE),
        level=reader.one_of("level", Level),
        shared=reader.flag("shared"),
        typed_by=reader.optional_one_of("typed_by", TypedBy) or TypedBy.SELF,
        clarity=reader.optional_one_of("clarity", Clarity),
        missing=reader.several_of("missing", Missing),
        domain=reader.optional_one_of("domain", AreaOfLife),
        importance=reader.number("importance", 10),
        first=reader.flag("first", default=False),
        time_frame=time_frame,
        **{name: _items(reader, name) for name in GOAL_ITEMS},
    )


def _items(reader: Reader, name: str) -> tuple[Item, ...]:
    return tuple(_item(member, path) for member, path in reader.objects(name, MOST_ITEMS))


def _item(source: object, path: str) -> Item:
    reader = Reader(source, path, {field.name for field in fields(Item)})
    return Item(
        words=reader.text("words", LONGEST_WORDS),
        lang=reader.matching("lang", LANGUAGE),
        question=reader.matching("question", NAME),
        shared=reader.flag("shared"),
        of=reader.optional_text("of", 400),
        typed_by=reader.optional_one_of("typed_by", TypedBy),
        part=reader.optional_one_of("part", PartOfGoal),
    )


def _item_as_json(item: Item) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "words": item.words,
        "lang": item.lang,
        "question": item.question,
        "shared": item.shared,
    }
    if item.of is not None:
        plain["of"] = item.of
    if item.typed_by is not None:
        plain["typed_by"] = item.typed_by.value
    if item.part is not None:
        plain["part"] = item.part.value
    return plain


def _check_goals(goals: tuple[GoalDraft, ...]) -> None:
    keys: set[str] = set()
    for place, goal in enumerate(goals):
        if goal.key in keys:
            raise Invalid("duplicate", field=f"goals[{place}].key")
        keys.add(goal.key)
    if sum(goal.first for goal in goals) > 1:
        raise Invalid("more_than_one_first", field="goals")
