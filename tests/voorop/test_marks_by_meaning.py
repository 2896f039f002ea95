"""The whole application marks what patient and caregiver share, over languages, with its own sentence encoder."""

import asyncio
from pathlib import Path
from typing import Any

from api.context import utc_now
from careplan.people import Role
from voorop.app import create_app
from voorop.demonstration import clinician_of, demonstration_links
from voorop.installation import open_records
from voorop.settings import Settings


def _body(words: str, lang: str, area: str) -> dict[str, Any]:
    goal = {"key": "g1", "words": words, "lang": lang, "level": "functional", "domain": area, "shared": True}
    return {"language": lang, "state": "submitted", "goals": [goal]}


def test_two_languages_that_mean_the_same_are_marked(tmp_path: Path) -> None:
    settings = Settings.from_environment({}, tmp_path)
    records = open_records(settings)
    client = create_app(settings, records, "http://127.0.0.1").state.client
    actor = clinician_of(records.care_plan, demonstration_links(records.care_plan, tmp_path, 0))
    visit = records.care_plan.create_visit(actor, utc_now()).id
    bodies = {
        Role.PATIENT: _body("أريد الذهاب مع أحفادي إلى الحديقة", "ar", "family_friends"),
        Role.CAREGIVER: _body("qu'elle puisse aller au parc avec ses petits-enfants", "fr", "family_friends"),
    }

    async def say() -> list[int]:
        statuses = []
        for role, body in bodies.items():
            path = f"/api/v1/visits/{visit}/contributions/{role.value}"
            statuses.append((await client.put(path, json=body, headers={"Idempotency-Key": role.value})).status_code)
        await client.aclose()
        return statuses

    for role in bodies:
        records.care_plan.invite(actor, visit, role, "nl")
    assert asyncio.run(say()) == [200, 200]
    assert [(mark.kind, mark.by) for mark in records.care_plan.visit_for(actor, visit).marks] == [("same", "meaning")]
    records.engine.dispose()
