"""Sections of the page beside its table of figures: both engines, visits, public sets of intents."""

from collections.abc import Sequence
from datetime import date

from voorop.benchmarks.engines import EngineFigures
from voorop.benchmarks.intents import Accuracy
from voorop.benchmarks.training import Training
from voorop.benchmarks.visits import COLUMNS, MOST_AGAINST_FEWEST, MOST_MILLISECONDS, Reading

INTENTS_HEADING = "## Public sets of intents"
INTENTS = (
    "The design of our classifier, trained on each set alone: of the test sentences whose intent was trained, how many",
    "are right, without a threshold. Rasa was measured on the same sets when the design was chosen.",
    "",
    'The sets are those of HINT3 (Gaurav Arora and others, "HINT3: Raising the bar for Intent Detection in the Wild",',
    "2020), which its authors publish with the paper. They are not part of Voorop: put the files `<name>_train.csv` of",
    "the full sets in `train` and `<name>_test.csv` in `test` of one folder, then `make bench INTENTS=that-folder`.",
)
DIET = {"sofmattress": "69.7%", "curekart": "78.1%", "powerplay11": "57.5%"}


def section_of_engines(engines: Sequence[EngineFigures], training: Training) -> list[str]:
    """A row per engine; one line instead where there is no Rasa to compare with."""
    lines = ["", "## Against Rasa", "", "The same demonstration over HTTP, each engine in processes of its own.", ""]
    if training.rasa is None:
        return [*lines, "Rasa was not there when this was measured: `make rasa` installs it."]
    lines += [
        "| engine | start, trained | a turn, p50 (p95) | turns a second, 16 at once | memory |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {each.name} | {each.start:.1f} s | {each.turn:.1f} ms ({each.turn_p95:.1f})"
        f" | {each.turns_a_second:.0f} | {each.memory:.0f} MB |"
        for each in engines
    ]
    ours, theirs = engines
    ratios = (
        f"{theirs.start / ours.start:.1f}",
        f"{theirs.turn / ours.turn:.1f}",
        f"{theirs.turns_a_second / ours.turns_a_second:.2f}",
        f"{theirs.memory / ours.memory:.1f}",
    )
    dialogue = f"Rasa trains the dialogue in {training.rasa:.0f} s. Ours is read at the start, without training."
    understanding = "Both are told by our understanding which move a message is."
    return [*lines, "| Rasa against ours | " + " | ".join(ratios) + " |", "", dialogue, understanding]


def section_of_visits(found: Sequence[Reading]) -> list[str]:
    """A row per number of visits, and how much longer it takes with more than with the fewest."""
    few, *more = found
    aim = f"p95, on SQLite, signed in; the aim is {MOST_MILLISECONDS} ms, and {MOST_AGAINST_FEWEST} against the fewest."
    lines = ["", "## Reading visits", "", aim, ""]
    lines += [f"| visits in the database | {' | '.join(COLUMNS.values())} |", "|---" * (1 + len(COLUMNS)) + "|"]
    lines += [_row(str(each.visits), [f"{each.of(name):.1f} ms" for name in COLUMNS]) for each in found]
    return lines + [
        _row(f"{each.visits} against {few.visits}", [f"{each.of(name) / few.of(name):.2f}" for name in COLUMNS])
        for each in more
    ]


def section_of_intents(found: Sequence[Accuracy]) -> list[str]:
    """A row per public set."""
    # no time zone: the day it is where somebody measures
    lines = ["", INTENTS_HEADING, "", f"Measured on {date.today()}.", "", *INTENTS, ""]  # noqa: DTZ011
    lines += [
        "| set | intents | sentences to train on | tested | right | Rasa 3.6 with DIET |",
        "|---|---|---|---|---|---|",
    ]
    return lines + [
        f"| {each.name} | {each.intents} | {each.trained} | {each.tested} | {each.right / each.tested:.1%}"
        f" | {DIET.get(each.name, '')} |"
        for each in found
    ]


def earlier_section_of_intents(page: str) -> list[str]:
    """The section as it stands in an earlier page, which says when it was measured; nothing where it has none."""
    _, heading, rest = page.partition(f"\n{INTENTS_HEADING}\n")
    return ["", INTENTS_HEADING, *rest.partition("\n## ")[0].rstrip("\n").split("\n")] if heading else []


def _row(what: str, cells: Sequence[str]) -> str:
    return f"| {what} | {' | '.join(cells)} |"
