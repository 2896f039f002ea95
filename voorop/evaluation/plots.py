"""Plots as SVG. The same figures give the same bytes, so that a change of a plot is a change of a figure."""

from collections.abc import Mapping
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from voorop.evaluation.moves import Moves

mpl.rcParams.update({"svg.hashsalt": "voorop", "svg.fonttype": "none", "font.size": 9})
MARKERS = {"nl": "o", "fr": "s", "en": "^", "ar": "D"}
COLOURS = {"nl": "#0b5394", "fr": "#a61c00", "en": "#38761d", "ar": "#674ea7"}


def save_curves(found: Mapping[str, Moves], path: Path) -> None:
    """Moves right against content taken, one line a language; the crosses are the thresholds that are used."""
    figure = Figure(figsize=(7.2, 4.4), layout="constrained")
    axes = figure.subplots()
    for language, one in found.items():
        colour = COLOURS.get(language)
        axes.plot(
            [100 * point.content_taken for point in one.curve],
            [100 * point.moves_right for point in one.curve],
            label=language,
            color=colour,
            marker=MARKERS.get(language, "."),
            markersize=4,
        )
        used = one.figures
        axes.plot(100 * used.taken_share, 100 * used.moves_share, marker="x", markersize=11, color=colour)
    axes.set_xlabel("content taken for a move (%)")
    axes.set_ylabel("moves understood (%)")
    axes.grid(alpha=0.3)
    axes.legend(title="language")
    _save(figure, path)


def save_confusion(one: Moves, path: Path) -> None:
    """A row for what was meant, a column for what was understood; what is right is blue, what is wrong red."""
    names = one.names
    figure = Figure(figsize=(8.2, 7.8), layout="constrained")
    axes = figure.subplots()
    for row, meant in enumerate(names):
        most = max(one.confusion[meant, found] for found in names)
        for column, found in enumerate(names):
            count = one.confusion[meant, found]
            if count:
                colour = "#0b5394" if meant == found else "#a61c00"
                axes.add_patch(_square(column, row, colour, max(count / most, 0.25)))
                axes.text(column, row, str(count), ha="center", va="center", fontsize=8)
    axes.set(xlim=(-0.5, len(names) - 0.5), ylim=(len(names) - 0.5, -0.5))
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("understood as")
    axes.set_ylabel("meant")
    axes.grid(alpha=0.15)
    axes.set_axisbelow(True)
    _save(figure, path)


def save_shares(shares: Mapping[str, Mapping[str, float]], aims: Mapping[str, float], path: Path) -> None:
    """Bars of shares: a group for each measure, a bar a language, and a line where the aim is."""
    figure = Figure(figsize=(7.2, 3.2), layout="constrained")
    axes = figure.subplots()
    width = 0.8 / max(len(shares), 1)
    for place, (language, measured) in enumerate(shares.items()):
        at = [group - 0.4 + width * (place + 0.5) for group in range(len(measured))]
        heights = [100 * share for share in measured.values()]
        axes.bar(at, heights, width * 0.9, label=language, color=COLOURS.get(language))
    groups = list(next(iter(shares.values()), {}))
    for group, name in enumerate(groups):
        if name in aims:
            axes.plot([group - 0.42, group + 0.42], [100 * aims[name]] * 2, color="black", linewidth=1.5)
    axes.set_xticks(range(len(groups)), groups)
    axes.set_ylabel("right (%)")
    axes.set_ylim(0, 100)
    figure.legend(title="language", loc="outside right center")
    _save(figure, path)


def _square(column: int, row: int, colour: str, strength: float) -> Rectangle:
    return Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=colour, alpha=0.7 * strength, linewidth=0)


def _save(figure: Figure, path: Path) -> None:
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
