"""The page of the benchmarks, as lines of Markdown."""

import statistics
from collections.abc import Mapping, Sequence
from datetime import date

from voorop.benchmarks.engines import EngineFigures
from voorop.benchmarks.intents import Accuracy
from voorop.benchmarks.training import Training
from voorop.benchmarks.turns import Memory, Turn
from voorop.benchmarks.visits import Reading

PLOTS = (
    "",
    "![The cost of a turn along one conversation](benchmarks-along.svg)",
    "",
    "The line below is what one durable commit and one encoding after the other would allow.",
    "",
    "![Turns a second by conversations at once](benchmarks-at-once.svg)",
)

TURN_RATIO, SHARE_AT_ONCE, TRAINING_SECONDS, START_SECONDS, MEGABYTES = 1.5, 60, 15, 3, 300  # aims
INTENTS = (
    "The design of our classifier, trained on each set alone: of the test sentences whose intent was trained, how many",
    "are right, without a threshold. Rasa was measured on the same sets when the design was chosen.",
)
DIET = {"sofmattress": "69.7%", "curekart": "78.1%", "powerplay11": "57.5%"}


def page(
    turn: Turn,
    along: Sequence[float],
    at_once: Mapping[int, float],
    memory: Memory,
    long_text: float,
    start: float,
    training: Training,
) -> list[str]:
    """Lines of Markdown. Turns of both kinds alternate along a conversation, so windows hold as many of each."""
    early, late = statistics.median(along[2:42]), statistics.median(along[180:220])
    end = statistics.median(along[-40:])
    share = at_once[16] * turn.bare / 10
    rows = [
        ("a turn, p50 (p95)", f"{turn.turn:.1f} ms ({turn.turn_p95:.1f})", ""),
        ("one durable commit and one encoding, p50", f"{turn.bare:.1f} ms", ""),
        ("a turn against these", f"{turn.ratio:.2f}", f"{TURN_RATIO}"),
        ("a turn around turn 200 against one around turn 20", f"{late / early:.2f}", "1.1"),
        ("a turn around turn 400 against one around turn 20", f"{end / early:.2f}", "1.1"),
        *((f"turns a second, {number} at once", f"{found:.0f}", "") for number, found in at_once.items()),
        (
            "turns a second with 16 at once, of what commits and encodings allow",
            f"{share:.0f} %",
            f"{SHARE_AT_ONCE} %",
        ),
        ("danger rules over the longest message", f"{long_text:.0f} ms", ""),
        ("training in a fresh clone, four languages", f"{training.ours:.0f} s", f"{TRAINING_SECONDS} s for ten"),
        ("start to ready, trained", f"{start:.1f} s", f"{START_SECONDS} s"),
        ("memory before any conversation", f"{memory.before:.0f} MB", ""),
        (f"memory after {memory.conversations} conversations", f"{memory.after:.0f} MB", f"{MEGABYTES} MB"),
    ]
    # no time zone: the day it is where somebody measures
    lines = ["# Benchmarks", "", f"Measured on {date.today()} in one run with `make bench`, in one process."]  # noqa: DTZ011
    lines += ["Figures differ from machine to machine; the ratios should not.", ""]
    lines += ["| what | measured | aim |", "|---|---|---|"]
    lines += [f"| {what} | {found} | {aim} |" for what, found, aim in rows]
    return [*lines, *_missed(turn, share, memory, start, training)]


def _missed(turn: Turn, share: float, memory: Memory, start: float, training: Training) -> list[str]:
    """Why an aim was missed, of those that were."""
    reasons = [
        (
            turn.ratio > TURN_RATIO,
            "A turn: beside a commit and an encoding it compares the words with every sentence of the understanding, "
            "assesses them sentence by sentence, runs the actions with a validation, and writes to the care plan.",
        ),
        (
            share < SHARE_AT_ONCE,
            "Many at once: the turns of one process share one interpreter, so that they wait for each other; what a "
            "turn does besides the commit and the encoding is not done twice at once. Several workers use more cores.",
        ),
        (
            training.ours > TRAINING_SECONDS,
            "Training: in a kernel ridge it costs the square of the sentences to compare, and more to solve; the "
            "embeddings and the solution that are shipped save most of it.",
        ),
        (
            start > START_SECONDS,
            "Start: half is importing the libraries, the rest reading rules, stories and the trained model.",
        ),
        (
            memory.after > MEGABYTES,
            "Memory: the understanding keeps the embeddings of all its sentences (1.5 kB each), and the rules of "
            "danger are some 40 MB. Fewer sentences would be smaller, and deafer to danger. It does not grow with "
            "conversations.",
        ),
    ]
    found = [f"- {reason}" for missed, reason in reasons if missed]
    return ["", "Aims that were missed, and why:", "", *found] if found else []


def page_of_engines(engines: Sequence[EngineFigures], training: Training) -> list[str]:
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


def page_of_visits(found: Sequence[Reading]) -> list[str]:
    """A row per number of visits, and how much longer it takes with the most than with the fewest."""
    few, many = found[0], found[-1]
    lines = [
        "",
        "## Reading visits",
        "",
        "p95, on SQLite, signed in; the aim is 50 ms, and 1.2 against the fewest.",
        "",
    ]
    lines += ["| visits in the database | page of a visit | its API | page of a day |", "|---|---|---|---|"]
    lines += [f"| {each.visits} | {each.page:.1f} ms | {each.api:.1f} ms | {each.day:.1f} ms |" for each in found]
    ratios = (many.page / few.page, many.api / few.api, many.day / few.day)
    return [*lines, "| the last against the first | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + " |"]


def page_of_intents(found: Sequence[Accuracy]) -> list[str]:
    """A row per public set; nothing when none was at hand."""
    if not found:
        return []
    lines = ["", "## Public sets of intents", "", *INTENTS, ""]
    lines += [
        "| set | intents | sentences to train on | tested | right | Rasa 3.6 with DIET |",
        "|---|---|---|---|---|---|",
    ]
    return lines + [
        f"| {each.name} | {each.intents} | {each.trained} | {each.tested} | {each.right / each.tested:.1%}"
        f" | {DIET.get(each.name, '')} |"
        for each in found
    ]
