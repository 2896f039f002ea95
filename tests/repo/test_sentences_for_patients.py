"""What the assistant says to patients and caregivers is short and plain, in every language."""

import re

import pytest

from locales import SOURCE
from tests.repo.catalogues import (
    TRANSLATED,
    WORD,
    catalogue,
    is_question,
    sentences,
    texts_of_responses,
    titles_of_responses,
)

MOST_WORDS = 16
MOST_STATEMENTS = 2
MOST_SENTENCES = 3


def said_in(code: str) -> list[str]:
    """Every text of the responses in a language, as far as it is translated."""
    texts = list(dict.fromkeys(texts_of_responses()))
    if code == SOURCE:
        return texts
    found = catalogue(code)
    translated = [found.get(text) for text in texts]
    return [str(message.string) for message in translated if message and message.string]


@pytest.mark.parametrize("code", [SOURCE, *TRANSLATED])
def test_no_sentence_has_more_words_than_one_can_keep_in_mind_in(code: str) -> None:
    parts = [sentence for text in said_in(code) for sentence in sentences(text)]
    assert [sentence for sentence in parts if len(WORD.findall(sentence)) > MOST_WORDS] == []


@pytest.mark.parametrize("code", [SOURCE, *TRANSLATED])
def test_nothing_is_longer_than_two_sentences_and_a_question_in(code: str) -> None:
    long = []
    for text in said_in(code):
        said = sentences(text)
        statements = [sentence for sentence in said if not is_question(sentence)]
        if len(said) > MOST_SENTENCES or len(statements) > MOST_STATEMENTS:
            long.append(text)
    assert long == []


def test_the_assistant_never_speaks_of_goals() -> None:
    said = [*texts_of_responses(), *titles_of_responses()]
    assert [text for text in said if re.search(r"\bgoals?\b", text, re.IGNORECASE)] == []


def test_sentences_are_taken_apart_at_their_ends_in_any_script() -> None:
    assert sentences("You said:\n{goal_words}\nIs that right?") == ["You said:", "{goal_words}", "Is that right?"]
    assert sentences("قلت شيئًا. هل هذا صحيح؟") == ["قلت شيئًا.", "هل هذا صحيح؟"]
    assert is_question("هل هذا صحيح؟")
