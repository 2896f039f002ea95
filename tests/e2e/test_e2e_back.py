"""Back to the person, with the real program: the practice's note on their page, and a thing taken back in time."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from e2e_person import Person
from e2e_server import Clinician
from ruamel.yaml import YAML
from test_e2e_scripts import play

SCRIPTS = Path(__file__).parent / "conversations" / "en" / "goals.yml"


@pytest.fixture
def patient(person: Callable[..., Person]) -> Person:
    """Who has sent what they had to say."""
    script: Any = YAML(typ="safe").load(SCRIPTS)[0]
    someone = person("en")
    for turn in script["turns"]:
        play(someone, next(iter(turn.values())))
    assert someone.state == "finished"
    return someone


@pytest.mark.thorough
def test_the_note_reaches_the_person_and_what_they_take_back_is_gone(patient: Person, clinician: Clinician) -> None:
    first = clinician.goals(patient.visit)[0]
    assert "Nobody has read it yet." in patient.http.get("/chat").text
    clinician.visit(patient.visit)
    note = {"role": "patient", "text": "Thank you for this, verbatim & <b>bold</b>."}
    assert clinician.http.post(f"/api/v1/visits/{patient.visit}/notes", json=note).status_code == 201
    page = patient.http.get("/chat").text
    assert "by Demo." in page
    assert "Thank you for this, verbatim &amp; &lt;b&gt;bold&lt;/b&gt;." in page
    path = f"/chat/take-back/{first['id']}"
    assert first["words"] in patient.http.get(path).text
    assert patient.http.post(path, data={"sure": "yes"}).status_code == 303
    assert first["id"] not in [goal["id"] for goal in clinician.goals(patient.visit)]
    assert clinician.http.get(f"/api/v1/goals/{first['id']}").status_code == 404
    assert "You took this back." in patient.http.get("/chat/copy").text
    patient.says("And one more thing: my stairs are steep.")
    assert first["id"] not in [goal["id"] for goal in clinician.goals(patient.visit)]
