"""Lists of visits out of a practice's agenda: right as a whole, or every wrong row named and nothing repeated."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.visit_list import VisitList, decode, read_visit_list

ZONE = ZoneInfo("Europe/Brussels")
LANGUAGES = frozenset({"nl", "fr", "en", "ar"})


def read(text: str) -> VisitList:
    return read_visit_list(text, zone=ZONE, languages=LANGUAGES)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_spreadsheets_list_is_read(sign, end):
    rows = [
        ["Day", "Time", "Patient language", "Caregiver language", "Name", "Reference"],
        ["2026-11-23", "9:20", "nl", "", "An", "1204"],
        [],
        ["23/11/2026", "14.05", "AR", "fr", "علي", ""],
    ]
    found = read(end.join(sign.join(row) for row in rows))
    assert found.problems == ()
    first, second = found.visits
    assert (first.at, first.patient_language, first.caregiver_language) == (
        datetime(2026, 11, 23, 9, 20, tzinfo=ZONE),
        "nl",
        None,
    )
    assert (second.at.hour, second.at.minute, second.patient_language, second.caregiver_language) == (14, 5, "ar", "fr")
    assert (first.name, first.reference, second.name, second.reference) == ("An", "1204", "علي", None)


def test_day_and_time_may_stand_in_one_column():
    found = read("time,patient_language\n2026-11-23T09:20,fr\n23/11/2026 9u40,nl\n")
    assert [(visit.at.hour, visit.at.minute) for visit in found.visits] == [(9, 20), (9, 40)]


def test_every_wrong_row_is_named_and_nothing_is_taken():
    found = read(
        "day;time;patient_language;name\n"
        "2026-11-23;9:20;nl;An\n"
        "31/02/2026;9:20;nl;An\n"
        "2026-11-23;25:00;nl;An\n"
        "2026-11-23;9:20;tlh;An\n"
        ";;;An\n"
        f"2026-11-23;9:20;nl;{'x' * 201}\n"
        "2026-11-23;9:20;nl;An;and more\n"
    )
    assert found.visits == ()
    assert [(problem.row, problem.column, problem.code) for problem in found.problems] == [
        (3, "day", "day"),
        (4, "time", "time"),
        (5, "patient_language", "language"),
        (6, "day", "missing"),
        (6, "time", "missing"),
        (6, "patient_language", "missing"),
        (7, "name", "too_long"),
        (8, None, "columns"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("day;time;patient_language\n", "empty"),
        ("naam;uur\nAn;9:20\n", "columns"),
        ("time,time,patient_language\n9:20,9:20,nl\n", "columns"),
        ('time,patient_language\n"9:20,nl\n', "columns"),
        ("time;patient_language\n" + "2026-11-23 9:20;nl\n" * 1001, "too_many"),
    ],
)
def test_a_list_that_is_none_says_what_is_wrong(text, code):
    assert [problem.code for problem in read(text).problems] == [code]


def test_files_of_windows_and_of_everybody_else_are_read():
    assert decode("é,ö".encode()) == decode("\ufeffé,ö".encode()) == decode("é,ö".encode("cp1252")) == "é,ö"


CELLS = st.text(st.characters(codec="utf-8"), max_size=12)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=5)


@given(rows=ROWS, sign=st.sampled_from(",;\t"), head=st.booleans())
def test_whatever_stands_in_it_there_are_visits_or_problems_and_never_both(rows, sign, head):
    lines = [sign.join(row) for row in rows]
    if head:
        lines.insert(0, sign.join(("day", "time", "patient_language", "name")))
    found = read("\n".join(lines))
    assert bool(found.visits) != bool(found.problems)
    assert all(visit.at.utcoffset() is not None for visit in found.visits)
