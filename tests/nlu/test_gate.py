"""When words count as a move depends on what is being asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.errors import SettingsError
from bot.nlu.gate import Decision, Gate, GateSettings
from bot.nlu.moves import CONTENT, MOVES, QuestionKind, kind_of

SETTINGS = GateSettings(
    open_certainty=0.8,
    open_words=6,
    open_doubt=0.7,
    other_certainty=0.5,
    other_words=10,
    answer_certainty=0.3,
    crisis_probability=0.9,
)
GATE = Gate(SETTINGS)


def decided(text: str, move: str, score: float, question: str | None) -> str:
    """With content as far below nothing as the move is above it."""
    return GATE.decide(text, {move: score, CONTENT: -score}, question).intent


@pytest.mark.parametrize("question", ["life_goal", "typical_day", "probe_moment", "caregiver_load"])
def test_on_an_open_question_a_move_has_to_be_likely_and_short(question: str) -> None:
    assert decided("ik wil stoppen", "pause", 0.3, question) == "pause"
    assert decided("ik wil stoppen", "pause", 0.2, question) == CONTENT
    assert decided("ik wil stoppen met al die pillen van de dokter", "pause", 0.99, question) == CONTENT


@pytest.mark.parametrize("question", ["welcome", "goal_readback", "more_goals", "summary", "share"])
@pytest.mark.parametrize("answer", ["affirm", "deny", "unsure"])
def test_an_answer_to_a_yes_or_no_question_comes_easily(question: str, answer: str) -> None:
    assert decided("ja da", answer, 0.0, question) == answer
    assert decided("ja da", answer, 0.0, "life_goal") == CONTENT


@pytest.mark.parametrize("answer", ["affirm", "deny"])
def test_nobody_says_yes_or_no_to_an_open_question(answer: str) -> None:
    assert decided("nee zeggen", answer, 0.4, "goal_obstacle") == CONTENT
    assert decided("nee zeggen", "unsure", 0.4, "goal_obstacle") == "unsure"


def test_a_move_that_is_no_answer_needs_more_on_a_yes_or_no_question() -> None:
    assert decided("stop", "pause", 0.1, "welcome") == CONTENT
    assert decided("stop", "pause", 0.2, "welcome") == "pause"


def test_of_two_moves_the_one_that_answers_a_yes_or_no_question_is_taken() -> None:
    scores = {"start_over": 0.5, "affirm": 0.4, CONTENT: -0.9}
    assert GATE.decide("we kunnen beginnen", scores, "welcome").intent == "affirm"
    assert GATE.decide("we kunnen beginnen", scores, "life_goal").intent == "start_over"
    assert GATE.decide("begin opnieuw", {"start_over": 0.8, "affirm": 0.1, CONTENT: -0.9}, "welcome").intent == (
        "start_over"
    )


def test_a_number_is_the_answer_when_importance_is_asked() -> None:
    assert decided("zo'n 9", "affirm", 0.99, "goal_importance") == CONTENT
    assert decided("٨", "affirm", 0.99, "goal_importance") == CONTENT
    assert decided("geen idee", "unsure", 0.99, "goal_importance") == "unsure"


def test_a_medical_question_is_the_answer_when_questions_for_the_visit_are_asked() -> None:
    assert decided("mag ik stoppen met de pil", "ask_medical", 0.99, "visit_question") == CONTENT
    assert decided("mag ik stoppen met de pil", "ask_medical", 0.99, "life_goal") == "ask_medical"


@pytest.mark.parametrize(
    ("question", "move", "text", "intent"),
    [
        ("visit_question", "ask_human", "kan de tolk er bij zijn?", CONTENT),
        ("visit_question", "skip", "sla maar over", "skip"),
        ("language_offer", "switch_language", "liever Frans", CONTENT),
        ("goal_readback", "finish", "dat is het", "affirm"),
        ("goal_readback", "finish", "ik heb nu echt alles gezegd, stop", "finish"),
        ("more_goals", "finish", "dat is alles", "deny"),
        ("clarify_move", "delete_everything", "wis alles", "affirm"),
        ("safety", "ask_human", "ik bel dat nummer", CONTENT),
        ("safety_continue", "pause", "stop voor nu", "pause"),
    ],
)
def test_some_questions_make_something_else_of_a_move(question: str, move: str, text: str, intent: str) -> None:
    assert decided(text, move, 0.9, question) == intent


def test_a_question_about_health_is_taken_as_one_more_easily() -> None:
    assert decided("mag ik klimmen met mijn pil?", "ask_medical", 0.2, "goal_obstacle") == "ask_medical"
    assert decided("mag ik klimmen met mijn pil", "ask_medical", 0.2, "goal_obstacle") == CONTENT


def test_what_falls_just_short_of_a_move_is_content_that_is_asked_about() -> None:
    def doubt(move: str, score: float, question: str) -> str:
        decision = GATE.decide("er belt iemand aan", {move: score, CONTENT: -score}, question)
        assert decision.intent == CONTENT or not decision.doubt
        return decision.doubt

    assert doubt("pause", 0.25, "typical_day") == "pause"
    assert doubt("pause", 0.2, "typical_day") == ""
    assert doubt("pause", 0.5, "typical_day") == ""  # that is a pause
    assert doubt("thank", 0.25, "typical_day") == ""  # it would lose nothing
    assert doubt("pause", 0.25, "welcome") == ""
    assert doubt("ask_human", 0.25, "typical_day") == "ask_human"
    assert doubt("ask_human", 0.35, "goal_support") == ""  # that is who helps
    assert decided("er belt iemand aan", "ask_human", 0.45, "goal_support") == "ask_human"


def test_danger_found_by_the_classifier_alone_needs_its_own_probability() -> None:
    assert GATE.is_danger({"report_crisis": 0.95, CONTENT: 0.05}, of_several=False)
    assert not GATE.is_danger({"report_crisis": 0.85, CONTENT: 0.15}, of_several=False)
    assert not GATE.is_danger({CONTENT: 1.0}, of_several=False)


def test_what_falls_short_of_danger_is_content() -> None:
    assert decided("ik wil dood", "report_crisis", 0.85, "welcome") == CONTENT


def test_confidence_lies_between_nothing_and_certainty() -> None:
    assert GATE.decide("stop", {"pause": 1.0, CONTENT: -1.0}, "life_goal").confidence > 0.99
    assert GATE.decide("stop", {"pause": -1.0, CONTENT: 1.0}, "life_goal") == Decision(
        CONTENT, pytest.approx(1, abs=0.01)
    )


def test_only_content_stays_content() -> None:
    assert GATE.decide("x", {CONTENT: 1.0}, None) == Decision(CONTENT, 1.0)


@given(
    st.text(),
    st.dictionaries(st.sampled_from(sorted(MOVES | {CONTENT})), st.floats(-2, 2)),
    st.none() | st.text() | st.sampled_from(["life_goal", "welcome", "goal_importance", "visit_question"]),
)
def test_every_decision_is_a_move_or_content(text: str, scores: dict[str, float], question: str | None) -> None:
    assert GATE.decide(text, scores, question).intent in MOVES | {CONTENT}


def test_settings_come_from_a_mapping_and_the_rest_are_defaults() -> None:
    settings = GateSettings.from_mapping({"open_words": 7, "open_certainty": 0.6})
    assert (settings.open_words, settings.open_certainty) == (7, 0.6)
    assert settings.other_words == GateSettings().other_words


@pytest.mark.parametrize(
    "mapping",
    [
        {"threshold": 0.5},
        {"open_words": 0},
        {"open_words": 2.5},
        {"crisis_probability": 1.2},
        {"open_certainty": 4},
        {"open_certainty": "high"},
        {"open_certainty": True},
    ],
)
def test_a_setting_that_cannot_be_honoured_is_an_error(mapping: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        GateSettings.from_mapping(mapping)


def test_nothing_asked_is_a_kind_of_its_own() -> None:
    assert kind_of(None) is QuestionKind.OTHER
    assert kind_of("one_thing") is QuestionKind.OTHER


def test_what_is_like_no_example_is_content_though_it_is_even_less_like_content() -> None:
    scores = {"goodbye": -0.65, CONTENT: -0.97}
    assert GATE.decide("Gaston", scores, "goal_support").intent == CONTENT
    assert GATE.decide("Gaston", scores | {"goodbye": -0.1}, "goal_support").intent == "goodbye"
