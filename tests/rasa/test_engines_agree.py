"""The same conversations on Rasa and on the built-in engine: at every step events, words, slots and writings are equal.

TEST_RASA_SCRIPTS=all plays every script of tests/e2e/conversations; by default some of every language.
TEST_RASA_SECONDS is how long random walks look for a disagreement, TEST_RASA_SEED where they begin.
"""

import asyncio
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rasa_both import Disagree, Talker
from rasa_side import Side
from rasa_world import RASA
from ruamel.yaml import YAML

from bot.channel.errors import ChoiceNotOpen, ConversationClosed

pytestmark = [pytest.mark.rasa, pytest.mark.skipif(not RASA, reason="TEST_RASA is not set")]

FOLDER = Path(__file__).parents[1] / "e2e" / "conversations"
A_LANGUAGE = 5
SECONDS = int(os.environ.get("TEST_RASA_SECONDS", "60"))
SEED = int(os.environ.get("TEST_RASA_SEED", "1"))
LONGEST_WALK = 40
SAYS = (
    "ja",
    "nee",
    "ik weet het niet",
    "hallo",
    "dank u wel",
    "wie leest dit?",
    "ben je een robot?",
    "ik wil met een mens praten",
    "mag ik mijn pillen halveren?",
    "ik wil opnieuw beginnen",
    "wis alles",
    "can we speak English?",
    "ik wil stoppen voor vandaag",
    "ik ben klaar",
    "Elke zondag met mijn kleinzoon naar de markt wandelen.",
    "minder pijn",
    "een acht",
    "mijn knie",
    "ik wil dood",
    "I would like to walk to the baker with my daughter on Sundays, as before.",
    "/restart",
    '/choose{"choice": "affirm"}',
    "{goal_words} {{7*7}} <b>",
)
MOVES = ("~back", "~skip", "~example", "~pause", "~explain", "~repeat")


def scripts() -> Iterator[Any]:
    """Spread over the files of every language, so that each kind of conversation has its turn."""
    for folder in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        found = [each for path in sorted(folder.glob("*.yml")) for each in YAML(typ="safe").load(path)]
        step = 1 if os.environ.get("TEST_RASA_SCRIPTS") == "all" else max(1, len(found) // A_LANGUAGE)
        for each in found[::step]:
            yield pytest.param(folder.name, each, id=f"{folder.name}: {each['conversation']}")


@pytest.mark.parametrize(("lang", "script"), list(scripts()))
def test_a_script_goes_the_same_way_on_both(side: Side, lang: str, script: dict[str, Any]) -> None:
    async def play() -> int:
        async with side.person(lang, script.get("role", "patient")) as (someone, both):
            for turn in script["turns"]:
                question, answer = next(iter(turn.items()))
                if someone.question != question:
                    break  # without the second reader of statements another probe may come; both engines ask it
                await someone.does(answer)
            return both.turns

    assert asyncio.run(play()) > 1  # at least the opening and one answer were taken on both
    assert side.ours.told == side.theirs.told
    assert side.ours.told


@dataclass(frozen=True)
class Step:
    """What somebody does: what it says, or one of the choices that are offered then, counted around."""

    words: str = ""
    choice: int = 0

    async def of(self, someone: Talker) -> str:
        """Do it; what it was, as a script has it. Nothing, when it cannot be done here."""
        try:
            if self.words:
                await someone.does(self.words)
                return self.words
            offered = await someone.offered()
            if not offered:
                return "nothing"
            value = offered[self.choice % len(offered)]
            await someone.chooses(value)
            return f"={value}"
        except (ChoiceNotOpen, ConversationClosed):
            return "nothing"


def walk(chance: random.Random) -> list[Step]:
    """A conversation of moves, words and choices at random."""
    return [
        Step(chance.choice(MOVES) if chance.random() < 0.2 else chance.choice(SAYS))
        if chance.random() < 0.5
        else Step(choice=chance.randrange(100))
        for _ in range(chance.randrange(5, LONGEST_WALK))
    ]


def taken(side: Side, role: str, steps: Sequence[Step]) -> tuple[list[str], str]:
    """Take the steps on both engines: those that were taken, and how the engines disagreed, if they did."""

    async def play() -> tuple[list[str], str]:
        done: list[str] = []
        async with side.person("nl", role) as (someone, _):
            for step in steps:
                question = someone.question
                try:
                    done.append(f"- {question}: {await step.of(someone)}")
                except Disagree as disagreement:
                    return [*done, f"- {question}: {step}"], str(disagreement)
        return done, "" if side.ours.told == side.theirs.told else "they told the care plan different things"

    side.ours.told.clear()
    side.theirs.told.clear()
    return asyncio.run(play())


def shrunk(side: Side, role: str, steps: list[Step]) -> tuple[list[str], str]:
    """The shortest conversation found in which the engines still disagree."""
    size = len(steps) // 2
    while size:
        for start in range(len(steps) - size, -1, -size):
            fewer = steps[:start] + steps[start + size :]
            if taken(side, role, fewer)[1]:
                steps = fewer
        size //= 2
    return taken(side, role, steps)


def test_random_walks_find_no_disagreement(side: Side) -> None:
    until, seed = time.monotonic() + SECONDS, SEED
    while time.monotonic() < until:
        chance = random.Random(seed)  # noqa: S311
        role, steps = chance.choice(("patient", "caregiver")), walk(chance)
        done, how = taken(side, role, steps)
        if how:
            done, how = shrunk(side, role, steps[: len(done)])
            pytest.fail("\n".join([f"TEST_RASA_SEED={seed} {role}", *done, how]))
        seed += 1
    assert seed > SEED
