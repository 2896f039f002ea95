"""Danger: what is said plainly is enough; a sign is let go only by a classifier that read everything and is sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.safety import Danger
from bot.nlu.classifier import Prediction
from bot.nlu.danger import CLASSIFIER, spot
from bot.nlu.gate import Gate, GateSettings
from bot.nlu.moves import CONTENT, REPORT_CRISIS

GATE = Gate(GateSettings(crisis_probability=0.6, story_probability=0.8, sign_probability=0.05))
PLAIN = Danger("violence_abuse", "nl.violence.hit")
SIGN = Danger("medical_emergency", "nl.emergency.alarming", sign=True)


def seen(*likely: float) -> dict[str, Prediction]:
    """What the classifier sees in as many sentences."""
    return {
        str(number): Prediction({}, {REPORT_CRISIS: one, CONTENT: 1 - one}, "suicide_self_harm")
        for number, one in enumerate(likely)
    }


@given(st.lists(st.floats(0, 1), max_size=5), st.booleans(), st.booleans())
def test_what_is_said_plainly_is_always_danger(likely: list[float], whole: bool, with_sign: bool) -> None:
    hits = [SIGN, PLAIN] if with_sign else [PLAIN]
    spotted = spot(hits, seen(*likely), GATE, whole=whole)
    assert spotted is not None
    assert spotted.rule in {hit.rule for hit in hits}


@pytest.mark.parametrize(
    ("likely", "whole", "kept"),
    [
        ((0.01,), True, False),
        ((0.01, 0.02), True, False),
        ((0.01, 0.2), True, True),  # some other sentence may tell of danger
        ((0.01,), False, True),  # part of the message was not read
        ((), True, True),  # nothing was read at all
    ],
)
def test_a_sign_is_let_go_only_by_a_classifier_that_read_all_and_is_sure(
    likely: tuple[float, ...], whole: bool, kept: bool
) -> None:
    assert bool(spot([SIGN], seen(*likely), GATE, whole=whole)) is kept
    both = spot([SIGN, PLAIN], seen(*likely), GATE, whole=whole)
    assert both is not None
    assert both.danger == (SIGN if kept else PLAIN).category


def test_the_surest_sentence_counts_where_no_rule_hits() -> None:
    spotted = spot([], seen(0.1, 0.7, 0.9), GATE, whole=True)
    assert spotted is not None
    assert (spotted.danger, spotted.rule, spotted.confidence) == ("suicide_self_harm", CLASSIFIER, 0.9)
    assert spot([], seen(0.1, 0.5), GATE, whole=True) is None


def test_one_sentence_of_several_has_to_be_surer() -> None:
    gate = Gate(GateSettings(crisis_probability=0.6, story_probability=0.8))
    assert spot([], seen(0.7), gate, whole=True) is not None
    assert spot([], seen(0.7, 0.1), gate, whole=True) is None
    assert spot([], seen(0.85, 0.1), gate, whole=True) is not None
