"""Plots of the benchmarks as SVG, beside the page that shows them."""

import statistics
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from voorop.benchmarks.along import KINDS, WINDOW, Taken
from voorop.benchmarks.at_once import AtOnce

mpl.rcParams.update({"svg.hashsalt": "voorop", "svg.fonttype": "none", "font.size": 9})
COLOURS = ("#0b5394", "#b45f06", "#6aa84f")
WIDTH = 0.38  # of a bar


def save_along(along: Sequence[Taken], path: Path) -> None:
    """The cost of each kind of turn along a conversation, in milliseconds."""
    figure = Figure(figsize=(7.2, 2.8), layout="constrained")
    axes = figure.subplots()
    for kind, colour in zip(KINDS, COLOURS, strict=True):
        turns = [each for each in along if each.kind == kind]
        places = sorted({each.turn for each in turns})
        near = ([each.taken for each in turns if abs(each.turn - place) <= WINDOW] for place in places)
        axes.plot(places, [statistics.median(taken) for taken in near], color=colour, label=kind)
    axes.set_ylim(bottom=0)
    axes.set_xlabel("turn of the conversation")
    axes.set_ylabel(f"ms, median within {WINDOW} turns")
    axes.grid(alpha=0.3)
    axes.legend()
    _save(figure, path)


def save_at_once(at_once: Sequence[AtOnce], path: Path) -> None:
    """Turns a second by how many talk at once, beside as many bare commits and encodings."""
    figure = Figure(figsize=(7.2, 2.8), layout="constrained")
    axes = figure.subplots()
    kinds = ("turns", [each.turns for each in at_once]), ("commits and encodings", [each.bare for each in at_once])
    for nth, (name, levels) in enumerate(kinds):
        places = [place + (nth - 0.5) * WIDTH for place in range(len(at_once))]
        heights = [statistics.median(rates) for rates in levels]
        axes.bar(places, heights, WIDTH, color=COLOURS[nth], label=name)
        axes.vlines(places, [min(rates) for rates in levels], [max(rates) for rates in levels], color="black")
    axes.set_xticks(range(len(at_once)), [str(each.number) for each in at_once])
    axes.set_xlabel("conversations at once")
    axes.set_ylabel("a second")
    axes.legend()
    _save(figure, path)


def _save(figure: Figure, path: Path) -> None:
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
