"""Training files in Rasa's format are read whole or refused with file and line."""

from pathlib import Path

import pytest

from bot.nlu.errors import TrainingDataError
from bot.nlu.training_data import Example, load_examples

ROOT = Path(__file__).parents[2]


def written(folder: Path, text: str) -> Path:
    (folder / "nl").mkdir()
    (folder / "nl" / "moves.yml").write_text(text, encoding="utf-8")
    return folder


def test_examples_are_read_with_their_language_and_without_annotations(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        'version: "3.1"\nnlu:\n- intent: affirm\n  examples: |\n    - ja\n    - ja [graag](politeness) hoor\n'
        "- intent: report_crisis\n  examples: |\n"
        '    - [ik wil dood]{"entity": "danger", "value": "suicide_self_harm"}\n',
    )
    assert load_examples(folder) == (
        Example("ja", "affirm", "nl"),
        Example("ja graag hoor", "affirm", "nl"),
        Example("ik wil dood", "report_crisis", "nl", "suicide_self_harm"),
    )


def test_the_same_example_twice_counts_once(tmp_path: Path) -> None:
    folder = written(tmp_path, 'version: "3.1"\nnlu:\n- intent: deny\n  examples: |\n    - nee\n    - nee\n')
    assert len(load_examples(folder)) == 1


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ('version: "3.1"\nnlu:\n- intent: dance\n  examples: |\n    - ja\n', 3, "unknown intent: dance"),
        ('version: "3.1"\nnlu:\n- intent: deny\n  examples: |\n    - nee\n    neen\n', 6, "starts with"),
        ('version: "3.1"\nnlu:\n- lookup: x\n  examples: |\n    - nee\n', 3, "unsupported key: lookup"),
        ('version: "3.1"\nrules: []\nnlu: []\n', 2, "unsupported key: rules"),
        ('version: "2.0"\nnlu: []\n', 1, "version"),
        ('version: "3.1"\nnlu: hello\n', 2, "nlu must be a list"),
        ('version: "3.1"\nnlu:\n- intent: deny\n  examples: [nee]\n', 3, "must be text"),
        ('version: "3.1"\nnlu:\n- intent: [\n', 4, "not valid YAML"),
        (
            'version: "3.1"\nnlu:\n- intent: report_crisis\n  examples: |\n'
            '    - [x]{"entity": "danger", "value": "y"}\n',
            5,
            "unknown danger: y",
        ),
        ('version: "3.1"\nnlu:\n- intent: deny\n  examples: |\n    - [x]{"value": "y"}\n', 5, "annotation"),
        ("- 1\n", 1, "expected the keys"),
    ],
)
def test_what_cannot_be_used_is_named_with_file_and_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    with pytest.raises(TrainingDataError) as caught:
        load_examples(written(tmp_path, text))
    assert f"moves.yml:{line}: " in str(caught.value)
    assert problem in str(caught.value)


def test_a_folder_without_training_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="no training files"):
        load_examples(tmp_path)


def test_the_projects_own_training_data_can_be_read() -> None:
    examples = load_examples(ROOT / "data" / "nlu")
    assert {example.danger for example in examples if example.intent == "report_crisis"} <= {
        "suicide_self_harm",
        "violence_abuse",
        "medical_emergency",
    }
