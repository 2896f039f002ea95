"""A practice with an administrator and a clinician, the desk's and the tablet's pages, and a real chat behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

import locales
from api.care_plan import CarePlan
from api.desk.service import Desk
from api.retention import Retention
from bot.store import ConversationStore
from careplan.people import SERVICE, Actor, Duty
from locales.errors import CatalogueMissing
from records.database import create_engine
from records.keys import Keys
from tests.cheap import Clock, cheap_passwords, without_waiting
from web.clinician.views import clinician_pages
from web.desk.views import desk_pages
from web.pages import Pages, static_files

ORIGIN = "http://127.0.0.1:8000"
MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
PASSWORD = "a password of some length"


@dataclass
class House:
    """The practice, its desk, and its pages."""

    care_plan: CarePlan
    desk: Desk
    conversations: ConversationStore
    clock: Clock
    app: FastAPI
    pages: Pages
    practice: str
    close: Callable[[], None]

    def actor(self, login: str = "desk") -> Actor:
        return self.care_plan.actor_for(self.care_plan.sign_in(login, PASSWORD))

    def browser(self, login: str | None = "desk") -> TestClient:
        """A browser on our own page, signed in."""
        client = TestClient(self.app, base_url=ORIGIN, headers={"Origin": ORIGIN}, follow_redirects=False)
        if login:
            answer = client.post("/clinician/sign-in", data={"login": login, "password": PASSWORD})
            assert answer.status_code == 303
        return client

    def say(self, visit: str, body: dict[str, Any], role: str = "patient") -> None:
        self.care_plan.put_contribution(SERVICE, visit, role, body, key=f"{visit}{role}")


def catalogue(lang: str) -> Any:
    """The compiled catalogue; English where a fresh clone has none yet."""
    try:
        return locales.jinja_translations(lang)
    except CatalogueMissing:
        return locales.jinja_translations(locales.SOURCE)


@cache
def shared_pages() -> Pages:
    """Compiled templates serve every test."""
    return Pages(catalogue=catalogue)


def build(folder: Path, url: str, *, kept_days: int = 365, exports: bool = False) -> House:
    """kept_days: as the installation is set; 0 is for ever."""
    clock = Clock(MORNING)
    engine = without_waiting(create_engine(url))
    passwords = cheap_passwords()
    keys = Keys.load(folder / "secret")
    care_plan = CarePlan(engine, keys, passwords=passwords, now=clock, exports=exports)
    conversations = ConversationStore(engine, keys)
    practice = care_plan.create_practice("The Harbour")
    for login, duty in (("desk", Duty.ADMINISTRATOR), ("anna", Duty.CLINICIAN)):
        care_plan.create_user(practice, login, PASSWORD, name=login.title(), duties=(duty,), language="en")
    desk, pages = Desk(care_plan.books), shared_pages()
    app = FastAPI(openapi_url=None)
    app.include_router(clinician_pages(care_plan, pages, ORIGIN))
    retention = Retention(care_plan.books, conversations, kept_days)
    app.include_router(desk_pages(care_plan, desk, retention, pages, ORIGIN))
    app.mount("/static", static_files())
    return House(care_plan, desk, conversations, clock, app, pages, practice, engine.dispose)
