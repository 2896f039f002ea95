"""Puts the parts together: stores, care plan, understanding, assistant, channel and pages in one application."""

import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import httpx2
from anyio import create_task_group, to_thread
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from actions.surroundings import SERVICE_KEY, care_plan_client
from api.app import PREFIX, care_plan_app
from api.care_plan import CarePlan
from api.desk.service import Desk
from api.fhir.app import PREFIX as FHIR_PREFIX
from api.fhir.app import fhir_app
from api.fhir.sending import Exporter, Receiver
from api.options import ApiOptions
from api.retention import Retention
from api.teamwork.service import Teamwork
from bot.channel import (
    AlreadyAgreed,
    Answer,
    ChatCookies,
    ChatService,
    Invitation,
    NothingToTakeBack,
    PracticeNote,
    SharedWords,
    chat_router,
)
from bot.channel.rest import rest_router
from bot.rasa.engine import RasaEngine
from careplan.errors import NotFound, TransitionRefused
from careplan.people import SERVICE, Author
from locales import check_catalogues
from records.database import read
from voorop.engines import load_engine
from voorop.installation import Records
from voorop.meanings import SentenceMeanings
from voorop.settings import PROJECT, Settings
from voorop.understanding import load_understanding
from web.clinician.views import clinician_pages
from web.desk.views import desk_pages
from web.learning.views import learning_pages
from web.pages import Pages, static_files
from web.patient.responses import Responses
from web.patient.views import patient_pages
from web.tablet.views import tablet_pages

logger = logging.getLogger(__name__)


def create_app(settings: Settings, records: Records, public_url: str, *, development: bool = False) -> FastAPI:
    """The whole application. public_url: where browsers reach it; development: with Rasa's REST channel.

    Raises:
        ConfigurationError, LocalesError, SafetyDataError: a file of the assistant cannot be used.
    """
    check_catalogues()
    service_secret = records.keys.derive(SERVICE_KEY)
    app = FastAPI(title="Voorop", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    options = ApiOptions(service_secret.hex(), public_url)
    understanding = load_understanding(settings)
    in_process = None if settings.api_url else httpx2.ASGITransport(app=app)
    app.state.client = care_plan_client(settings.api_url or "http://127.0.0.1", service_secret, in_process)
    engine = load_engine(settings, understanding, records.keys, app.state.client)
    app.state.engine = engine
    chat = ChatService(
        engine,
        records.conversations,
        StoredInvitations(records.care_plan),
        on_delete=_forgetting(records.care_plan),
        practice=StoredAnswers(Teamwork(records.care_plan.books)),
    )
    app.state.chat = chat
    app.state.exporter = _exporter(settings, records)
    pages = Pages()
    cookies = ChatCookies(public_url)
    app.include_router(chat_router(chat, cookies, own_copy_html=Responses(pages).own_copy_text))
    if development:
        app.include_router(rest_router(chat))
    app.mount(PREFIX, care_plan_app(records.care_plan.reading(SentenceMeanings(understanding.encoder)), options))
    app.mount(FHIR_PREFIX, fhir_app(records.care_plan, options))
    app.include_router(patient_pages(chat, cookies, pages))
    app.include_router(clinician_pages(records.care_plan, pages, public_url))
    desk = Desk(records.care_plan.books)
    retention = Retention(records.care_plan.books, records.conversations, settings.retention_days)
    app.include_router(desk_pages(records.care_plan, desk, retention, pages, public_url))
    app.include_router(tablet_pages(desk, chat, cookies, pages, public_url))
    app.include_router(learning_pages(pages, PROJECT / "data" / "learning"))
    app.mount("/static", static_files())
    _health(app, records)
    return app


class StoredInvitations:
    """The channel's Invitations, out of the care plan."""

    def __init__(self, care_plan: CarePlan) -> None:
        self._care_plan = care_plan

    async def resolve(self, *, token: str | None, code: str | None) -> Invitation | None:
        found = await to_thread.run_sync(lambda: self._care_plan.resolve_invitation(token=token, code=code))
        if found is None:
            return None
        return Invitation(found.id, found.visit, found.role, found.language, found.expires)


class StoredAnswers:
    """The channel's Practice, out of the care plan."""

    def __init__(self, teamwork: Teamwork) -> None:
        self._teamwork = teamwork

    async def answer(self, visit: str, role: str) -> Answer:
        found = await to_thread.run_sync(self._teamwork.answer_for, Author(visit, role))
        return Answer(
            read_by=found.read.author if found.read else None,
            read_at=datetime.fromisoformat(found.read.time) if found.read else None,
            notes=tuple(
                PracticeNote(note.text, note.lang, note.dir, note.author, datetime.fromisoformat(note.time))
                for note in found.notes
            ),
            shared=tuple(
                SharedWords(goal.id, goal.words, goal.lang, goal.dir, goal.status, goal.may_take_back)
                for goal in found.goals
            ),
        )

    async def take_back(self, visit: str, role: str, shared: str) -> None:
        try:
            await to_thread.run_sync(self._teamwork.take_back, Author(visit, role), shared)
        except NotFound:
            raise NothingToTakeBack() from None
        except TransitionRefused:
            raise AlreadyAgreed() from None


def _forgetting(care_plan: CarePlan) -> Any:
    async def forget(visit: str, role: str) -> None:
        key = f"forget:{secrets.token_hex(16)}"  # every deletion is one of its own
        await to_thread.run_sync(lambda: care_plan.delete_contribution(SERVICE, visit, role, key=key))

    return forget


def _exporter(settings: Settings, records: Records) -> Exporter | None:
    if not settings.fhir_export_url:
        return None
    receiver = Receiver(settings.fhir_export_url, settings.fhir_export_token_file)
    return Exporter(records.care_plan.books, receiver)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with create_task_group() as beside:
        if app.state.exporter:
            beside.start_soon(app.state.exporter.run)
        yield
        beside.cancel_scope.cancel()
    await app.state.client.aclose()
    if isinstance(app.state.engine, RasaEngine):
        await app.state.engine.close()


def _health(app: FastAPI, records: Records) -> None:
    @app.get("/livez", include_in_schema=False)
    async def livez() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @app.get("/readyz", include_in_schema=False)
    def readyz() -> JSONResponse:
        try:
            with read(records.engine) as connection:
                connection.exec_driver_sql("SELECT 1")
        except SQLAlchemyError as error:
            logger.warning("not ready: the database does not answer (%s)", type(error).__name__)
            return JSONResponse({"status": "unavailable"}, status_code=503)
        return JSONResponse({"status": "ok"})
