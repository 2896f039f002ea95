"""With whom, where, how often and when are quoted out of the words, and never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.elicitation.assessor import RuleAssessor
from tests.assessment.conftest import DATA, TODAY

ASSESSOR = RuleAssessor.load(DATA, today=lambda: TODAY)
SAID = st.sampled_from(
    "walk with my sister , . and in the park every other Sunday by summer "
    "sans avec Roger à Gand مع ابنتي في بيتي كل يوم".split()
)


def told(text: str, lang: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in ASSESSOR.parts(text, lang):
        found.setdefault(part.part, []).append(part.words)
    return found


@pytest.mark.parametrize(
    ("lang", "text", "parts"),
    [
        (
            "en",
            "I want to walk in the old park with my two sons, every other week",
            {"where": ["in the old park"], "who": ["with my two sons"], "how_often": ["every other week"]},
        ),
        (
            "nl",
            "Elke zaterdag met Lena naar het park in Gent, tegen de zomer",
            {
                "who": ["met Lena"],
                "where": ["naar het park in Gent"],
                "how_often": ["Elke zaterdag"],
                "when": ["tegen de zomer"],
            },
        ),
        (
            "fr",
            "nager deux fois par semaine avec Roger et ma fille, dans trois mois",
            {"who": ["avec Roger et ma fille"], "how_often": ["deux fois par semaine"], "when": ["dans trois mois"]},
        ),
        (
            "ar",
            "أمشي مع حفيدتي في الحديقة كل يوم",
            {"who": ["مع حفيدتي"], "where": ["في الحديقة"], "how_often": ["كل يوم"]},
        ),
        ("en", "walk by 1 september", {"when": ["by 1 september"]}),
        ("en", "walk", {}),
        ("nl", "meer rust", {}),
        ("fr", "mettre mes bas sans appeler ma femme", {}),
        ("ar", "شي واحد يقوي ليا رجلي", {}),  # "somebody", not "and on Sunday"
    ],
)
def test_each_part_is_quoted_as_it_was_said(lang: str, text: str, parts: dict[str, list[str]]) -> None:
    assert told(text, lang) == parts


@given(st.text(max_size=80) | st.lists(SAID, max_size=20).map(" ".join), st.sampled_from(["nl", "fr", "en", "ar"]))
def test_whatever_was_written_every_part_stands_in_it_word_for_word(text: str, lang: str) -> None:
    for part in ASSESSOR.parts(text, lang):
        assert part.words
        assert part.words in text
