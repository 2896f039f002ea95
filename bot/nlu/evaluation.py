"""Measures understanding on held-out sentences.

    python -m bot.nlu.evaluation [--data data/nlu] [--models var/models] [--held-out tests/understanding]

with the settings of bot/config.yml but without the danger rules, which are not this package's.
Held-out files are `<language>.yml`: a list of {text, intent, question?}. Nothing of them is trained on.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from bot.nlu.moves import CONTENT
from bot.nlu.understanding import Understanding


@dataclass(frozen=True)
class HeldOut:
    """One sentence with what it means; `question` is the key that is open."""

    text: str
    intent: str
    language: str
    question: str | None = None
    lookalike: bool = False


@dataclass(frozen=True)
class Figures:
    """Counts for one language."""

    moves: int
    moves_right: int
    content: int
    content_taken: int  # content taken for a move
    lookalikes: int
    lookalikes_taken: int
    errors: tuple[tuple[HeldOut, str], ...]

    @property
    def moves_share(self) -> float:
        return self.moves_right / max(self.moves, 1)

    @property
    def taken_share(self) -> float:
        return self.content_taken / max(self.content, 1)


def load_held_out(folder: Path) -> tuple[HeldOut, ...]:
    """All held-out sentences, by language."""
    return tuple(
        HeldOut(str(row["text"]), row["intent"], path.stem, row.get("question"), bool(row.get("lookalike")))
        for path in sorted(folder.glob("*.yml"))
        for row in YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    )


def evaluate(understanding: Understanding, held_out: Sequence[HeldOut]) -> dict[str, Figures]:
    """Figures per language."""
    return {language: count(rows) for language, rows in judge(understanding, held_out).items()}


def judge(
    understanding: Understanding, held_out: Sequence[HeldOut], progress: Callable[[int, int], None] = lambda *_: None
) -> dict[str, list[tuple[HeldOut, str]]]:
    """Per language, every sentence with what it was taken for; `progress` is told how many are judged, of how many."""
    found: dict[str, list[tuple[HeldOut, str]]] = {}
    for number, one in enumerate(held_out):
        progress(number, len(held_out))
        intent = understanding.understand(one.text, one.language, one.question).intent
        found.setdefault(one.language, []).append((one, intent))
    return found


def count(rows: Sequence[tuple[HeldOut, str]]) -> Figures:
    """The counts over sentences of one language."""
    moves = [(one, intent) for one, intent in rows if one.intent != CONTENT]
    content = [(one, intent) for one, intent in rows if one.intent == CONTENT]
    alike = [(one, intent) for one, intent in content if one.lookalike]
    return Figures(
        moves=len(moves),
        moves_right=sum(intent == one.intent for one, intent in moves),
        content=len(content),
        content_taken=sum(intent != CONTENT for _, intent in content),
        lookalikes=len(alike),
        lookalikes_taken=sum(intent != CONTENT for _, intent in alike),
        errors=tuple((one, intent) for one, intent in rows if intent != one.intent),
    )


def report(figures: dict[str, Figures], *, errors: bool = False) -> str:
    """One line per language; with `errors`, every sentence understood wrongly below it."""
    lines = []
    for language, one in figures.items():
        lines.append(
            f"{language}: moves right {one.moves_right}/{one.moves} ({one.moves_share:.1%}), "
            f"content taken for a move {one.content_taken}/{one.content} ({one.taken_share:.1%}), "
            f"of these look-alikes {one.lookalikes_taken}/{one.lookalikes}"
        )
        confused = Counter((wrong.intent, intent) for wrong, intent in one.errors)
        lines += [f"  {true} taken for {taken}: {count}" for (true, taken), count in confused.most_common(8)]
        if errors:
            lines += [f"  {w.intent} -> {taken} [{w.question}] {w.text}" for w, taken in one.errors]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.evaluation", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data/nlu"))
    parser.add_argument("--models", type=Path, default=Path("var/models"))
    parser.add_argument("--held-out", type=Path, default=Path("tests/understanding"))
    parser.add_argument("--config", type=Path, default=Path("bot/config.yml"))
    parser.add_argument("--errors", action="store_true", help="list every sentence understood wrongly")
    chosen = parser.parse_args(arguments)
    held_out = load_held_out(chosen.held_out)
    languages = sorted({one.language for one in held_out})
    settings = YAML(typ="safe").load(chosen.config)["voorop"]["understanding"]
    understanding = Understanding.load(chosen.data, chosen.models, languages, settings=settings)
    sys.stdout.write(report(evaluate(understanding, held_out), errors=chosen.errors) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
