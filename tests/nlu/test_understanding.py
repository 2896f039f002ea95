"""Whatever is typed, understanding gives a move or content; danger comes first."""

import math

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.safety import Danger
from bot.engine.types import Entity, Interpreter
from bot.nlu.encoder import SentenceEncoder
from bot.nlu.gate import Gate, GateSettings
from bot.nlu.lines import detect_lines, parse_lines
from bot.nlu.moves import CONTENT, MOVES
from bot.nlu.understanding import Understanding

QUESTIONS = [None, "life_goal", "welcome", "goal_importance", "visit_question", "no such question"]


def with_safety(understanding: Understanding, *found: Danger) -> Understanding:
    gate = Gate(GateSettings(crisis_probability=0.3, sign_probability=0.2))
    return Understanding(
        understanding.classifier, understanding.encoder, understanding.detector, gate, lambda *_: found
    )


@pytest.mark.parametrize(
    ("text", "move"), [("Ja hoor!", "affirm"), ("NEE", "deny"), ("oui", "affirm"), ("نَعَم", "affirm")]
)
def test_short_answers_are_understood_on_a_yes_or_no_question(
    understanding: Understanding, text: str, move: str
) -> None:
    assert understanding.understand(text, "nl", "welcome").intent == move


@pytest.mark.parametrize(
    "text",
    [
        "I want to stop taking so many tablets because they make me feel sick and tired all day long",
        "elke dag wandelen met de hond",
        "8",
        " ",
        "",
        "\0",
        "\ud800",
        "{{7*7}} <script>alert(1)</script> ' OR 1=1; walking with my dog in the park every day",
        "woord " * 2000,
        "x" * 10_000,
    ],
)
def test_these_answers_to_an_open_question_are_content(understanding: Understanding, text: str) -> None:
    assert understanding.understand(text, "en", "life_goal").intent == CONTENT


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(), max_size=80), st.sampled_from(QUESTIONS))
def test_any_text_is_understood_the_same_way_twice(
    understanding: Understanding, text: str, question: str | None
) -> None:
    first = understanding.understand(text, "nl", question)
    assert first.intent in MOVES | {CONTENT}
    assert 0 <= first.confidence <= 1.0000001
    assert understanding.understand(text, "nl", question) == first


def test_danger_by_the_rules_comes_first_whatever_is_asked_and_however_long(
    understanding: Understanding,
) -> None:
    strict = with_safety(understanding, Danger("violence_abuse", "nl.violence.hit"))
    for text in ("ja", "hij slaat mij " * 300):
        parsed = strict.understand(text, "nl", "welcome")
        assert (parsed.intent, parsed.confidence, parsed.danger) == ("report_crisis", 1.0, "violence_abuse")


def test_explicit_danger_that_the_rules_miss_is_found_by_the_classifier(understanding: Understanding) -> None:
    parsed = with_safety(understanding).understand("ik wil dood", "nl", "life_goal")
    assert (parsed.intent, parsed.danger) == ("report_crisis", "suicide_self_harm")


def test_a_sign_counts_unless_the_classifier_knows_better(understanding: Understanding) -> None:
    hinted = with_safety(understanding, Danger("suicide_self_harm", "nl.suicide.sign", sign=True))
    assert hinted.understand("elke dag wandelen met de hond", "nl", "life_goal").intent == CONTENT
    assert hinted.understand("ik maak er een eind aan", "nl", "life_goal").intent == "report_crisis"
    assert hinted.understand("ik wil dood " * 400, "nl", "life_goal").intent == "report_crisis"


def test_the_safety_check_and_the_conversation_find_the_same(understanding: Understanding) -> None:
    hinted = with_safety(understanding, Danger("violence_abuse", "nl.violence.sign", sign=True))
    for text in ("elke dag wandelen met de hond", "ik maak er een eind aan", "slapen zonder pijn", "", "x" * 5000):
        spotted = hinted.danger(text, "nl")
        assert (spotted.danger if spotted else None) == hinted.understand(text, "nl", "life_goal").danger


def test_danger_in_the_middle_of_a_story_is_found_by_the_classifier(understanding: Understanding) -> None:
    story = "Elke dag wandelen met de hond. " * 3 + "I want to kill myself. " + "Slapen zonder pijn. " * 2
    parsed = with_safety(understanding).understand(story, "nl", "life_goal")
    assert (parsed.intent, parsed.danger) == ("report_crisis", "suicide_self_harm")


def test_the_engine_gets_the_danger_as_entity_and_the_language_offer_as_extra(
    understanding: Understanding,
) -> None:
    interpreter: Interpreter = with_safety(understanding, Danger("medical_emergency", "en.emergency.chest"))

    async def parse() -> tuple[object, ...]:
        text = "I would like to walk with my dog every day again"
        data = await interpreter.parse(text, language="nl", question="life_goal")
        return data.intent, data.entities, data.extra["language_offer"]

    assert anyio.run(parse) == ("report_crisis", (Entity("danger", "medical_emergency"),), "en")


def test_no_language_is_offered_to_who_writes_in_the_one_in_use(understanding: Understanding) -> None:
    parsed = understanding.understand("I would like to walk with my dog every day", "en", "life_goal")
    assert (parsed.lang, parsed.lang_offer) == ("en", None)


def test_lines_keep_their_fields_and_their_order(understanding: Understanding) -> None:
    rows = [{"text": "ja", "lang": "nl", "question": "welcome", "id": 7}, {"text": "8"}]
    first, second = parse_lines(understanding, rows)
    assert (first["id"], first["text"], first["intent"], first["lang"]) == (7, "ja", "affirm", "nl")
    assert (second["intent"], second["lang"], second["lang_offer"]) == (CONTENT, None, None)
    detected = list(detect_lines(understanding.detector, [{"text": "لا أعرف", "id": 1}, {"text": "ok"}]))
    assert detected[0] == {"text": "لا أعرف", "id": 1, "lang": "ar", "sure": True}
    assert detected[1]["sure"] is False


def test_a_line_without_text_is_refused(understanding: Understanding) -> None:
    with pytest.raises(ValueError, match="text"):
        list(parse_lines(understanding, [{"lang": "nl"}]))


@settings(max_examples=60)
@given(st.lists(st.text(alphabet=st.characters(), max_size=60), max_size=4))
def test_the_encoder_takes_any_text_and_remembers_it_rightly(encoder: SentenceEncoder, texts: list[str]) -> None:
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), 384)
    assert all(math.isfinite(value) for row in vectors for value in row)
    assert (encoder.encode(texts) == vectors).all()
