"""Reports: what could point at a person is hidden, also where the rest would tell it."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from careplan.report import LEAST, Counts, hide_parts, make_report

PARTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40))


@given(parts=PARTS)
def test_no_small_count_is_seen_or_can_be_reckoned_from_the_total(parts):
    shown = hide_parts(parts)
    assert all(value is None or value == parts[name] >= LEAST for name, value in shown.items())
    away = [parts[name] for name in parts if shown[name] is None]
    everything_away = len(away) == len(parts)
    assert not away or everything_away or (len(away) > 1 and sum(away) >= LEAST)


def test_nothing_is_hidden_that_need_not_be():
    assert hide_parts({"nl": 12, "ar": 5, "fr": 7}) == {"nl": 12, "ar": 5, "fr": 7}
    assert hide_parts({"nl": 12, "ar": 2, "fr": 7}) == {"nl": 12, "ar": None, "fr": None}
    assert hide_parts({"nl": 12, "ar": 2, "fr": 3}) == {"nl": 12, "ar": None, "fr": None}


def test_a_report_is_laid_out_as_inputs_outputs_and_outcomes():
    counts = Counts(
        invited=Counter(patient=20, caregiver=8),
        started=Counter(patient=15, caregiver=6),
        finished=Counter(patient=12, caregiver=5),
        languages=Counter(nl=20, ar=8),
        minutes=(7, 9, 11, 12, 14),
        visits=20,
        visits_reviewed=11,
        visits_discussed=9,
        goals=25,
        statuses=Counter(accepted=15, active=10),
        areas=Counter(family_friends=15, getting_around=10),
    )
    report = make_report(counts, first=date(2026, 1, 1), last=date(2026, 12, 31), scope="practice")
    by_place = {(part, line.group, line.name): line.value for part, line in report.lines}
    assert by_place["inputs", "invited", "patient"] == 20
    assert by_place["outputs", "finished", "caregiver"] == 5
    assert by_place["outputs", "minutes", "median"] == 11
    assert by_place["outputs", "visits", "discussed"] == 9
    assert by_place["outcomes", "statuses", "active"] == 10
