"""The conversation in a terminal: the whole application in this process, without its pages.

What is typed goes through the same channel as in a browser, so danger, sharing and the goal drafts are the real ones.
"""

import asyncio
import io
import sys
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import locales
from api.care_plan import CarePlan
from bot.channel import ChatError, ChatService, ConversationView
from voorop.app import create_app
from voorop.chat_choosing import Offers
from voorop.chat_lines import HOW_TO, LATER, finished_lines, offer_lines, said_lines
from voorop.demonstration import add_visit, clinician_of, demonstration_links
from voorop.errors import CommandError
from voorop.installation import open_records
from voorop.settings import Settings
from web.patient.presenters import present

NOWHERE = "http://127.0.0.1"  # nothing is served; links in the application need some address
OVER = ("finished", "closed")
PROMPT = "> "


def chat(settings: Settings, data: Path, *, language: str | None, role: str, new: bool) -> None:
    """Talk until the conversation is finished or the input ends; a later call goes on.

    Raises:
        CommandError: the language is not in the list, or the conversation cannot be gone on with.
    """
    known = [each.code for each in locales.languages()]
    if language not in (None, *known):
        raise CommandError(f"there is no language '{language}'; choose one of {', '.join(known)}")
    records = open_records(settings)
    links = demonstration_links(records.care_plan, data, 0)
    if new or not links[role]:
        links = add_visit(records.care_plan, data, language or known[0])
    app = create_app(settings, records, NOWHERE)
    with asyncio.Runner() as runner:
        conversation = _Conversation(runner, app.state.chat, interactive=sys.stdin.isatty())
        try:
            conversation.talk(links[role][-1]["token"], language)
        except ChatError as error:
            raise CommandError(locales.translate(language or known[0], error.msgid)) from None
        finally:
            runner.run(app.state.client.aclose())
    view = conversation.view
    if view.state in OVER:
        _show(finished_lines(_read_by_clinician(records.care_plan, links, role), links, role, data, view.language))
    else:
        _show(["", locales.translate(view.language, LATER)])


def _read_by_clinician(care_plan: CarePlan, links: dict[str, Any], role: str) -> list[str]:
    """The goal drafts that this person shared."""
    actor = clinician_of(care_plan, links)
    goals = care_plan.goals_for(actor, links[role][-1]["visit"])
    return [goal.words for goal in goals if goal.role == role]


class _Conversation:
    """One conversation with whoever is at the keyboard. `view` is how it stands."""

    view: ConversationView

    def __init__(self, runner: asyncio.Runner, service: ChatService, *, interactive: bool) -> None:
        self._runner = runner
        self._service = service
        self._interactive = interactive
        self._seen = 0

    def talk(self, token: str, language: str | None) -> None:
        """Until it is finished or deleted, or until there is nothing more to read.

        Raises:
            ChatError: the conversation cannot be opened.
        """
        opened = self._runner.run(self._service.open(token=token))
        session, self.view = opened.session_token, opened.view
        if language not in (None, self.view.language):
            self.view = self._runner.run(self._service.set_language(session, language or self.view.language))
        self._seen = _last_said(self.view)
        _show([locales.translate(self.view.language, HOW_TO)])
        offers = self._show_news()
        for typed in _typed(self._interactive):
            before = self.view.state
            try:
                self._runner.run(self._service.send(session, offers.incoming(typed, str(uuid.uuid4()))))
            except ChatError as error:
                _show([locales.translate(self.view.language, error.msgid)])
                continue
            self.view = self._runner.run(self._service.read(session))
            offers = self._show_news()
            if self.view.question == "deleted" or (self.view.state in OVER and before not in OVER):
                return

    def _show_news(self) -> Offers:
        """Show what was said since the last time, and what can be chosen now."""
        page = present(self.view, message_id="")
        newest = self.view.messages[-1].seq if self.view.messages else 0
        if newest < self._seen:
            self._seen = 0  # what was said before was deleted
        for message in self.view.messages:
            if message.seq > self._seen:
                _show(said_lines(message, self.view.language, echo=not self._interactive))
        self._seen = newest
        offers = Offers.of(page)
        _show(offer_lines(page, offers, self.view.language))
        return offers


def _last_said(view: ConversationView) -> int:
    """The place of the last answer: what came after it still has to be answered."""
    return max((message.seq for message in view.messages if message.sender != "bot"), default=0)


def _typed(interactive: bool) -> Iterator[str]:
    """What is typed, line by line, until Ctrl-D or the end of what was piped in; empty lines say nothing."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # the channel refuses what is no UTF-8 with a kind sentence
    while True:
        try:
            line = input(PROMPT if interactive else "")
        except EOFError:
            return
        if line.strip():
            yield line.strip()


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, flush=True)
