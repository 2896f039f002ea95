"""A practice on a real care plan with the clinician's pages before it, and what people said in it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from clinician_scenes import flag
from fastapi import FastAPI
from starlette.testclient import TestClient

import locales
from api.care_plan import CarePlan
from api.db import upgrade
from api.seeding import Demonstration, seed
from careplan.people import SERVICE, Actor
from locales.errors import CatalogueMissing
from records.database import create_engine
from records.keys import Keys
from tests.cheap import Clock, cheap_passwords
from web.clinician.views import clinician_pages
from web.pages import Pages, static_files

ORIGIN = "http://127.0.0.1:8000"
MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
DAY = "2026-11-23"
OTHERS_PASSWORD = "another practice, another password"


@dataclass
class House:
    """The seeded practice, and its pages as an application."""

    care_plan: CarePlan
    clock: Clock
    app: FastAPI
    seeded: Demonstration
    close: Callable[[], None]
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    @property
    def visits(self) -> list[str]:
        """In the order of their time; patients speak nl, fr, en, ar in turn."""
        return [invitation.visit for invitation in self.seeded.patients]

    def actor(self) -> Actor:
        return self.care_plan.actor_for(self.care_plan.sign_in(self.seeded.login, self.seeded.password))

    def browser(self, *, signed_in: bool = True) -> TestClient:
        """A browser on our own page."""
        client = TestClient(self.app, base_url=ORIGIN, headers={"Origin": ORIGIN}, follow_redirects=False)
        if signed_in:
            self.sign_in(client)
        return client

    def sign_in(self, client: TestClient, **more: str) -> Any:
        form = {"login": self.seeded.login, "password": self.seeded.password}
        return client.post("/clinician/sign-in", data={**form, **more})

    def others(self) -> TestClient:
        """A signed-in browser of another practice."""
        practice = self.care_plan.create_practice("Zuid")
        self.care_plan.create_user(practice, "zuid", OTHERS_PASSWORD, name="Zuid", language="en")
        client = self.browser(signed_in=False)
        answer = client.post("/clinician/sign-in", data={"login": "zuid", "password": OTHERS_PASSWORD})
        assert answer.status_code == 303
        return client

    def say(self, visit: str, body: dict[str, Any], role: str = "patient") -> None:
        """What the action server does after a turn."""
        self.care_plan.put_contribution(SERVICE, visit, role, body, key=f"key-{next(self.numbers)}")

    def warn(self, visit: str, words: str, **changes: Any) -> None:
        self.care_plan.add_flag(SERVICE, visit, flag(words, **changes), key=f"key-{next(self.numbers)}")

    def goal_ids(self, visit: str) -> list[str]:
        return [goal.id for goal in self.care_plan.goals_for(self.actor(), visit)]


def catalogue(lang: str) -> Any:
    """The compiled catalogue; English where a fresh clone has none yet."""
    try:
        return locales.jinja_translations(lang)
    except CatalogueMissing:
        return locales.jinja_translations(locales.SOURCE)


@cache
def pages(words: Callable[[str], Any] = catalogue) -> Pages:
    """Compiled templates serve every test."""
    return Pages(catalogue=words)


def build_house(folder: Path, url: str = "", *, visits: int = 4, language: str = "nl") -> House:
    """A fresh database, at `url` or in `folder`; the clinician's own language is `language`."""
    clock = Clock(MORNING)
    care_plan, close = _open(folder, url or f"sqlite:///{folder / 'voorop.db'}", clock)
    order = [language, *(code for code in ("nl", "fr", "en", "ar") if code != language)]
    seeded = seed(care_plan, visits, languages=order, now=clock())
    return _house(care_plan, clock, seeded, close)


def open_house(folder: Path, url: str, seeded: Demonstration) -> House:
    """A house that was built before; its keys are in `folder`."""
    clock = Clock(MORNING)
    care_plan, close = _open(folder, url, clock, new=False)
    return _house(care_plan, clock, seeded, close)


def carried(page: str) -> dict[str, str]:
    """The hidden fields of a page, as its form sends them."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def _open(folder: Path, url: str, clock: Clock, *, new: bool = True) -> tuple[CarePlan, Callable[[], None]]:
    engine = create_engine(url)
    if new:
        upgrade(engine)
    passwords = cheap_passwords()
    return CarePlan(engine, Keys.load(folder / "secret"), passwords=passwords, now=clock), engine.dispose


def _house(care_plan: CarePlan, clock: Clock, seeded: Demonstration, close: Callable[[], None]) -> House:
    app = FastAPI(openapi_url=None)
    app.include_router(clinician_pages(care_plan, pages(), ORIGIN))
    app.mount("/static", static_files())
    return House(care_plan, clock, app, seeded, close)
