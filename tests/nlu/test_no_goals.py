""" "I don't have goals" in many ways (no_goals.yml), with the real understanding and assessor: what to keep is asked,
then what worries, and then it is accepted.
"""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from actions.elicitation.assessor import RuleAssessor
from actions.elicitation.interview import Interview
from actions.elicitation.next_question import next_question, turned_to
from actions.elicitation.recording import Said, record, skip
from bot.nlu.model_store import load_or_train_statements
from bot.nlu.moves import CONTENT
from bot.nlu.statements import StatementReader
from bot.nlu.understanding import Understanding
from tests.elicitation.talking import at_goal

ROOT = Path(__file__).parents[2]
FORMS = [
    (language, form)
    for language, forms in YAML(typ="safe").load(Path(__file__).with_name("no_goals.yml").read_text("utf-8")).items()
    for form in forms
]
STATEMENTS = ROOT / "data" / "assessment" / "statements"


@pytest.fixture(scope="module")
def assessor(trained: Understanding) -> RuleAssessor:
    model = load_or_train_statements(STATEMENTS, ROOT / "var" / "models", trained.encoder)
    return RuleAssessor.load(STATEMENTS.parent, reader=StatementReader(model, trained.encoder))


def answered(interview: Interview, move: str, form: str, language: str, assessor: RuleAssessor) -> Interview:
    said = Said(id=f"n{len(interview.answers)}", text=form, lang=language, move="" if move == CONTENT else move)
    if move == "skip":
        return skip(interview, "life_goal", said)
    assert move in (CONTENT, "unsure", "deny"), move
    return record(interview, "life_goal", said, assessor)


@pytest.mark.parametrize(("language", "form"), FORMS)
def test_who_has_no_goals_is_asked_in_two_other_ways_and_then_believed(
    trained: Understanding, assessor: RuleAssessor, language: str, form: str
) -> None:
    move = trained.understand(form, language, "life_goal").intent
    interview, ways = at_goal().interview, []
    while next_question(interview) == "life_goal":
        ways.append(turned_to(interview, "life_goal"))
        interview = answered(interview, move, form, language, assessor)
    assert ways == ([""] if move == "skip" else ["", "keep", "worry"])
    assert next_question(interview) == "care_burden"
    assert interview.goals() == ()


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
def test_there_are_enough_forms_in(language: str) -> None:
    assert sum(1 for of, _ in FORMS if of == language) >= 15
