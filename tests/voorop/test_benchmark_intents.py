"""Public sets of intents: what is trained, what is counted."""

from pathlib import Path

import pytest

from voorop.benchmarks.intents import measure_intents

TRAIN = """sentence,label
where is my parcel,DELIVERY
when does the parcel come,DELIVERY
has my parcel been sent,DELIVERY
i want my money back,REFUND
please pay me back,REFUND
can i get a refund,REFUND
"""
TEST = """sentence,label
where does my parcel stay,DELIVERY
give me my money back,REFUND
what is the weather like,NOT_TRAINED
"""


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    for part, text in (("train", TRAIN), ("test", TEST)):
        (tmp_path / part).mkdir()
        (tmp_path / part / f"shop_{part}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_only_sentences_whose_intent_is_trained_are_counted(sets: Path) -> None:
    (found,) = measure_intents(sets)
    assert (found.name, found.intents, found.trained) == ("shop", 2, 6)
    assert (found.tested, found.right) == (2, 2)


def test_a_set_without_a_test_file_is_an_error(sets: Path) -> None:
    (sets / "test" / "shop_test.csv").unlink()
    with pytest.raises(OSError, match="shop_test"):
        measure_intents(sets)
