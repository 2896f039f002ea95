"""The page of the benchmarks, as lines of Markdown: every figure of its table, and every aim with its reason."""

import statistics
from collections.abc import Sequence
from datetime import date

from voorop.benchmarks.along import AROUND, BACK, KINDS, MEDICAL, STATEMENT, Taken, against_first, first_turns
from voorop.benchmarks.at_once import AtOnce
from voorop.benchmarks.figures import Figure, missed_aims
from voorop.benchmarks.memory import Memory
from voorop.benchmarks.training import Training
from voorop.benchmarks.turns import Turn

PLOTS = (
    "",
    "Along a conversation an answer is given, taken back and given anew, and medical questions are asked, all of which",
    "are kept: each third turn makes it longer. The first turns are those of conversations that begin beside it.",
    "",
    "![The cost of a turn along one conversation](benchmarks-along.svg)",
    "",
    "Beside the turns stand as many commits and encodings at once, measured in between; the lines span the portions.",
    "",
    "![Turns a second by conversations at once](benchmarks-at-once.svg)",
)

GROWN = 200  # the turn from which a conversation has an aim
DEARER = (
    "a turn reads and writes the whole state of its conversation and hands it to every action; each question that was "
    "kept is in it."
)
TURN = (
    "beside a commit and an encoding it compares the words with every sentence of the understanding, assesses them "
    "sentence by sentence, runs the actions with a validation, and writes to the care plan."
)
MANY = (
    "the turns of one process share one interpreter, so that they wait for each other; what a turn does besides the "
    "commit and the encoding is not done twice at once. Several workers use more cores."
)
TRAINING = (
    "in a kernel ridge it costs the square of the sentences to compare, and more to solve; the embeddings and the "
    "solution that are shipped save most of it."
)
START = "half is importing the libraries, the rest reading rules, stories and the trained model."
MEMORY = (
    "the understanding keeps the embeddings of all its sentences (1.5 kB each), and the rules of danger are some 40 "
    "MB. Fewer sentences would be smaller, and deafer to danger."
)


def page(figures: Sequence[Figure], others: Sequence[Figure]) -> list[str]:
    """Lines of Markdown: the table of figures, then why aims were missed, of other sections (`others`) as well."""
    today = date.today()  # noqa: DTZ011 - the day it is where somebody measures
    measured = f"Measured on {today} in one run with `make bench`; memory and the reading of visits apart."
    lines = ["# Benchmarks", "", measured, "Figures differ from machine to machine; the ratios should not.", ""]
    lines += ["| what | measured | aim |", "|---|---|---|", *(figure.row() for figure in figures)]
    return [*lines, *missed_aims([*figures, *others])]


def figures_of_turn(turn: Turn, long_text: float) -> list[Figure]:
    return [
        Figure("a turn, p50", turn.turn, "{:.1f} ms"),
        Figure("a turn, p95", turn.turn_p95, "{:.1f} ms"),
        Figure("one durable commit and one encoding, p50", turn.bare, "{:.1f} ms"),
        Figure("a turn against these", turn.ratio, "{:.2f}", aim=1.5, why=TURN),
        Figure("danger rules over the longest message", long_text, "{:.0f} ms"),
    ]


def figures_along(along: Sequence[Taken]) -> list[Figure]:
    """Statements of a grown conversation have an aim; moves and questions are shown beside them."""
    found = [Figure(f"{kind}, the first ones, p50", first_turns(along, kind), "{:.1f} ms") for kind in KINDS]
    found += [
        Figure(
            f"{STATEMENT} around turn {turn} against the first ones",
            against_first(along, STATEMENT, turn),
            "{:.2f}",
            aim=1.1 if turn >= GROWN else None,
            why=DEARER,
        )
        for turn in AROUND
    ]
    return found + [
        Figure(f"{kind} around turn {turn} against the first ones", against_first(along, kind, turn), "{:.2f}")
        for kind in (BACK, MEDICAL)
        for turn in AROUND
    ]


def figures_at_once(found: Sequence[AtOnce]) -> list[Figure]:
    """Per second, and the aim for 16 at once."""
    lines = []
    for each in found:
        for name, rates in (("turns", each.turns), ("commits and encodings", each.bare)):
            spread = f" ({min(rates):.0f} to {max(rates):.0f})"
            lines.append(Figure(f"{name} a second, {each.number} at once", statistics.median(rates), beside=spread))
    return lines + [
        Figure(
            f"turns with {each.number} at once, of what commits and encodings allow",
            each.share,
            "{:.0f} %",
            aim=60 if each.number == 16 else None,
            at_least=True,
            why=MANY,
        )
        for each in found
    ]


def figures_of_start(training: Training, start: float) -> list[Figure]:
    return [
        Figure(
            "training in a fresh clone, four languages",
            training.ours,
            "{:.0f} s",
            aim=15,
            scope=" for ten",
            why=TRAINING,
        ),
        Figure("start to ready, trained", start, "{:.1f} s", aim=3, why=START),
    ]


def figures_of_memory(found: Sequence[Memory]) -> list[Figure]:
    """The aim is set for a thousand conversations; it holds after any number of them."""
    before, *after = found
    return [
        Figure("memory before any conversation", before.megabytes, "{:.0f} MB"),
        *(
            Figure(f"memory after {each.conversations} conversations", each.megabytes, "{:.0f} MB", aim=300, why=MEMORY)
            for each in after
        ),
    ]
