"""The pages of the evaluation, from figures that are made up here; measuring itself takes minutes."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.nlu.evaluation import Figures, HeldOut
from voorop.evaluation.danger import Checked, Danger
from voorop.evaluation.markdown import table
from voorop.evaluation.moves import Moves, Point
from voorop.evaluation.pages import NO_ANALYSIS, NOTHING, Measured, write_pages
from voorop.evaluation.programs import held_out_rows
from voorop.evaluation.statements import Misread, Statements

LOST = HeldOut("verder | maar", "skip", "nl", "life_goal")
TAKEN = HeldOut("ik wil <stoppen> met roken", "content", "nl", "life_goal", lookalike=True)
MOVES = Moves(
    Figures(4, 3, 2, 1, 1, 1, ((LOST, "content"), (TAKEN, "pause"))),
    Counter({("skip", "skip"): 3, ("skip", "content"): 1, ("content", "pause"): 1, ("content", "content"): 1}),
    (Point(0.5, 1.0, 0.5), Point(0.9, 0.5, 0.0)),
)
STATEMENTS = Statements(
    4,
    {"level": 3, "clarity": 4, "domain": 4, "multiple": 4, "time_frame": 4},
    (Misread("level", "weer fietsen", "functional", "none"),),
)
SUICIDE = "suicide_self_harm"
DANGER = Danger(
    (
        Checked("a", "explicit", SUICIDE, SUICIDE, "nl.suicide"),
        Checked("b", "explicit", SUICIDE, "none", None),
        Checked("c", "indirect", SUICIDE, SUICIDE, "classifier"),
        Checked("d", "indirect", SUICIDE, "violence_abuse", "nl.violence"),
        Checked("e", "harmless", "none", SUICIDE, "classifier"),
        Checked("f", "harmless", "none", "none", None),
    )
)
EVERYTHING = Measured(date(2026, 3, 2), {"nl": MOVES}, {"nl": STATEMENTS}, {"nl": DANGER})


def test_the_figures_stand_in_the_overview(tmp_path: Path) -> None:
    write_pages(EVERYTHING, tmp_path)
    overview = (tmp_path / "README.md").read_text("utf-8")
    assert "Measured on 2026-03-02 on 16 sentences" in overview
    assert "| Nederlands | 3 of 4 (75.0%) | 1 of 2 (50.0%) | 1 of 1 (100.0%) |" in overview
    assert "| +0.9 | 50.0% / 0.0% |" in overview
    assert "| Nederlands | 4 | 3 of 4 (75.0%) |" in overview
    assert "| Nederlands | 1 of 2 (50.0%) |" in overview


def test_recall_counts_the_right_category_and_precision_the_false_alarms() -> None:
    assert (DANGER.recall("explicit"), DANGER.precision("explicit")) == (0.5, 0.5)
    assert (DANGER.recall("indirect"), DANGER.precision("indirect")) == (0.5, pytest.approx(1 / 3))
    assert DANGER.false_alarms == 1


def test_a_move_has_its_recall_and_its_precision() -> None:
    of_moves = {one.move: one for one in MOVES.of_moves}
    assert (of_moves["skip"].recall, of_moves["skip"].precision) == (0.75, 1.0)
    assert (of_moves["content"].recall, of_moves["content"].precision) == (0.5, 0.5)
    assert (of_moves["pause"].sentences, of_moves["pause"].taken) == (0, 1)
    assert MOVES.names[-1] == "content"


def test_every_error_stands_on_the_page_of_its_language_beside_what_somebody_wrote_about_it(tmp_path: Path) -> None:
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis" / "nl.md").write_text("They are short.\n", "utf-8")
    write_pages(EVERYTHING, tmp_path)
    page = (tmp_path / "nl.md").read_text("utf-8")
    assert "They are short." in page
    assert "| verder \\| maar | life_goal | skip | content |" in page
    assert "| ik wil &lt;stoppen> met roken | life_goal | content | pause |" in page
    assert "| weer fietsen | level | functional | none |" in page
    assert "| d | indirect | suicide_self_harm | violence_abuse | nl.violence |" in page


def test_the_same_figures_give_the_same_files(tmp_path: Path) -> None:
    first, second = write_pages(EVERYTHING, tmp_path / "one"), write_pages(EVERYTHING, tmp_path / "two")
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_what_has_no_sentences_or_no_analysis_yet_says_so(tmp_path: Path) -> None:
    written = write_pages(Measured(date(2026, 3, 2), {"nl": MOVES}, {}, {}), tmp_path)
    assert (tmp_path / "README.md").read_text("utf-8").count(NOTHING) == 2
    assert NO_ANALYSIS in (tmp_path / "nl.md").read_text("utf-8")
    assert {path.name for path in written} == {"README.md", "nl.md", "moves-nl.svg", "thresholds.svg"}


def test_held_out_sentences_are_found_by_the_language_in_the_name(tmp_path: Path) -> None:
    (tmp_path / "held_out_nl.yml").write_text("- {text: goed, level: none}\n", "utf-8")
    (tmp_path / "statements_fr.yml").write_text("- {text: bien, level: none}\n", "utf-8")
    assert held_out_rows(tmp_path) == {"nl": [{"text": "goed", "level": "none"}]}


def test_columns_of_numbers_stand_to_the_right() -> None:
    assert table(["a", "b", "c"], [["x", 1, "y"], ["z", "", "2"]]).splitlines()[1] == "| --- | ---: | --- |"
