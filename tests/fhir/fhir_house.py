"""A practice on a real care plan with the FHIR server before it; and how to reach others' programs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import sqlalchemy as sa
import uvicorn
from fastapi import FastAPI
from fhir_scenes import ARABIC_PATIENT, FRENCH_CAREGIVER
from starlette.testclient import TestClient

from api.app import PREFIX, care_plan_app
from api.care_plan import CarePlan
from api.db import upgrade
from api.fhir.app import PREFIX as FHIR
from api.fhir.app import fhir_app
from api.options import ApiOptions
from careplan.people import SERVICE, Actor, Duty
from records.database import create_engine, write
from records.keys import Keys
from tests.cheap import Clock, cheap_passwords, without_waiting
from tests.installed import Prepared
from voorop.serving import address, listen

ORIGIN = "http://127.0.0.1:8000"
PASSWORD = "correct horse battery staple"
START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@dataclass
class House:
    """The practice "noord", with one visit in which a patient and a caregiver spoke."""

    care_plan: CarePlan
    engine: sa.Engine
    clock: Clock
    app: FastAPI
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    @property
    def tables(self) -> Any:
        return self.care_plan.books.context.tables

    def only(self, table: str, column: str = "id", **where: Any) -> Any:
        """The column of the first row that fits."""
        rows = self.tables.__dict__[table]
        query = sa.select(rows.c[column]).where(*(rows.c[name] == value for name, value in where.items()))
        with self.engine.connect() as connection:
            return connection.scalars(query).first()

    @property
    def visit(self) -> str:
        return str(self.only("visits"))

    @property
    def patient(self) -> str:
        return str(self.only("visits", "patient"))

    def token(self, login: str = "clinician@noord") -> str:
        return self.care_plan.sign_in(login, PASSWORD)

    def actor(self, login: str = "clinician@noord") -> Actor:
        return self.care_plan.actor_for(self.token(login))

    def goal(self, key: str = "g1", role: str = "patient") -> str:
        return str(self.only("goals", key=key, role=role))

    def say(self, body: dict[str, Any], role: str = "patient", visit: str | None = None) -> None:
        key = f"key-{next(self.numbers)}-{self.clock()}"
        self.care_plan.put_contribution(SERVICE, visit or self.visit, role, body, key=key)

    def decide(self, goal: str, decision: str = "accept", **more: str) -> int:
        """The goal's version after a clinician's decision."""
        version = self.only("goals", "version", id=goal)
        return self.care_plan.review_goal(self.actor(), goal, version, decision, **more).version

    def client(self, login: str | None = "clinician@noord", **headers: str) -> TestClient:
        """A program that reads FHIR."""
        bearer = {"Authorization": f"Bearer {self.token(login)}"} if login else {}
        return TestClient(self.app, base_url=ORIGIN, headers=bearer | headers)

    def read(self, path: str, **params: Any) -> dict[str, Any]:
        answer = self.client().get(f"{FHIR}/{path}", params=params)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def found(self, kind: str, **params: Any) -> list[dict[str, Any]]:
        """The resources of the first page of a search."""
        return [entry["resource"] for entry in self.read(kind, **params).get("entry", [])]

    def add(self, table: str, **values: Any) -> None:
        with write(self.engine) as connection:
            connection.execute(self.tables.__dict__[table].insert().values(**values))

    def close(self) -> None:
        self.engine.dispose()


@dataclass(frozen=True)
class Programs:
    """Others' programs: validators, a client, an engine."""

    url: str

    def faults(self, resources: list[dict[str, Any]]) -> list[list[str]]:
        return list(self._post("validate", resources))

    def visit(self, **told: str) -> dict[str, Any]:
        return dict(self._post("visit", told))

    def _post(self, path: str, body: Any) -> Any:
        answer = httpx2.post(f"{self.url}/{path}", json=body, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()


def build_house(folder: Path, url: str) -> House:
    """Two people spoke; one goal each was accepted, changed and declined; a team works on the first, and measures."""
    house = open_house(folder, url, new=True)
    care_plan, clock = house.care_plan, house.clock
    practice = care_plan.create_practice("noord")
    for duty in (Duty.CLINICIAN, Duty.ADMINISTRATOR):
        login = f"{duty.value}@noord"
        care_plan.create_user(practice, login, PASSWORD, name=f"{duty.value} of noord", duties=(duty,), language="en")
    visit = care_plan.create_visit(house.actor(), clock() + timedelta(hours=1), reference="P-77", name="Amina").id
    care_plan.invite(house.actor(), visit, "patient", "ar")
    care_plan.invite(house.actor(), visit, "caregiver", "fr")
    house.say(ARABIC_PATIENT)
    house.say(FRENCH_CAREGIVER, "caregiver")
    clock.move(minutes=5)
    house.decide(house.goal("g1"), "change", wording="Naar het park met de kleinkinderen")
    house.decide(house.goal("g2"), "decline", reason="Al besproken")
    house.decide(house.goal("g1", "caregiver"))
    clock.move(minutes=5)
    _work_together(house, visit)
    return house


def _work_together(house: House, visit: str) -> None:
    """The tables of what follows a review, as the care team's service fills them."""
    user, goal, now = house.actor().id, house.goal(), house.clock()
    written = {"author": user, "created_at": now}
    for number, (role, name, who) in enumerate(
        (("general_practitioner", "Dr. Noord", user), ("physiotherapist", "Kine <b>Karel</b>", None))
    ):
        values = {"id": f"{number:032x}", "visit": visit, "role": role, "name": name, "user": who, **written}
        house.add("team_members", organisation="Wijkteam", **values)
    house.add("tasks", id="a" * 32, goal=goal, version=2)
    for version, state in ((1, "proposed"), (2, "doing")):
        task = {"task": "a" * 32, "version": version, "state": state, "member": f"{1:032x}", **written}
        house.add("task_versions", what="Trap oefenen", added_value="Kent de knie", reason=None, **task)
    levels = ["niet buiten", "", "één keer per week", "twee keer", "elke dag"]
    house.add("scalings", goal=goal, version=1, levels=levels, weight=1, **written)
    for number, who in enumerate(("patient", "caregiver", "clinician")):
        score = {"id": f"{number + 16:032x}", "goal": goal, "scaling": 1, "level": number - 1, "scored_by": who}
        house.add("scores", note="Goed bezig" if number else None, author=user, at=now, **score)


def open_house(folder: Path, url: str, *, new: bool = False, **options: Any) -> House:
    """A house with its keys in `folder`. What was built before goes on twenty minutes later."""
    engine = without_waiting(create_engine(url))
    if new:
        upgrade(engine)
    clock = Clock(START if new else START + timedelta(minutes=20))
    passwords = cheap_passwords()
    care_plan = CarePlan(engine, Keys.load(folder / "secret"), passwords=passwords, now=clock, **options)
    app = FastAPI(openapi_url=None)
    api_options = ApiOptions(service_secret="the secret of the action server")
    app.mount(PREFIX, care_plan_app(care_plan, api_options))
    app.mount(FHIR, fhir_app(care_plan, api_options))
    return House(care_plan, engine, clock, app)


@contextmanager
def own_house(built: Prepared, folder: Path, **options: Any) -> Iterator[House]:
    """A copy of a house that was built; its keys come to stand in `folder`."""
    url = built.copy(folder)
    house = open_house(folder, url, **options)
    yield house
    house.close()
    built.drop(url)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application on a real port of this machine."""
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield address(listening)
    server.should_exit = True
    thread.join()
