"""Texts in a model file come back as they were, in little room."""

from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.many_texts import as_bytes, as_texts

LINES = st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",)), min_size=1)


@given(st.lists(LINES))
def test_texts_come_back_as_they_were(texts: list[str]) -> None:
    assert as_texts(as_bytes(texts)) == texts


def test_one_long_text_costs_the_others_no_room() -> None:
    assert as_bytes(["a" * 1000, *"abc"]).nbytes < 1010
