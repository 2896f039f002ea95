"""A chat that keeps everything in memory, with the real shapes, limits and errors of the channel."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.channel import limits
from bot.channel.answers import Answer
from bot.channel.errors import (
    AlreadyAgreed,
    ChoiceNotOpen,
    InvitationNotValid,
    LanguageNotEnabled,
    MessageIdUsed,
    NothingToTakeBack,
    NotSignedIn,
)
from bot.channel.own_copy import OwnCopy
from bot.channel.view import Choice, ConversationView, Incoming, Message, Opened, Part, Progress, Reply
from locales import languages

CODE = "K7PX-2MQ9-AB"
SESSION = "session-of-the-fake"
FOLLOW_UP = {
    "nl": "Dank u. Hoe vaak zou u dat graag doen?",
    "ar": "شكرًا لك. كم مرة تحب أن تفعل ذلك؟",
    "fr": "Merci. À quelle fréquence aimeriez-vous le faire ?",
    "en": "Thank you. How often would you like to do that?",
}


class FakeChat:
    """One conversation. Every answer gets the same next question, in the language of now."""

    def __init__(self, view: ConversationView) -> None:
        self.view: ConversationView | None = view
        self.received: list[Incoming] = []
        self.fails_with: list[Exception] = []
        self.came_back: Answer | None = None

    async def open(self, *, token: str | None = None, code: str | None = None, remote: str = "") -> Opened:
        if CODE not in (token, code) or self.view is None:
            raise InvitationNotValid()
        return Opened(SESSION, datetime.now(UTC) + timedelta(days=1), self.view)

    async def read(self, session_token: str | None) -> ConversationView:
        if session_token != SESSION or self.view is None:
            raise NotSignedIn()
        return self.view

    async def send(self, session_token: str | None, incoming: Incoming) -> Reply:
        view = await self.read(session_token)
        if self.fails_with:
            raise self.fails_with.pop(0)
        incoming = limits.check(incoming)
        before = next((each for each in self.received if each.id == incoming.id), None)
        if before is not None and before != incoming:
            raise MessageIdUsed("id")
        new = () if before else self._turn(view, incoming)
        if before is None:
            self.received.append(incoming)
        self.view = replace(view, messages=(*closed(view.messages, bool(new)), *new))
        return Reply(new, view.question, view.progress, view.state, view.language)

    async def set_language(self, session_token: str | None, code: str) -> ConversationView:
        view = await self.read(session_token)
        if code not in [known.code for known in languages()]:
            raise LanguageNotEnabled("language")
        self.view = replace(view, language=code)
        return self.view

    async def delete(self, session_token: str | None) -> None:
        await self.read(session_token)
        self.view = None

    async def own_copy(self, session_token: str | None) -> OwnCopy:
        view = await self.read(session_token)
        rows = next((message.items for message in reversed(view.messages) if message.items), ())
        return OwnCopy(view.role, view.language, view.state, view.messages, rows, self.came_back)

    async def answer(self, session_token: str | None) -> Answer | None:
        await self.read(session_token)
        return self.came_back

    async def take_back(self, session_token: str | None, shared: str) -> None:
        await self.read(session_token)
        stands = next((each for each in self.came_back.shared if each.id == shared), None) if self.came_back else None
        if self.came_back is None or stands is None:
            raise NothingToTakeBack()
        if not stands.may_take_back:
            raise AlreadyAgreed()
        gone = replace(stands, status="withdrawn", may_take_back=False)
        shown = tuple(gone if each is stands else each for each in self.came_back.shared)
        self.came_back = replace(self.came_back, shared=shown)

    def _turn(self, view: ConversationView, incoming: Incoming) -> tuple[Message, ...]:
        offered = {choice.id: choice.label for message in view.messages for choice in message.choices}
        if any(choice not in offered for choice in incoming.choices):
            raise ChoiceNotOpen("choice")
        seq = view.messages[-1].seq + 1
        labels = ", ".join(offered[choice] for choice in incoming.choices)
        new = [said(seq, incoming.text, view.language, by=incoming.typed_by, labels=labels, id=incoming.id)]
        return (*new, asked(seq + 1, "probe_missing", FOLLOW_UP[view.language], view.language))


def closed(messages: tuple[Message, ...], answered: bool) -> tuple[Message, ...]:
    """Once answered, the buttons of a question are gone."""
    return tuple(replace(each, choices=()) if answered and each.sender == "bot" else each for each in messages)


def _dir(lang: str) -> str:
    return next(known.dir for known in languages() if known.code == lang)


def asked(seq: int, key: str, text: str, lang: str, *, quote: str = "", kind: str = "question") -> Message:
    """A message of the program; `quote` takes the place of `{}` in the text, in the voice of the person."""
    before, _, after = text.partition("{}")
    parts = [Part(before, False, lang, _dir(lang))]
    if quote:
        parts += [Part(quote, True, lang, _dir(lang)), Part(after, False, lang, _dir(lang))]
    whole = "".join(part.text for part in parts)
    return Message(seq, "bot", key, kind, whole, tuple(parts), lang, _dir(lang))


def said(seq: int, text: str | None, lang: str, *, by: str | None = None, labels: str = "", id: str = "") -> Message:
    """A message of the person, with a link to change it."""
    parts = [Part(labels, False, lang, _dir(lang))] if labels else []
    parts += [Part(text, True, lang, _dir(lang))] if text else []
    whole = "\n".join(part.text for part in parts)
    sender = "person" if by in (None, "self") else "helper"
    change = Choice(f"change-{seq}", "Change", f"change:{id or seq}")
    return Message(seq, sender, "", "text", whole, tuple(parts), lang, _dir(lang), (change,), message_id=id or str(seq))


def conversation(
    *messages: Message, lang: str = "en", role: str = "patient", done: int = 3, state: str = "open"
) -> ConversationView:
    """A conversation whose open question is its last message."""
    return ConversationView(role, lang, state, messages[-1].key, Progress(done, 8), messages)
