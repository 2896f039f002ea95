"""A practice's desk, a tablet and a scripted chat, together in one application."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from bot.channel import ChatCookies
from tests.channel.chat_world import World
from tests.web_desk.desk_house import ORIGIN, PASSWORD, House, build
from web.patient.views import patient_pages
from web.tablet.views import tablet_pages


@dataclass
class Room:
    """The waiting room: `world` is the chat, `house` the practice."""

    world: World
    house: House
    app: FastAPI

    def tablet(self) -> TestClient:
        """An enrolled tablet."""
        device = TestClient(self.app, base_url=ORIGIN, headers={"Origin": ORIGIN}, follow_redirects=False)
        device.post("/clinician/sign-in", data={"login": "desk", "password": PASSWORD})
        answer = device.post("/clinician/desk/tablets", data={"tablet": "At the window"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/tablet")
        return device

    def code(self, language: str = "nl") -> str:
        """The short code of a new patient of today."""
        actor = self.house.actor()
        visit = self.house.care_plan.create_visit(actor, self.house.clock()).id
        return self.house.desk.short_code(self.house.care_plan.invite(actor, visit, "patient", language))


def build_room(folder: Path, url: str) -> Room:
    world, house = World(folder, url=url, migrate=False), build(folder, url)
    house.clock.moment = datetime.now(UTC)  # the chat's sessions live by the real clock
    cookies = ChatCookies(ORIGIN)
    house.app.include_router(patient_pages(world.service, cookies, house.pages))
    house.app.include_router(tablet_pages(house.desk, world.service, cookies, house.pages, ORIGIN))
    return Room(world, house, house.app)
