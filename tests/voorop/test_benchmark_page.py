"""The page of the benchmarks: no aim is missed in silence, like is compared with like, nothing measured is lost."""

from pathlib import Path

from voorop.benchmarks.along import BACK, STATEMENT, Taken, against_first
from voorop.benchmarks.at_once import AtOnce
from voorop.benchmarks.figures import Figure, missed_aims
from voorop.benchmarks.intents import Accuracy
from voorop.benchmarks.memory import Memory
from voorop.benchmarks.page import figures_along, figures_at_once, figures_of_memory, page
from voorop.benchmarks.plots import save_along, save_at_once
from voorop.benchmarks.sections import earlier_section_of_intents, section_of_intents, section_of_visits
from voorop.benchmarks.visits import Reading, figures_of_visits


def _taken(turn: int, *, statement: float, back: float) -> list[Taken]:
    return [
        Taken(STATEMENT, turn, statement, 40.0),
        Taken(BACK, turn + 1, back, 10.0),
        Taken("a medical question", turn + 2, 60.0, 60.0),
    ]


ALONG = [
    each
    for turn in (17, 20, 197, 200, 397, 400)
    for each in _taken(turn, statement=40.0 if turn < 100 else 60.0, back=30.0)
]
VISITS = [Reading(1_000, 30.0, 10.0, 10.0), Reading(10_000, 45.0, 10.0, 10.0), Reading(100_000, 33.0, 15.0, 10.0)]


def _missed(figures: list[Figure]) -> list[str]:
    return [figure.what for figure in figures if figure.missed]


def test_an_aim_that_is_missed_without_a_known_reason_says_so() -> None:
    lines = missed_aims([Figure("a thing", 3.0, "{:.1f} s", aim=2.0), Figure("another", 1.0, aim=2.0)])
    assert lines[-1] == "- a thing (3.0 s, aim 2 s): no reason is known yet."


def test_a_reason_is_given_once_with_every_figure_it_explains() -> None:
    lines = missed_aims([Figure(what, 3.0, aim=2.0, why="because.") for what in ("one", "two")])
    assert lines[-1] == "- one (3, aim 2), two (3, aim 2): because."


def test_an_aim_is_judged_as_the_table_shows_it() -> None:
    assert not Figure("a ratio", 1.104, "{:.2f}", aim=1.1).missed
    assert Figure("a ratio", 1.106, "{:.2f}", aim=1.1).missed
    assert Figure("a share", 59.0, "{:.0f} %", aim=60, at_least=True).missed
    assert not Figure("a share", 59.6, "{:.0f} %", aim=60, at_least=True).missed


def test_statements_are_compared_with_first_statements_whatever_moves_cost() -> None:
    assert against_first(ALONG, STATEMENT, 200) == 1.5
    assert against_first(ALONG, BACK, 200) == 3.0
    assert _missed(figures_along(ALONG)) == [
        "a statement around turn 200 against the first ones",
        "a statement around turn 400 against the first ones",
    ]


def test_what_is_possible_at_once_is_measured_with_as_many_at_once() -> None:
    figures = figures_at_once([AtOnce(4, (9.0, 10.0, 12.0), (40.0,)), AtOnce(16, (24.0, 25.0, 29.0), (50.0,))])
    rows = [figure.row() for figure in figures]
    assert "| turns a second, 16 at once | 25 (24 to 29) |  |" in rows
    assert "| turns with 16 at once, of what commits and encodings allow | 50 % | 60 % |" in rows
    assert _missed(figures) == ["turns with 16 at once, of what commits and encodings allow"]


def test_memory_has_an_aim_after_every_number_of_conversations() -> None:
    figures = figures_of_memory([Memory(0, 280.0), Memory(1_000, 299.0), Memory(10_000, 310.0)])
    assert _missed(figures) == ["memory after 10000 conversations"]


def test_every_size_of_database_has_its_aims() -> None:
    figures = figures_of_visits(VISITS)
    assert _missed(figures) == [
        "page of a visit with 10000 visits against 1000",
        "its API with 100000 visits against 1000",
    ]
    listed = missed_aims(figures)
    assert "their number is not what it comes from" in listed[-2]
    assert listed[-1].endswith("no reason is known yet.")


def test_the_page_tells_the_missed_aims_of_every_section() -> None:
    written = "\n".join(page(figures_along(ALONG), figures_of_visits(VISITS)))
    assert "| a statement around turn 200 against the first ones | 1.50 | 1.1 |" in written
    assert "- its API with 100000 visits against 1000 (1.50, aim 1.2): no reason is known yet." in written


def test_visits_show_every_size_against_the_fewest() -> None:
    assert section_of_visits(VISITS)[-2:] == [
        "| 10000 against 1000 | 1.50 | 1.00 | 1.00 |",
        "| 100000 against 1000 | 1.10 | 1.50 | 1.00 |",
    ]


def test_the_section_of_public_sets_stays_as_it_was_measured() -> None:
    section = section_of_intents([Accuracy("shop", 2, 6, 2, 2)])
    before = ["# Benchmarks", "", "## Reading visits", "", "words", *section]
    assert earlier_section_of_intents("\n".join([*before, ""])) == section
    assert earlier_section_of_intents("\n".join([*before, "", "## Another", "", "more", ""])) == section
    assert any(line.startswith("Measured on 2") for line in section)


def test_a_page_without_public_sets_gets_no_section() -> None:
    assert earlier_section_of_intents("# Benchmarks\n\nwords\n") == []


def test_plots_are_drawn(tmp_path: Path) -> None:
    save_along(ALONG, tmp_path / "along.svg")
    save_at_once([AtOnce(1, (9.0, 11.0), (19.0, 21.0))], tmp_path / "at-once.svg")
    assert STATEMENT in (tmp_path / "along.svg").read_text("utf-8")
    assert "commits and encodings" in (tmp_path / "at-once.svg").read_text("utf-8")
