"""The care-plan API over HTTP on a real database, with cheap passwords and a clock that tests can move."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from pwdlib import PasswordHash
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from api.app import PREFIX, care_plan_app
from api.care_plan import CarePlan
from api.options import ApiOptions
from careplan.people import Actor, Duty
from records.database import create_engine
from records.keys import Keys
from tests.cheap import Clock, cheap_passwords, without_waiting

ORIGIN = "http://127.0.0.1:8000"
SECRET = "the secret of the action server"
START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"


@dataclass
class Practice:
    """A practice with a clinician, an administrator and one visit of a patient and a caregiver."""

    id: str
    visit: str
    clinician: Actor
    administrator: Actor
    logins: dict[str, str]
    reference: str
    patient_token: str
    patient_code: str


@dataclass
class House:
    """Everything a test needs to talk to the API."""

    care_plan: CarePlan
    engine: Engine
    keys: Keys
    clock: Clock
    app: FastAPI
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    def client(self, **options: Any) -> TestClient:
        return TestClient(self.app, base_url=ORIGIN, raise_server_exceptions=True, **options)

    def browser(self, login: str) -> TestClient:
        """A signed-in browser on our own page."""
        client = self.client(headers={"Origin": ORIGIN})
        assert client.post(f"{PREFIX}/login", json={"login": login, "password": PASSWORD}).status_code == 204
        return client

    def service(self) -> TestClient:
        """The action server."""
        return self.client(headers={"Authorization": f"Bearer {SECRET}"})

    def key(self) -> dict[str, str]:
        return {"Idempotency-Key": f"key-{next(self.numbers)}"}

    def say(self, practice: Practice, body: dict[str, Any], role: str = "patient") -> dict[str, Any]:
        """What the action server does after a turn."""
        path = f"{PREFIX}/visits/{practice.visit}/contributions/{role}"
        answer = self.service().put(path, json=body, headers=self.key())
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@pytest.fixture(scope="session")
def passwords() -> PasswordHash:
    return cheap_passwords()


@pytest.fixture
def house(installed_url: str, tmp_path: Path, passwords: PasswordHash) -> Iterator[House]:
    engine = without_waiting(create_engine(installed_url))
    keys, clock = Keys.load(tmp_path / "secret"), Clock(START)
    care_plan = CarePlan(engine, keys, passwords=passwords, now=clock)
    app = FastAPI(openapi_url=None)
    app.mount(PREFIX, care_plan_app(care_plan, ApiOptions(service_secret=SECRET)))
    yield House(care_plan, engine, keys, clock, app)
    engine.dispose()


@pytest.fixture
def make_practice(house: House) -> Callable[[str], Practice]:
    def make(name: str) -> Practice:
        care_plan = house.care_plan
        practice = care_plan.create_practice(name)
        actors = {}
        for duty in (Duty.CLINICIAN, Duty.ADMINISTRATOR):
            login = f"{duty.value}@{name}"
            care_plan.create_user(practice, login, PASSWORD, name=f"{duty.value} of {name}", duties=(duty,))
            actors[duty] = care_plan.actor_for(care_plan.sign_in(login, PASSWORD))
        reference = f"the patient of {name}"
        later = house.clock() + timedelta(hours=1)
        visit = care_plan.create_visit(actors[Duty.CLINICIAN], later, reference=reference).id
        invitation = care_plan.invite(actors[Duty.CLINICIAN], visit, "patient", "nl")
        care_plan.invite(actors[Duty.CLINICIAN], visit, "caregiver", "ar")
        return Practice(
            id=practice,
            visit=visit,
            clinician=actors[Duty.CLINICIAN],
            administrator=actors[Duty.ADMINISTRATOR],
            logins={duty.value: f"{duty.value}@{name}" for duty in actors},
            reference=reference,
            patient_token=invitation.token,
            patient_code=invitation.code,
        )

    return make


@pytest.fixture
def practice(make_practice: Callable[[str], Practice]) -> Practice:
    return make_practice("noord")


@pytest.fixture
def goal() -> Callable[..., dict[str, Any]]:
    """A goal's JSON as the actions send it."""

    def make(key: str = "g1", **changes: Any) -> dict[str, Any]:
        plain = {"key": key, "words": "Weer naar de markt.", "lang": "nl", "level": "functional", "shared": True}
        return plain | changes

    return make


@pytest.fixture
def contribution() -> Callable[..., dict[str, Any]]:
    """A contribution's JSON as the actions send it."""

    def make(*goals: dict[str, Any], state: str = "submitted", **changes: Any) -> dict[str, Any]:
        return {"language": "nl", "typed_by": "self", "state": state, "minutes": 9, "goals": list(goals)} | changes

    return make
