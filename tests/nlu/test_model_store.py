"""A stored model is used only when it fits what it would be trained from, and is intact."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import write_training_data

from bot.nlu.encoder import SentenceEncoder, Vectors
from bot.nlu.model_store import is_fresh, load_or_train

MODEL, MANIFEST = "understanding.npz", "understanding.json"


class Watch:
    """Remembers the stages of training that were shown."""

    def __init__(self) -> None:
        self.stages: list[str] = []

    def __call__(self, stage: str, done: int, of: int) -> None:
        assert 0 <= done <= of
        self.stages.append(stage)


@pytest.fixture
def folders(tmp_path: Path, encoder: SentenceEncoder) -> tuple[Path, Path]:
    data, models = write_training_data(tmp_path / "data"), tmp_path / "models"
    load_or_train(data, models, encoder)
    return data, models


def trained_again(folders: tuple[Path, Path], encoder: SentenceEncoder) -> bool:
    watch = Watch()
    load_or_train(*folders, encoder, watch)
    return "fit" in watch.stages


def test_training_shows_how_far_it_is(tmp_path: Path, encoder: SentenceEncoder) -> None:
    watch = Watch()
    load_or_train(write_training_data(tmp_path / "data"), tmp_path / "models", encoder, watch)
    assert watch.stages[0] == "encode"
    assert watch.stages[-1] == "fit"


def test_a_fresh_model_is_used_and_predicts_the_same(folders: tuple[Path, Path], encoder: SentenceEncoder) -> None:
    first, second = load_or_train(*folders, encoder), load_or_train(*folders, encoder)
    assert not trained_again(folders, encoder)
    assert first.predict(["ja hoor"], encoder) == second.predict(["ja hoor"], encoder)


def test_what_equals_an_example_is_never_encoded(folders: tuple[Path, Path], encoder: SentenceEncoder) -> None:
    asked: list[str] = []

    class Listening:
        identity = encoder.identity

        def encode(self, texts: Sequence[str]) -> Vectors:
            asked.extend(texts)
            return encoder.encode(texts)

    classifier = load_or_train(*folders, encoder)
    known, new = classifier.predict(["Ja hoor!", "ja hoor, heel graag"], Listening())
    assert asked == ["ja hoor, heel graag"]
    assert known.probabilities["affirm"] == 1.0
    assert new.probabilities["affirm"] < 1.0
    classifier.predict(["ja hoor"], Listening())
    assert len(asked) == 1


def test_other_training_data_make_it_stale(folders: tuple[Path, Path], encoder: SentenceEncoder) -> None:
    with (folders[0] / "nl" / "moves.yml").open("a", encoding="utf-8") as file:
        file.write("    - ik spring van het dak\n")
    assert not is_fresh(*folders, encoder)
    assert trained_again(folders, encoder)
    assert is_fresh(*folders, encoder)


@pytest.mark.parametrize("name", [MODEL, MANIFEST])
def test_a_damaged_or_missing_file_is_trained_anew_and_never_read(
    folders: tuple[Path, Path], encoder: SentenceEncoder, name: str
) -> None:
    (folders[1] / name).write_bytes(b"\x80\x04broken")
    assert trained_again(folders, encoder)
    (folders[1] / name).unlink()
    assert trained_again(folders, encoder)


def test_a_model_of_other_library_versions_is_stale(folders: tuple[Path, Path], encoder: SentenceEncoder) -> None:
    manifest = json.loads((folders[1] / MANIFEST).read_text())
    (folders[1] / MANIFEST).write_text(json.dumps(manifest | {"inputs": "another"}))
    assert not is_fresh(*folders, encoder)


def test_nothing_but_the_models_own_files_is_left_behind(folders: tuple[Path, Path]) -> None:
    assert {path.name for path in folders[1].iterdir()} == {MODEL, MANIFEST, "embeddings.npz"}


def test_embeddings_that_cannot_be_read_are_made_again(folders: tuple[Path, Path], encoder: SentenceEncoder) -> None:
    (folders[1] / "embeddings.npz").write_bytes(b"PK\x03\x04broken")
    (folders[1] / MANIFEST).unlink()
    assert trained_again(folders, encoder)
