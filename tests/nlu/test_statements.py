"""Statements for the reader are read whole or refused with file and line; its model is kept beside the other."""

from pathlib import Path

import numpy as np
import pytest
from conftest import write_training_data

from bot.nlu.encoder import SentenceEncoder
from bot.nlu.errors import TrainingDataError
from bot.nlu.model_store import is_fresh, load_or_train, load_or_train_statements
from bot.nlu.statement_data import Statement, load_statements
from bot.nlu.statements import StatementReader

ROWS = """\
- {text: "in het park wandelen met mijn zus", level: functional, clarity: concrete, domain: getting_around}
- {text: "wandelen", level: functional, clarity: vague, domain: getting_around}
- {text: "fietsen", level: functional, clarity: vague, domain: getting_around}
- {text: "walk to the shop every day", level: functional, clarity: concrete, domain: getting_around}
- {text: "minder pijn", level: symptom_disease, clarity: vague, domain: body_symptoms}
- {text: "less pain in my back", level: symptom_disease, clarity: vague, domain: body_symptoms}
- {text: "my knee hurts less", level: symptom_disease, clarity: vague, domain: body_symptoms}
- {text: "a good mother", level: fundamental, clarity: vague, domain: family_friends}
- {text: "een goede moeder zijn", level: fundamental, clarity: vague, domain: family_friends, time_frame: P1M}
- {text: "ik weet het niet", level: none}
- {text: "I don't know", level: none}
- {text: "hello", level: none}
"""


def written(folder: Path, text: str = ROWS) -> Path:
    folder.mkdir()
    (folder / "nl.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def reader(tmp_path: Path, encoder: SentenceEncoder) -> StatementReader:
    data = written(tmp_path / "data")
    return StatementReader(load_or_train_statements(data, tmp_path / "models", encoder), encoder)


def test_statements_are_read_with_their_language(tmp_path: Path) -> None:
    found = load_statements(written(tmp_path / "data"))
    assert found[0] == Statement("in het park wandelen met mijn zus", "nl", "functional", "concrete", "getting_around")
    assert found[-1] == Statement("hello", "nl", "none")


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("text: x\n", 1, "expected a list"),
        ("- [\n", 1, "YAML"),
        ("# words\n- x\n", 2, "expected a statement"),
        ("- {text: x, level: none}\n- {text: 3, level: none}\n", 2, "expected a statement"),
        ("- {text: x, level: deep}\n", 1, "level cannot be deep"),
        ("- {text: x, level: none, clarity: vague}\n", 1, "clarity cannot be vague"),
        ("- {text: x, level: functional, clarity: vague}\n", 1, "domain cannot be None"),
        ("- {text: x, level: functional, clarity: vague, domain: garden}\n", 1, "domain cannot be garden"),
        ("- {text: x, levels: none}\n", 1, "unsupported key: levels"),
    ],
)
def test_what_cannot_be_used_is_named_with_file_and_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    with pytest.raises(TrainingDataError) as caught:
        load_statements(written(tmp_path / "data", text))
    assert f"nl.yml:{line}: " in str(caught.value)
    assert problem in str(caught.value)


def test_a_folder_without_statements_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="no statements"):
        load_statements(tmp_path)


def test_each_field_has_probabilities_that_are_together_one(reader: StatementReader) -> None:
    likely = reader.read("ik wil graag wandelen")
    assert max(likely["domain"], key=lambda value: likely["domain"][value]) == "getting_around"
    for text in ("wandelen", "A long story about my whole life. " * 9 + "Walking with my sister in the park."):
        assert all(np.isclose(sum(values.values()), 1) for values in reader.read(text).values())


def test_a_wish_counts_whatever_is_told_around_it(reader: StatementReader) -> None:
    likely = reader.read("I don't know, hello, I don't know. " * 3 + "Less pain in my back. I don't know.")
    assert likely["level"]["symptom_disease"] > likely["level"]["none"]


def test_a_stored_model_reads_the_same_and_is_stale_with_other_statements(
    tmp_path: Path, encoder: SentenceEncoder, reader: StatementReader
) -> None:
    stages: list[str] = []

    def again() -> StatementReader:
        model = load_or_train_statements(
            tmp_path / "data", tmp_path / "models", encoder, lambda stage, *_: stages.append(stage)
        )
        return StatementReader(model, encoder)

    first, second = reader.read("met mijn zus"), again().read("met mijn zus")
    assert not stages
    for field in first:
        assert list(first[field].values()) == pytest.approx(list(second[field].values()), abs=0.01)
    (tmp_path / "data" / "nl.yml").write_text(ROWS + "- {text: bye, level: none}\n", encoding="utf-8")
    again()
    assert "fit" in stages


def test_training_one_model_keeps_the_other_and_its_embeddings(tmp_path: Path, encoder: SentenceEncoder) -> None:
    nlu, models = write_training_data(tmp_path / "nlu"), tmp_path / "models"
    load_or_train(nlu, models, encoder)
    kept = (models / "embeddings.npz").read_bytes()
    load_or_train_statements(written(tmp_path / "data"), models, encoder)
    assert is_fresh(nlu, models, encoder)
    assert (models / "embeddings.npz").read_bytes() == kept
