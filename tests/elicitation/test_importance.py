"""Importance, said in any way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.elicitation.importance import importance


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8", 8),
        ("zo'n 9", 9),
        ("een acht denk ik", 8),
        ("acht op tien", 8),
        ("9/10", 9),
        ("٨", 8),
        ("تقريبا ٩ من ١٠", 9),
        ("ثمانية", 8),
        ("un huit je dirais", 8),
        ("dix sur dix", 10),
        ("an eight I think", 8),
        ("Zero", 0),
        ("één", 1),
        ("10!", 10),
        ("８", 8),
        ("heel belangrijk", None),
        ("100", None),
        ("", None),
    ],
)
def test_a_number_is_found_however_it_is_said(text: str, value: int | None) -> None:
    assert importance(text) == value


@given(st.text(max_size=200))
def test_any_text_gives_a_number_from_0_to_10_or_none(text: str) -> None:
    assert importance(text) in (None, *range(11))
