"""Reads a list of visits out of the practice's agenda: a CSV file, or the one row that a form is.

Columns, by name and in any order: `day` and `time` (or both in `time`), `patient_language`; and if wanted `name`,
`reference` (the patient's number in the practice's own record) and `caregiver_language`, whose column says by being
filled that a caregiver is invited too. A row is right as a whole or named with its number, its column and what is
wrong: what stood in it is never repeated.
"""

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

NEEDED = ("time", "patient_language")
COLUMNS = ("day", *NEEDED, "name", "reference", "caregiver_language")
MOST_ROWS = 1_000
LONGEST = {"name": 200, "reference": 100}
BYTE_ORDER_MARK = "\ufeff"

_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})|(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_TIME = re.compile(r"(\d{1,2})[:.hu](\d{2})(?::\d{2})?")
_BREAKS = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class PlannedVisit:
    """A visit that is to be made. `at` has a time zone; languages are codes that can be chosen."""

    at: datetime
    patient_language: str
    caregiver_language: str | None = None
    name: str | None = None
    reference: str | None = None


@dataclass(frozen=True)
class RowProblem:
    """What is wrong in a row. `row` counts as a spreadsheet does (the head is 1); `column` is None for the whole row.

    Codes: missing, day, time, language, too_long, characters, columns, too_many, empty, known.
    """

    row: int
    column: str | None
    code: str


@dataclass(frozen=True)
class VisitList:
    """Either visits or problems: half a list is never taken."""

    visits: tuple[PlannedVisit, ...]
    problems: tuple[RowProblem, ...] = ()


def decode(content: bytes) -> str:
    """The text of a file from a spreadsheet: UTF-8, or else what Windows writes in western Europe."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_visit_list(text: str, *, zone: ZoneInfo, languages: Collection[str]) -> VisitList:
    """The visits of a CSV text, separated by commas, semicolons or tabs, or all that is wrong with it."""
    lines = text.removeprefix(BYTE_ORDER_MARK)
    first_line = lines.split("\n", 1)[0]
    delimiter = max(",;\t", key=first_line.count)
    try:
        rows = list(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return VisitList((), (RowProblem(1, None, "columns"),))
    if not any(any(cell.strip() for cell in row) for row in rows[1:]):
        return VisitList((), (RowProblem(1, None, "empty"),))
    head = [cell.strip().lower().replace(" ", "_") for cell in rows[0]]
    if any(name not in head for name in NEEDED) or len(set(head)) != len(head):
        return VisitList((), (RowProblem(1, None, "columns"),))
    if len(rows) > MOST_ROWS + 1:
        return VisitList((), (RowProblem(MOST_ROWS + 2, None, "too_many"),))
    return _read_rows(head, rows, zone, languages)


def read_visit(
    fields: Mapping[str, str], *, zone: ZoneInfo, languages: Collection[str], row: int = 1
) -> tuple[PlannedVisit | None, Sequence[RowProblem]]:
    """One visit out of its named fields, or what is wrong with each of them."""
    said = {name: fields.get(name, "").strip() for name in COLUMNS}
    problems: list[RowProblem] = []
    at = _moment(said["day"], said["time"], zone, row, problems)
    for name in ("patient_language", "caregiver_language"):
        code = said[name].lower()
        if not code and name == "patient_language":
            problems.append(RowProblem(row, name, "missing"))
        elif code and code not in languages:
            problems.append(RowProblem(row, name, "language"))
    for name, longest in LONGEST.items():
        if len(said[name]) > longest:
            problems.append(RowProblem(row, name, "too_long"))
        elif _BREAKS.search(said[name]) or any("\ud800" <= sign <= "\udfff" for sign in said[name]):
            problems.append(RowProblem(row, name, "characters"))
    if problems or at is None:
        return None, problems
    return (
        PlannedVisit(
            at=at,
            patient_language=said["patient_language"].lower(),
            caregiver_language=said["caregiver_language"].lower() or None,
            name=said["name"] or None,
            reference=said["reference"] or None,
        ),
        (),
    )


def _read_rows(
    head: Sequence[str], rows: Sequence[Sequence[str]], zone: ZoneInfo, languages: Collection[str]
) -> VisitList:
    visits: list[PlannedVisit] = []
    problems: list[RowProblem] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(head):
            problems.append(RowProblem(number, None, "columns"))
            continue
        visit, wrong = read_visit(dict(zip(head, row, strict=False)), zone=zone, languages=languages, row=number)
        problems += wrong
        if visit is not None:
            visits.append(visit)
    return VisitList((), tuple(problems)) if problems else VisitList(tuple(visits))


def _moment(day: str, at: str, zone: ZoneInfo, row: int, problems: list[RowProblem]) -> datetime | None:
    if not day and " " in at.replace("T", " "):
        day, at = at.replace("T", " ").split(" ", 1)
    for name, said in (("day", day), ("time", at)):
        if not said:
            problems.append(RowProblem(row, name, "missing"))
    if not (day and at):
        return None
    on, clock = _day(day), _time(at.strip())
    if on is None:
        problems.append(RowProblem(row, "day", "day"))
    if clock is None:
        problems.append(RowProblem(row, "time", "time"))
    return datetime.combine(on, clock, zone) if on and clock else None


def _day(said: str) -> date | None:
    """2026-11-23, or 23/11/2026 as Belgium writes it."""
    found = _DAY.fullmatch(said)
    if not found:
        return None
    year, month, day = (found["year"], found["month"], found["day"]) if found["year"] else found.group(6, 5, 4)
    try:
        on = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return on if 2000 <= on.year < 2200 else None


def _time(said: str) -> time | None:
    found = _TIME.fullmatch(said.lower())
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None
