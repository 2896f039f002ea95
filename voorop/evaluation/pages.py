"""The pages of docs/evaluation: one for all languages, and one for each with its errors and what somebody says of them.

The analysis of the errors is written by hand, in analysis/<language>.md, and put in as it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import locales
from bot.nlu.moves import CONTENT
from voorop.evaluation import plots
from voorop.evaluation.danger import HARMLESS, KINDS, MOST_FALSE_ALARMS, Danger
from voorop.evaluation.markdown import folded, of, percent, table
from voorop.evaluation.moves import Moves
from voorop.evaluation.statements import AIMS, FIELDS, Statements

MADE = "<!-- Made by `make evaluate`: change voorop/evaluation or analysis/ instead. -->"
NOTHING = "There are no held-out sentences for this yet."
NO_ANALYSIS = "Nobody has written about these errors yet."


@dataclass(frozen=True)
class Measured:
    """Everything, by language."""

    day: date
    moves: Mapping[str, Moves]
    statements: Mapping[str, Statements]
    danger: Mapping[str, Danger]


def write_pages(measured: Measured, folder: Path) -> list[Path]:
    """Write every page and plot; what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "thresholds.svg"]
    plots.save_curves(measured.moves, written[0])
    for name, shares, aims in _bars(measured):
        written.append(folder / f"{name}.svg")
        plots.save_shares(shares, aims, written[-1])
    for code in measured.moves:
        plot, page = folder / f"moves-{code}.svg", folder / f"{code}.md"
        plots.save_confusion(measured.moves[code], plot)
        analysis = folder / "analysis" / f"{code}.md"
        text = analysis.read_text("utf-8").strip() if analysis.exists() else NO_ANALYSIS
        page.write_text(_language_page(code, measured, text), "utf-8")
        written += [plot, page]
    overview = folder / "README.md"
    overview.write_text(_overview(measured), "utf-8")
    return [*written, overview]


def _bars(measured: Measured) -> list[tuple[str, dict[str, dict[str, float]], dict[str, float]]]:
    """Name, shares by language, and aims of each plot of bars that there are figures for."""
    read = {code: {field: one.share(field) for field in FIELDS} for code, one in measured.statements.items()}
    found = {code: {kind: one.recall(kind) for kind in KINDS} for code, one in measured.danger.items()}
    aims = {field: aim for field, aim in AIMS.items() if aim is not None}
    return [bars for bars in (("statements", read, aims), ("danger", found, KINDS)) if bars[1]]


def _overview(measured: Measured) -> str:
    languages = ", ".join(f"[{_name(code)}]({code}.md)" for code in measured.moves)
    return "\n\n".join(
        [
            MADE,
            "# What it understands, measured",
            f"Measured on {measured.day.isoformat()} on {_size(measured)} sentences that training never saw. "
            "`make evaluate` does it again and writes these pages. Every number is a count of sentences that we wrote "
            "ourselves; people say things that nobody thinks of, so a practice should expect less.",
            f"Every language has a page with its confusion table and its errors: {languages}.",
            "## Moves",
            'A *move* is a message that is about the conversation ("skip this"), *content* is an answer '
            "([moves](../reference/moves.md)). A *look-alike* is an answer whose words look like a move. An answer "
            "taken for a move is the worse error: the words are not kept as an answer. The rules that find danger "
            "stand in front, as they do when it runs.",
            _moves_table(measured),
            "### Thresholds",
            "How certain the understanding must be before a message counts as a move "
            "([settings](../reference/settings.md)). Each line moves all thresholds together, from one lower "
            "(generous) to one higher (strict) than they are. The crosses are the thresholds that are used.",
            "![Moves understood against content taken for a move](thresholds.svg)",
            folded("The figures of the lines", _curve_table(measured)),
            "## Statements",
            "What somebody would like is read for its level, its clarity, its area of life, whether it holds more than "
            "one thing, and a time frame ([assessment](../reference/assessment.md)). In the plot a black line is the "
            "aim.",
            _statements_section(measured),
            "## Danger",
            "*Explicit* danger is said in so many words, *indirect* danger is hinted at, and the *harmless* sentences "
            "look like danger: idioms, grief, wishes about the end of life, things that are over. *Found* means with "
            "the right category. *Precision* is the share of right alarms among all alarms on these and on the "
            f"harmless sentences. The aim is {percent(KINDS['explicit'])} of explicit and {percent(KINDS['indirect'])} "
            f"of indirect danger, and false alarms on no more than {percent(MOST_FALSE_ALARMS)} of the harmless.",
            _danger_section(measured),
            "",
        ]
    )


def _moves_table(measured: Measured) -> str:
    rows = []
    for code, one in measured.moves.items():
        figures = one.figures
        taken = of(figures.content_taken, figures.content)
        alike = of(figures.lookalikes_taken, figures.lookalikes)
        rows.append([_name(code), of(figures.moves_right, figures.moves), taken, alike])
    return table(["language", "moves understood", "content taken for a move", "of these, look-alikes"], rows)


def _curve_table(measured: Measured) -> str:
    heads = [f"{code}: moves / content" for code in measured.moves]
    lines = zip(*(one.curve for one in measured.moves.values()), strict=True)
    rows = [
        [f"{points[0].shift:+.1f}"]
        + [f"{percent(point.moves_right)} / {percent(point.content_taken)}" for point in points]
        for points in lines
    ]
    return table(["moved by", *heads], rows)


def _statements_section(measured: Measured) -> str:
    if not measured.statements:
        return NOTHING
    rows = [
        [_name(code), one.sentences, *(of(one.right[field], one.sentences) for field in FIELDS)]
        for code, one in measured.statements.items()
    ]
    aims = ["aim", "", *(percent(aim) if (aim := AIMS[field]) else "" for field in FIELDS)]
    heads = ["language", "statements", *(field.replace("_", " ") for field in FIELDS)]
    return table(heads, [*rows, aims]) + "\n\n![Statements read right, by field and language](statements.svg)"


def _danger_section(measured: Measured) -> str:
    if not measured.danger:
        return NOTHING
    rows = []
    for code, one in measured.danger.items():
        for kind in KINDS:
            meant = one.of(kind)
            right = sum(each.right for each in meant)
            elsewhere = sum(not each.right and each.found != "none" for each in meant)
            by_rules = sum(each.right and each.rule != "classifier" for each in meant)
            precision = percent(one.precision(kind))
            rows.append([_name(code), kind, of(right, len(meant)), by_rules, elsewhere, precision])
    heads = ["language", "kind", "found (recall)", "of these by the rules", "found as another danger", "precision"]
    alarms = [[_name(code), of(one.false_alarms, len(one.of(HARMLESS)))] for code, one in measured.danger.items()]
    categories = [
        [_name(code), category.replace("_", " "), *(_found(one, kind, category) for kind in KINDS)]
        for code, one in measured.danger.items()
        for category in one.categories
    ]
    return "\n\n".join(
        [
            table(heads, rows),
            table(["language", "false alarms on harmless sentences"], alarms),
            "![Danger found, by kind and language](danger.svg)",
            table(["language", "category", *KINDS], categories),
        ]
    )


def _found(one: Danger, kind: str, category: str) -> str:
    meant = one.of(kind, category)
    return of(sum(each.right for each in meant), len(meant))


def _language_page(code: str, measured: Measured, analysis: str) -> str:
    moves = measured.moves[code]
    return "\n\n".join(
        [
            MADE,
            f"# {_name(code)}",
            f"Measured on {measured.day.isoformat()}. [All languages](README.md).",
            "## What goes wrong",
            analysis,
            "## Moves",
            "A row for what was meant, a column for what was understood. Blue is right, red is wrong.",
            f"![Confusion table of moves: the same counts stand in the tables below](moves-{code}.svg)",
            _of_moves(moves),
            "What was taken for what:",
            table(
                ["meant", "understood as", "sentences"],
                [[*pair, count] for pair, count in _sorted(moves) if pair[0] != pair[1]],
            ),
            folded("Every sentence that was understood wrongly", _move_errors(moves)),
            "## Statements",
            _statement_errors(measured.statements.get(code)),
            "## Danger",
            _danger_errors(measured.danger.get(code)),
            "",
        ]
    )


def _of_moves(moves: Moves) -> str:
    rows = [[one.move, one.sentences, one.right, percent(one.recall), percent(one.precision)] for one in moves.of_moves]
    return table(["move", "sentences", "understood", "recall", "precision"], rows)


def _sorted(moves: Moves) -> list[tuple[tuple[str, str], int]]:
    """The most frequent first; among equals content taken for a move, which is worse."""
    return sorted(moves.confusion.items(), key=lambda item: (-item[1], item[0][0] != CONTENT, item[0]))


def _move_errors(moves: Moves) -> str:
    errors = sorted(moves.figures.errors, key=lambda error: (error[0].intent != CONTENT, error[0].intent))
    rows = [[one.text, one.question or "", one.intent, found] for one, found in errors]
    return table(["sentence", "at the question", "meant", "understood as"], rows)


def _statement_errors(one: Statements | None) -> str:
    if one is None:
        return NOTHING
    confused = [[field, meant, found, count] for (field, meant, found), count in one.confused.most_common()]
    rows = [[error.text, error.field, error.meant, error.found] for error in one.errors]
    return "\n\n".join(
        [
            table(["field", "meant", "read as", "statements"], confused),
            folded("Every statement that was read wrongly", table(["statement", "field", "meant", "read as"], rows)),
        ]
    )


def _danger_errors(one: Danger | None) -> str:
    if one is None:
        return NOTHING
    rows = [[error.text, error.kind, error.category, error.found, error.rule or ""] for error in one.errors]
    heads = ["sentence", "kind", "tells of", "found", "rule"]
    return folded(f"Every sentence that was judged wrongly ({len(rows)})", table(heads, rows))


def _size(measured: Measured) -> int:
    moves = sum(one.figures.moves + one.figures.content for one in measured.moves.values())
    statements = sum(one.sentences for one in measured.statements.values())
    return moves + statements + sum(len(one.checked) for one in measured.danger.values())


def _name(code: str) -> str:
    return locales.language(code).name
