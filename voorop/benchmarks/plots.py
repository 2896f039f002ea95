"""Plots of the benchmarks as SVG, beside the page that shows them."""

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

mpl.rcParams.update({"svg.hashsalt": "voorop", "svg.fonttype": "none", "font.size": 9})
WINDOW = 20  # turns of which the median is drawn: half of them answers, half moves
COLOUR = "#0b5394"


def save_along(along: Sequence[float], path: Path) -> None:
    """The cost of a turn along one conversation, in milliseconds."""
    figure = Figure(figsize=(7.2, 2.8), layout="constrained")
    axes = figure.subplots()
    places = range(WINDOW, len(along) + 1)
    axes.plot(places, [statistics.median(along[place - WINDOW : place]) for place in places], color=COLOUR)
    axes.set_ylim(bottom=0)
    axes.set_xlabel("turn of the conversation")
    axes.set_ylabel(f"ms, median of {WINDOW} turns")
    axes.grid(alpha=0.3)
    _save(figure, path)


def save_at_once(at_once: Mapping[int, float], alone: float, path: Path) -> None:
    """Turns a second by how many talk at once; the line is what commits and encodings alone would allow."""
    figure = Figure(figsize=(7.2, 2.8), layout="constrained")
    axes = figure.subplots()
    names = [str(number) for number in at_once]
    axes.bar(names, list(at_once.values()), color=COLOUR)
    axes.axhline(alone, color="black", linewidth=1.2)
    axes.set_xlabel("conversations at once")
    axes.set_ylabel("turns a second")
    _save(figure, path)


def _save(figure: Figure, path: Path) -> None:
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
