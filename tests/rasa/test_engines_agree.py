"""The same conversations on Rasa and on the built-in engine: at every step events, words, slots and writings are equal.

TEST_RASA_SCRIPTS=all plays every script of tests/e2e/conversations; by default some of every language.
TEST_RASA_SECONDS is how long random walks look for a disagreement, TEST_RASA_SEED where they begin.
"""

import asyncio
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rasa_both import Disagree, Talker
from rasa_side import Pair, Side
from rasa_world import RASA
from ruamel.yaml import YAML

from bot.channel.errors import ChoiceNotOpen, ConversationClosed

pytestmark = [pytest.mark.rasa, pytest.mark.skipif(not RASA, reason="TEST_RASA is not set")]

FOLDER = Path(__file__).parents[1] / "e2e" / "conversations"
A_LANGUAGE = 4
SECONDS = int(os.environ.get("TEST_RASA_SECONDS", "60"))
SEED = int(os.environ.get("TEST_RASA_SEED", "1"))
LONGEST_WALK = 40
SAYS = {
    "nl": (
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
        "ik wil stoppen voor vandaag",
        "ik ben klaar",
        "Elke zondag met mijn kleinzoon naar de markt wandelen.",
        "minder pijn",
        "een acht",
        "mijn knie",
        "ik wil dood",
    ),
    "fr": (
        "oui",
        "non",
        "je ne sais pas",
        "bonjour",
        "merci beaucoup",
        "qui lit ceci ?",
        "je veux parler à une personne",
        "puis-je prendre la moitié de mes comprimés ?",
        "je veux recommencer",
        "effacez tout",
        "je veux arrêter pour aujourd'hui",
        "j'ai terminé",
        "Aller au marché avec mon petit-fils chaque dimanche.",
        "moins de douleur",
        "un huit",
        "mon genou",
        "je veux mourir",
    ),
    "en": (
        "yes",
        "no",
        "I don't know",
        "hello",
        "thank you",
        "who reads this?",
        "I want to talk to a person",
        "can I take half of my pills?",
        "I want to start again",
        "delete everything",
        "I want to stop for today",
        "I am done",
        "I would like to walk to the baker with my daughter on Sundays, as before.",
        "less pain",
        "an eight",
        "my knee",
        "I want to die",
    ),
    "ar": (
        "نعم",
        "لا",
        "لا أعرف",
        "مرحبا",
        "شكرا جزيلا",
        "من يقرأ هذا؟",
        "أريد التحدث مع إنسان",
        "هل يمكنني أن آخذ نصف الحبوب؟",
        "أريد أن أبدأ من جديد",
        "احذف كل شيء",
        "أريد أن أتوقف اليوم",
        "انتهيت",
        "أريد أن أمشي إلى السوق مع حفيدي كل يوم أحد.",
        "ألم أقل",
        "ثمانية",
        "ركبتي",
        "أريد أن أموت",
    ),
}
IN_ANY_LANGUAGE = (
    "can we speak English?",
    "parlons français",
    "kunnen we Nederlands spreken?",
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


@dataclass
class Played:
    """How many turns of the scripts both engines took, of how many."""

    turns: int = 0
    of: int = 0


@pytest.fixture(scope="module")
def played() -> Played:
    return Played()


@pytest.mark.parametrize(("lang", "script"), list(scripts()))
def test_a_script_goes_the_same_way_on_both(side: Side, played: Played, lang: str, script: dict[str, Any]) -> None:
    async def play() -> None:
        async with side.person(lang, script.get("role", "patient")) as (someone, _):
            for turn in script["turns"]:
                question, answer = next(iter(turn.items()))
                if someone.question == "clarify_move" != question:
                    await someone.chooses("deny")  # no, what was said was the answer
                assert someone.question == question, f"{someone.question} instead of {question}"
                await someone.does(answer)
                played.turns += 1

    played.of += len(script["turns"])
    asyncio.run(play())
    assert side.ours.told == side.theirs.told
    assert side.ours.told


def test_the_scripts_were_played_to_their_ends(played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\nBoth engines took {played.turns} of {played.of} turns of the scripts\n")
    assert 0 < played.turns == played.of


@dataclass(frozen=True)
class Step:
    """What somebody does: what it says, or one of the choices that are offered then, counted around."""

    words: str = ""
    choice: int = 0

    async def here(self, someone: Talker) -> str | None:
        """What it is at the question that is open: words, `~move` or `=value`. None when nothing can be chosen."""
        if self.words:
            return self.words
        offered = await someone.offered()
        return f"={offered[self.choice % len(offered)]}" if offered else None


def walk(chance: random.Random, lang: str) -> list[Step]:
    """A conversation of moves, words and choices at random."""
    return [
        Step(chance.choice(MOVES) if chance.random() < 0.2 else chance.choice(SAYS[lang] + IN_ANY_LANGUAGE))
        if chance.random() < 0.5
        else Step(choice=chance.randrange(100))
        for _ in range(chance.randrange(5, LONGEST_WALK))
    ]


def taken(pair: Pair, lang: str, role: str, steps: Sequence[Step]) -> tuple[list[str], str]:
    """Take the steps on both engines: those that were taken, as a script has them, one each; and how the engines
    disagreed at the last of them, if they did.
    """
    done: list[str] = []

    async def play() -> None:
        async with pair.person(lang, role) as (someone, _):
            for step in steps:
                answer = await step.here(someone)
                if answer is None:
                    done.append("# nothing to choose")
                    continue
                done.append(f"- {someone.question}: {await someone.written(answer)}")
                try:
                    await (someone.does(answer) if step.words else someone.chooses(answer[1:]))
                except (ChoiceNotOpen, ConversationClosed) as refused:
                    done[-1] = f"# {refused.code} {done[-1]}"
                if pair.ours.told != pair.theirs.told:
                    raise Disagree("they told the care plan different things")

    pair.forget()
    try:
        asyncio.run(play())
    except Disagree as disagreement:
        return done, str(disagreement)
    return done, ""


def shrunk(pair: Pair, lang: str, role: str, steps: list[Step]) -> tuple[list[str], str]:
    """The shortest conversation found in which the engines still disagree."""
    size = len(steps) // 2
    while size:
        for start in range(len(steps) - size, -1, -size):
            fewer = steps[:start] + steps[start + size :]
            if taken(pair, lang, role, fewer)[1]:
                steps = fewer
        size //= 2
    return taken(pair, lang, role, steps)


def walked(pair: Pair, seed: int) -> str:
    """Walk as the seed has it: nothing, or a short script in which the engines disagree, and how."""
    chance = random.Random(seed)  # noqa: S311
    lang, role = chance.choice(sorted(SAYS)), chance.choice(("patient", "caregiver"))
    steps = walk(chance, lang)
    done, how = taken(pair, lang, role, steps)
    if not how:
        return ""
    done, how = shrunk(pair, lang, role, steps[: len(done)])
    turns = [f"    {turn}" for turn in done]
    return "\n".join([f"TEST_RASA_SEED={seed}, {lang}", "- conversation:", f"  role: {role}", "  turns:", *turns, how])


def test_random_walks_find_no_disagreement(side: Side) -> None:
    until, seed = time.monotonic() + SECONDS, SEED
    while time.monotonic() < until:
        found = walked(side, seed)
        if found:
            pytest.fail(found)
        seed += 1
    assert seed > SEED
